import { Alert, Anchor, Group, Loader, Text } from '@mantine/core';
import { useWords } from '#language/use-words.ts';
import { nameOpenCells } from '#report/open-cell-sentences.ts';
import { useAppStore } from '#store/use-app-store.ts';
import type { ModelOnShow, Scenario } from '#store/state.ts';
import { Icon } from '#ui/icon.tsx';

/** How the fields left open were done without, and the fit under way that does so better. */
export function OpenCellsNotice({
  model,
  scenario,
}: {
  readonly model: ModelOnShow;
  readonly scenario: Scenario;
}) {
  const words = useWords();
  const open = scenario.prediction?.open ?? null;
  if (open === null) return null;
  const text = nameOpenCells(open, model.summary.features, words);
  if (open.way === 'refit') {
    return (
      <Text size="xs" c="dimmed" data-testid="open-cells">
        {text}
      </Text>
    );
  }
  return (
    <Alert color="amber" p="xs" icon={<Icon name="warning" size={16} />} data-testid="open-cells">
      {text}
      <FitUnderWay scenario={scenario} />
    </Alert>
  );
}

function FitUnderWay({ scenario }: { readonly scenario: Scenario }) {
  const { t, format } = useWords();
  const refitting = useAppStore((state) => state.refitting);
  const keepWideEstimate = useAppStore((state) => state.keepWideEstimate);
  if (refitting?.cells !== scenario.cells) return null;
  const { progress } = refitting;
  return (
    <Group gap={6} mt={4} data-testid="refitting">
      <Loader size={12} aria-hidden />
      <Text size="xs">
        {progress?.overall === undefined
          ? t('scenarios.open.waiting')
          : t('scenarios.open.fitting', { share: format.percent(progress.overall) })}
      </Text>
      <Anchor component="button" type="button" size="xs" onClick={keepWideEstimate}>
        {t('scenarios.open.cancel')}
      </Anchor>
    </Group>
  );
}
