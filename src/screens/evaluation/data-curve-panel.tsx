import { Button, Stack, Text } from '@mantine/core';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { DataCurve } from '#jobs/explanation/contract.ts';
import type { TrainingResult } from '#training/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { useAppStore } from '#store/use-app-store.ts';
import { Panel } from '#ui/panel.tsx';
import { tellDataCurve } from '#report/model-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';

/** Would more outages help? Asked for, as it takes several fits. */
export function DataCurvePanel({ result }: { readonly result: TrainingResult }) {
  const { t } = useWords();
  const curve = useAppStore(({ explanation, model }) =>
    explanation !== null && explanation.modelId === model?.id ? explanation.dataCurve : null,
  );
  const canAsk = useAppStore(
    ({ dataset, work, model }) =>
      dataset !== null &&
      work === null &&
      model !== null &&
      !model.isStale &&
      dataset.id === result.datasetId,
  );
  const measureDataCurve = useAppStore((state) => state.measureDataCurve);
  if (curve && curve.points.length > 1) return <DataCurveChart curve={curve} unit={result.target.unit} />;
  return (
    <Panel heading={t('evaluation.dataCurve.title')} className="no-print">
      <Stack align="flex-start" gap="sm">
        <Text size="sm" c="dimmed">
          {t('evaluation.dataCurve.lead')}
        </Text>
        <Button variant="light" disabled={!canAsk} onClick={() => void measureDataCurve()}>
          {t('evaluation.dataCurve.action')}
        </Button>
      </Stack>
    </Panel>
  );
}

function DataCurveChart({ curve, unit }: { readonly curve: DataCurve; readonly unit: DurationUnitName }) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const { points, nTest } = curve;
  const title = t('evaluation.dataCurve.title');
  const labels = {
    x: t('evaluation.dataCurve.x'),
    model: t('evaluation.dataCurve.model'),
    median: t('terms.model.median'),
  };
  const errors = points.flatMap(({ mae, medianMae }) => [mae, medianMae]);
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.dataCurve.subtitle', { n: format.number(nTest) })}
      caption={tellDataCurve(curve, unit, words)}
      fileName="tranche-nombre-arrets"
      table={{
        headers: [labels.x, withUnit(labels.model, unit, words), withUnit(labels.median, unit, words)],
        rows: points.map(({ nOutages, mae, medianMae }) => [nOutages, mae, medianMae]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <CurvePlot
          label={title}
          curves={[
            { label: labels.model, kind: 'line', points: points.map((p) => ({ x: p.nOutages, y: p.mae })) },
            {
              label: labels.median,
              kind: 'dashes',
              points: points.map((p) => ({ x: p.nOutages, y: p.medianMae })),
            },
          ]}
          x={{ ...linearScale(0, points.at(-1)?.nOutages ?? 1), label: labels.x }}
          y={{
            ...linearScale(Math.min(...errors), Math.max(...errors)),
            label: withUnit(t('evaluation.curve.y'), unit, words),
          }}
          width={width}
          height={340}
          describe={(_, { x, y }) => [pair(labels.x, format.number(x)), format.duration(y, unit, 2)]}
        />
      )}
    </ChartFrame>
  );
}
