import {
  Button,
  Collapse,
  Group,
  NativeSelect,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { useState } from 'react';
import { type InitChoice, type ScaleChoice, hyperparameterTable } from '#models/hyperparameters.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { HyperparameterField } from './hyperparameter-field.tsx';
import { IntegerField } from './integer-field.tsx';
import { SplitFields } from './split-fields.tsx';

/** Every setting of training, for those who want them: closed until asked for. */
export function AnalystPanel() {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const preset = useAppStore((state) => state.settings.preset);
  return (
    <Panel p={0}>
      <UnstyledButton p="md" w="100%" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Group justify="space-between">
          <Text fw={650}>{t('model.analyst.show')}</Text>
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {t(`model.analyst.presetName.${preset}`)}
            </Text>
            <Icon name={isOpen ? 'collapse' : 'chevron'} size={16} />
          </Group>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>{isOpen && <AnalystSettings />}</Collapse>
    </Panel>
  );
}

function AnalystSettings() {
  const { t } = useWords();
  const settings = useAppStore((state) => state.settings);
  const setSettings = useAppStore((state) => state.setSettings);
  const applyPreset = useAppStore((state) => state.applyPreset);
  const { preset } = settings;
  return (
    <Stack gap="md" px="md" pb="md">
      <div>
        <Group justify="space-between" mb={4}>
          <Text size="sm" fw={600}>
            {t('model.analyst.preset')}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => applyPreset('default')}>
            {t('model.analyst.reset')}
          </Button>
        </Group>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('model.analyst.preset')}
          value={preset}
          onChange={(next) => {
            if (next !== 'custom') applyPreset(next);
          }}
          data={(['default', 'reference', 'custom'] as const).map((value) => ({
            value,
            label: t(`model.analyst.presetName.${value}`),
            disabled: value === 'custom' && preset !== 'custom',
          }))}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {t(`model.analyst.presetHelp.${preset}`)}
        </Text>
      </div>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="sm">
        <NativeSelect
          size="xs"
          label={t('model.analyst.scale')}
          description={t('model.analyst.scaleHelp')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={settings.scale}
          onChange={(event) =>
            setSettings({ scale: event.currentTarget.value as ScaleChoice, preset: 'custom' })
          }
          data={(['auto', 'identity', 'log1p'] as const).map((value) => ({
            value,
            label: t(`model.analyst.scaleName.${value}`),
          }))}
        />
        <NativeSelect
          size="xs"
          label={t('model.analyst.init')}
          description={t('model.analyst.initHelp')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={settings.init}
          onChange={(event) =>
            setSettings({ init: event.currentTarget.value as InitChoice, preset: 'custom' })
          }
          data={(['auto', 'mean', 'linear'] as const).map((value) => ({
            value,
            label: t(`model.analyst.initName.${value}`),
          }))}
        />
        {hyperparameterTable['gradient-boosting'].map((range) => (
          <HyperparameterField key={range.name} range={range} />
        ))}
        <SplitFields />
        <IntegerField
          label={t('model.analyst.folds')}
          description={t('model.analyst.foldsHelp')}
          value={settings.folds}
          min={2}
          max={20}
          onChange={(folds) => setSettings({ folds })}
        />
        <IntegerField
          label={t('model.analyst.seed')}
          description={t('model.analyst.seedHelp')}
          value={settings.seed}
          min={0}
          max={999_999}
          onChange={(seed) => setSettings({ seed })}
        />
        <Switch
          label={t('model.analyst.past')}
          description={t('model.analyst.pastHelp')}
          checked={settings.usesPast}
          onChange={(event) => setSettings({ usesPast: event.currentTarget.checked })}
        />
        <Switch
          label={t('model.analyst.holidays')}
          description={t('model.analyst.holidaysHelp')}
          checked={settings.usesHolidays ?? false}
          onChange={(event) => setSettings({ usesHolidays: event.currentTarget.checked })}
        />
      </SimpleGrid>
    </Stack>
  );
}
