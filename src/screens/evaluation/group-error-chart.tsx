import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { BarPlot } from '#charts/bar-plot.tsx';
import { ChartFrame } from '#charts/chart-frame.tsx';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';
import { groupErrors } from './class-coverage.view.ts';

/** Where and when the model errs most: mean error by class, or by year. */
export function GroupErrorChart({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format, language } = words;
  const { test, target } = result;
  const choices = [...(test.classes ? ['class' as const] : []), ...(test.starts ? ['year' as const] : [])];
  const [chosen, setChosen] = useState<'class' | 'year'>('class');
  const by = choices.includes(chosen) ? chosen : choices[0];
  if (by === undefined) return null;
  const groups = groupErrors(test, by);
  const title = t(`evaluation.groups.title.${by}`);
  const x = t('evaluation.curve.y');
  const named = (score: string) => withUnit(score, target.unit, words);
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.groups.subtitle', {
        n: format.number(groups.reduce((sum, { nSamples }) => sum + nSamples, 0)),
      })}
      caption={t('evaluation.groups.caption')}
      fileName="tranche-erreur-par-groupe"
      table={{
        headers: [
          t(by === 'class' ? 'charts.class' : 'evaluation.groups.year'),
          'n',
          named(t('terms.metric.mae')),
          named(t('evaluation.groups.standardError')),
          named(t('terms.metric.rmse')),
          named(t('terms.metric.medianAbsoluteError')),
          named(t('terms.metric.bias')),
          t('terms.metric.shareLate'),
        ],
        rows: groups.map((group) => [
          group.label,
          group.nSamples,
          group.meanAbsoluteError,
          group.standardError,
          group.rootMeanSquaredError,
          group.medianAbsoluteError,
          group.bias,
          group.shareLate,
        ]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
      aside={
        choices.length > 1 ? (
          <SegmentedControl
            size="xs"
            value={by}
            onChange={(value) => setChosen(value === 'year' ? 'year' : 'class')}
            data={choices.map((value) => ({ value, label: t(`evaluation.groups.by.${value}`) }))}
          />
        ) : null
      }
    >
      {(width) => (
        <BarPlot
          label={title}
          bars={groups.map(({ label, meanAbsoluteError, standardError, nSamples }) => ({
            label: `${label} (n = ${format.number(nSamples)})`,
            value: meanAbsoluteError,
            deviation: standardError,
          }))}
          xLabel={withUnit(x, target.unit, words)}
          floor={null}
          width={width}
          describe={(bar) => [
            bar.label,
            `${format.duration(bar.value, target.unit, 2)} ± ${format.duration(bar.deviation, target.unit, 2)}`,
          ]}
        />
      )}
    </ChartFrame>
  );
}
