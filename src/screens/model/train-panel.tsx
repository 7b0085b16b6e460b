import { Alert, Box, Button, SegmentedControl, Slider, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { describeError } from '#language/error-words.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { OpenDataset } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';

/** One big button, and how the outages that judge the model are chosen. */
export function TrainPanel({ dataset }: { readonly dataset: OpenDataset }) {
  const { t, format, pair } = useWords();
  const work = useAppStore((state) => state.work);
  const hasModel = useAppStore((state) => state.model !== null);
  const train = useAppStore((state) => state.train);
  const { preparation } = dataset;
  const problem = preparation?.problem ?? null;
  const isTraining = work?.kind === 'training';
  const explaining = new Set(preparation?.features.map(({ column }) => column)).size;
  const words = problem && describeError(t, problem.code, problem.details);
  return (
    <Panel heading={t('model.heading')} description={t('model.lead')}>
      <Stack gap="md">
        {preparation?.target && (
          <Text size="sm" fw={600}>
            {t('model.learnsFrom', {
              target: preparation.target.name,
              features: t('common.columns', { count: explaining, n: format.number(explaining) }),
              outages: t('common.outages', { count: preparation.nKept, n: format.number(preparation.nKept) }),
            })}
          </Text>
        )}
        {words && (
          <Alert color="amber" icon={<Icon name="warning" />} title={pair(t('model.blocked'), words.what)}>
            {words.todo}
          </Alert>
        )}
        <Button
          size="lg"
          fullWidth
          leftSection={<Icon name="play" size={18} />}
          disabled={work !== null || problem !== null || preparation === null}
          onClick={() => void train()}
        >
          {isTraining ? t('model.training') : t(hasModel ? 'model.trainAgain' : 'model.train')}
        </Button>
        <SplitChoice canSplitByTime={preparation?.canSplitByTime ?? false} />
      </Stack>
    </Panel>
  );
}

function SplitChoice({ canSplitByTime }: { readonly canSplitByTime: boolean }) {
  const { t, format, pair } = useWords();
  const split = useAppStore((state) => state.settings.split);
  const setSettings = useAppStore((state) => state.setSettings);
  const headingId = useId();
  const shareId = useId();
  if (split.kind === 'rows') return null;
  const help = split.kind === 'time' ? 'model.split.timeHelp' : 'model.split.randomHelp';
  return (
    <Box>
      <Text size="sm" fw={600} id={headingId} mb={4}>
        {t('model.split.heading')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={headingId}
        value={split.kind}
        onChange={(kind) => setSettings({ split: { ...split, kind: kind } })}
        data={[
          { value: 'random', label: t('model.split.random') },
          { value: 'time', label: t('model.split.time'), disabled: !canSplitByTime },
        ]}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t(help)}
        {!canSplitByTime && ` ${t('model.split.timeUnavailable')}`}
      </Text>
      <Text size="xs" mt="sm" id={shareId}>
        {pair(t('model.split.share'), format.percent(split.testShare))}
      </Text>
      <Slider
        size="sm"
        thumbLabel={t('model.split.share')}
        label={null}
        min={0.1}
        max={0.5}
        step={0.05}
        value={split.testShare}
        onChange={(testShare) => setSettings({ split: { ...split, testShare } })}
      />
    </Box>
  );
}
