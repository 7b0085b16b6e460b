import { Alert, Button, Group, Loader, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import type { ModelOnShow } from '#store/state.ts';
import type { OpenedOutage } from '#store/explanation-state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { KeyFigure } from '#ui/key-figure.tsx';
import { findHeadline } from '#inference/headline.ts';
import { tellUnseen, type UnseenPrediction } from '#report/outage-sentences.ts';
import { ExcludeDialog } from '../exclude-dialog.tsx';
import { sectionPath } from '../section-path.ts';
import { WhyChart } from '../why-chart.tsx';
import { OutageCells } from './outage-cells.tsx';
import { findExclusion, findUnseen } from './outage.view.ts';
import { ReplayPart } from './replay-part.tsx';

export interface OutageDialogProps {
  readonly model: ModelOnShow;
  readonly result: TrainingResult;
}

/** One past outage: its row, how it was predicted unseen, why, what would have been announced, and leaving it out. */
export function OutageDialog({ model, result }: OutageDialogProps) {
  const { t, format } = useWords();
  const opened = useAppStore((state) => state.openedOutage);
  const closeOutage = useAppStore((state) => state.closeOutage);
  const unseen = opened && findUnseen(result.test, opened.row);
  const title = t('evaluation.outage.title', { row: format.plain((opened?.row ?? 0) + 1) });
  return (
    <Modal.Root opened={opened !== null} onClose={closeOutage} size={860} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          {opened && (
            <Stack gap="md">
              <Group justify="space-between" wrap="nowrap">
                <Modal.Title fw={650}>{[title, unseen?.className].filter(Boolean).join(' · ')}</Modal.Title>
                <Modal.CloseButton aria-label={t('common.close')} />
              </Group>
              {unseen && <UnseenFigures unseen={unseen} result={result} />}
              <OutageActions row={opened.row} />
              <OutageCells page={opened.page} />
              <ReplayPart opened={opened} result={result} />
              <OutageExplanation opened={opened} model={model} />
            </Stack>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function UnseenFigures({
  unseen,
  result,
}: {
  readonly unseen: UnseenPrediction;
  readonly result: TrainingResult;
}) {
  const words = useWords();
  const { t, format } = words;
  const { unit } = result.target;
  const { actual, predicted, p10, p90 } = unseen;
  const hasRange = !Number.isNaN(p10) && !Number.isNaN(p90);
  return (
    <div>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
        <KeyFigure label={t('evaluation.outage.actual')} value={format.duration(actual, unit)} />
        <KeyFigure label={t('evaluation.outage.unseen')} value={format.duration(predicted, unit)} />
        <KeyFigure
          label="P10–P90"
          value={hasRange ? format.durationRange(p10, p90, unit) : t('evaluation.coverage.notClaimable')}
        />
      </SimpleGrid>
      <Text size="sm" mt="xs">
        {tellUnseen(unseen, unit, words)}
      </Text>
    </div>
  );
}

/** Starting a question from it, and leaving it out or taking it back. */
function OutageActions({ row }: { readonly row: number }) {
  const { t, format } = useWords();
  const steps = useAppStore((state) => state.dataset?.recipe.present.steps);
  const startFromOutage = useAppStore((state) => state.startFromOutage);
  const closeOutage = useAppStore((state) => state.closeOutage);
  const restoreRow = useAppStore((state) => state.restoreRow);
  const [isAsking, setIsAsking] = useState(false);
  const exclusion = findExclusion(steps ?? [], row);
  if (exclusion) {
    return (
      <Alert color="amber" icon={<Icon name="exclude" />}>
        <Group justify="space-between">
          <Text size="sm">{t('evaluation.outage.excluded', { reason: exclusion.reason })}</Text>
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="undo" size={14} />}
            onClick={() => void restoreRow(row, exclusion.id)}
          >
            {t('evaluation.outage.restore')}
          </Button>
        </Group>
      </Alert>
    );
  }
  return (
    <Group gap="sm">
      <Button
        size="xs"
        variant="light"
        onClick={() => {
          closeOutage();
          void startFromOutage(row);
          window.location.hash = sectionPath('scenarios');
        }}
      >
        {t('evaluation.outage.start')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="exclude" size={14} />}
        onClick={() => setIsAsking(true)}
        aria-label={t('data.exclude.action', { row: format.plain(row + 1) })}
      >
        {t('data.exclude.confirm')}
      </Button>
      <ExcludeDialog row={isAsking ? row : null} onClose={() => setIsAsking(false)} />
    </Group>
  );
}

/** The steps of the model that predicts, which has learnt from all outages since. */
function OutageExplanation({
  opened,
  model,
}: {
  readonly opened: OpenedOutage;
  readonly model: ModelOnShow;
}) {
  const { t } = useWords();
  const { answer, page } = opened;
  if (page === null) return <Loader size="sm" />;
  const waterfall = answer?.explanation?.waterfall ?? null;
  if (answer === null || waterfall === null) return null;
  const { cells, prediction } = answer;
  const { kind, value } = findHeadline(prediction);
  if (kind === 'refused') {
    return (
      <Text size="sm" c="dimmed">
        {t('scenarios.refused.why')}
      </Text>
    );
  }
  return (
    <div>
      <WhyChart
        model={model}
        waterfall={waterfall}
        isEstimated={answer.explanation?.isEstimated ?? false}
        cells={cells}
        answer={value}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t('evaluation.outage.learnt')}
      </Text>
    </div>
  );
}
