import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { DependenceChart } from './dependence-chart.tsx';
import { ContributionsChart } from './contributions-chart.tsx';
import { SwarmChart } from './swarm-chart.tsx';
import { useOpenOutage } from './use-open-outage.ts';

/** SHAP values of a sample: outage by outage or on average, and along one column. Asked for, as they take a while. */
export function ContributionsPanel({ result }: { readonly result: TrainingResult }) {
  const { t } = useWords();
  const contributions = useAppStore(({ explanation, model }) =>
    explanation !== null && explanation.modelId === model?.id ? explanation.contributions : null,
  );
  const canAsk = useAppStore(({ dataset, work }) => dataset !== null && work === null);
  const measureContributions = useAppStore((state) => state.measureContributions);
  const openOutage = useOpenOutage(result);
  const [way, setWay] = useState('byOutage');
  const { unit } = result.target;
  if (!contributions) {
    return (
      <Panel heading={t('evaluation.contributions.title')} className="no-print">
        <Stack align="flex-start" gap="sm">
          <Text size="sm" c="dimmed">
            {t('evaluation.contributions.caption')}
          </Text>
          <Button variant="light" disabled={!canAsk} onClick={() => void measureContributions()}>
            {t('evaluation.contributions.action')}
          </Button>
        </Stack>
      </Panel>
    );
  }
  const choice = (
    <SegmentedControl
      size="xs"
      value={way}
      onChange={setWay}
      data={(['byOutage', 'onAverage'] as const).map((value) => ({
        value,
        label: t(`evaluation.swarm.${value}`),
      }))}
    />
  );
  return (
    <Stack gap="md">
      {way === 'byOutage' ? (
        <SwarmChart contributions={contributions} unit={unit} aside={choice} onPick={openOutage} />
      ) : (
        <ContributionsChart contributions={contributions} unit={unit} aside={choice} />
      )}
      <DependenceChart contributions={contributions} unit={unit} onPick={openOutage} />
    </Stack>
  );
}
