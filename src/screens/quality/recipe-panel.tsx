import { ActionIcon, Box, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '#language/use-words.ts';
import type { DatasetState } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon, type IconName } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { viewSteps, type StepView } from './quality.view.ts';
import { RowFilter } from './row-filter.tsx';

/** The cleaning as a list of steps that can be suspended, moved, taken out and undone. */
export function RecipePanel({ dataset }: { readonly dataset: DatasetState }) {
  const words = useWords();
  const { t } = words;
  const editRecipe = useAppStore((state) => state.editRecipe);
  const steps = viewSteps(dataset, words);
  const { past, future } = dataset.recipe;
  return (
    <Panel
      heading={t('quality.recipe.heading')}
      description={t('quality.recipe.text')}
      aside={
        <Group gap={4}>
          <StepButton
            icon="undo"
            label={t('quality.recipe.undo')}
            isDisabled={past.length === 0}
            onPress={() => void editRecipe({ kind: 'undo' })}
          />
          <StepButton
            icon="redo"
            label={t('quality.recipe.redo')}
            isDisabled={future.length === 0}
            onPress={() => void editRecipe({ kind: 'redo' })}
          />
        </Group>
      }
    >
      {steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('quality.recipe.empty')}
        </Text>
      ) : (
        <Stack component="ol" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
          {steps.map((view, position) => (
            <StepRow
              key={view.step.id}
              view={view}
              position={position}
              isLast={position === steps.length - 1}
            />
          ))}
        </Stack>
      )}
      <RowFilter dataset={dataset} />
    </Panel>
  );
}

interface StepRowProps {
  readonly view: StepView;
  readonly position: number;
  readonly isLast: boolean;
}

function StepRow({ view, position, isLast }: StepRowProps) {
  const { t } = useWords();
  const editRecipe = useAppStore((state) => state.editRecipe);
  const { step, label, effect, isMisfit } = view;
  const { id } = step;
  return (
    <Group
      component="li"
      gap="sm"
      py={6}
      wrap="nowrap"
      align="flex-start"
      style={{ borderTop: '1px solid var(--app-line)' }}
    >
      <Switch
        size="sm"
        mt={2}
        checked={step.isEnabled}
        aria-label={t('quality.recipe.enable', { action: label })}
        onChange={(event) => void editRecipe({ kind: 'enable', id, isEnabled: event.currentTarget.checked })}
      />
      <Box flex={1} miw={0}>
        <Text
          size="sm"
          fw={550}
          style={{ overflowWrap: 'anywhere' }}
          {...(step.isEnabled ? {} : { c: 'dimmed', td: 'line-through' })}
        >
          {label}
        </Text>
        <ReasonField view={view} />
      </Box>
      <Text
        size="xs"
        mt={3}
        ta="right"
        style={{ flex: 'none', maxWidth: 150 }}
        c={isMisfit ? 'var(--app-warning-text)' : 'dimmed'}
      >
        {effect}
      </Text>
      <Group gap={2} wrap="nowrap">
        <StepButton
          icon="up"
          label={t('quality.recipe.up', { action: label })}
          isDisabled={position === 0}
          onPress={() => void editRecipe({ kind: 'move', id, to: position - 1 })}
        />
        <StepButton
          icon="down"
          label={t('quality.recipe.down', { action: label })}
          isDisabled={isLast}
          onPress={() => void editRecipe({ kind: 'move', id, to: position + 1 })}
        />
        <StepButton
          icon="close"
          label={t('quality.recipe.remove', { action: label })}
          isDisabled={false}
          onPress={() => void editRecipe({ kind: 'remove', id })}
        />
      </Group>
    </Group>
  );
}

/** The reason can be written over; it counts once the field is left. */
function ReasonField({ view }: { readonly view: StepView }) {
  const { t } = useWords();
  const { step, reason, label } = view;
  const [text, setText] = useState<string | null>(null);
  const editRecipe = useAppStore((state) => state.editRecipe);
  return (
    <TextInput
      size="xs"
      variant="unstyled"
      aria-label={t('quality.recipe.reason', { action: label })}
      styles={{ input: { height: 22, minHeight: 22, color: 'var(--mantine-color-dimmed)' } }}
      value={text ?? reason}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        const written = text?.trim() ?? '';
        if (written !== '' && written !== reason) {
          void editRecipe({ kind: 'replace', step: { ...step, reason: written } });
        }
        setText(null);
      }}
    />
  );
}

interface StepButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onPress: () => void;
}

function StepButton({ icon, label, isDisabled, onPress }: StepButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      title={label}
      aria-label={label}
      disabled={isDisabled}
      onClick={onPress}
    >
      <Icon name={icon} size={15} />
    </ActionIcon>
  );
}
