import { Button, Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '#language/use-words.ts';
import type { DatasetState, StudyOnShow } from '#store/state.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Icon } from '#ui/icon.tsx';
import { Panel } from '#ui/panel.tsx';
import { TrialHistoryChart } from './trial-history-chart.tsx';
import { TrialParallelChart } from './trial-parallel-chart.tsx';
import { TrialTable } from './trial-table.tsx';
import { TuningAnswer } from './tuning-answer.tsx';
import { TuningForm } from './tuning-form.tsx';
import { TuningImportance } from './tuning-importance.tsx';

/** A search of settings, for those who want one: closed until asked for, or until there is one to go on with. */
export function TuningPanel({ dataset }: { readonly dataset: DatasetState }) {
  const { t } = useWords();
  const [wasOpened, setWasOpened] = useState<boolean | null>(null);
  const study = useAppStore((state) => (state.study?.datasetId === dataset.id ? state.study : null));
  const openStudy = useAppStore((state) => state.openStudy);
  useEffect(() => void openStudy(dataset.id), [openStudy, dataset.id]);
  const isOpen = wasOpened ?? study !== null;
  return (
    <Panel p={0}>
      <UnstyledButton p="md" w="100%" aria-expanded={isOpen} onClick={() => setWasOpened(!isOpen)}>
        <Group justify="space-between">
          <Text fw={650}>{t('tuning.heading')}</Text>
          <Icon name={isOpen ? 'collapse' : 'chevron'} size={16} />
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <Stack gap="md" px="md" pb="md">
            <Text size="sm" c="dimmed">
              {t('tuning.lead')}
            </Text>
            <TuningForm key={study?.id} dataset={dataset} study={study} />
            {study && <StudyPart study={study} dataset={dataset} />}
          </Stack>
        )}
      </Collapse>
    </Panel>
  );
}

function StudyPart({ study, dataset }: { readonly study: StudyOnShow; readonly dataset: DatasetState }) {
  const { logged, result } = study;
  const unit = dataset.preparation?.target?.unit ?? 'unknown';
  return (
    <Stack gap="md">
      {result ? <TuningAnswer result={result} /> : <StudyState study={study} />}
      {logged && (
        <>
          <TrialHistoryChart study={logged} result={result} unit={unit} />
          {result && <TuningImportance result={result} unit={unit} />}
          <TrialParallelChart study={logged} unit={unit} />
          <TrialTable study={logged} result={result} unit={unit} />
        </>
      )}
    </Stack>
  );
}

/** Under way, or waiting to be gone on with. */
function StudyState({ study }: { readonly study: StudyOnShow }) {
  const { t, count } = useWords();
  const work = useAppStore((state) => state.work);
  const resumeStudy = useAppStore((state) => state.resumeStudy);
  const stopWork = useAppStore((state) => state.stopWork);
  const cancelWork = useAppStore((state) => state.cancelWork);
  const isUnderWay = work?.kind === 'tuning';
  const nTrials = study.logged?.trials.length ?? 0;
  const trials = count('report.tuning.trials', nTrials);
  const told = isUnderWay
    ? t(nTrials > 0 ? 'tuning.underWay' : 'tuning.begun', { trials })
    : t(nTrials > 0 ? 'tuning.paused' : 'tuning.pausedEmpty', { trials });
  return (
    <Group gap="sm" className="no-print" data-testid="study-state">
      <Text size="sm" fw={600}>
        {told}
      </Text>
      {isUnderWay ? (
        <>
          <Button size="xs" variant="default" disabled={work.ending !== null} onClick={cancelWork}>
            {t('tuning.pause')}
          </Button>
          <Button
            size="xs"
            variant="light"
            leftSection={<Icon name="stop" size={14} />}
            disabled={work.ending !== null}
            onClick={stopWork}
          >
            {t('tuning.stop')}
          </Button>
        </>
      ) : (
        <Button
          size="xs"
          leftSection={<Icon name="play" size={14} />}
          disabled={work !== null}
          onClick={() => void resumeStudy()}
        >
          {t('tuning.resume')}
        </Button>
      )}
    </Group>
  );
}
