import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { RangePlot } from '#charts/range-plot.tsx';
import { type CoverageLevel, coverageLevels, type CoverageReport } from '#evaluation/intervals/coverage.ts';
import { useWords } from '#language/use-words.ts';
import { chartToCsv } from '../chart-csv.ts';
import { viewClassCoverage } from './coverage.view.ts';

/** Whether a level keeps its promise in each class, with the band that chance explains for so many outages. */
export function ClassCoverageChart({ report }: { readonly report: CoverageReport }) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const [level, setLevel] = useState<CoverageLevel>('p80');
  const { rows, nominal, scale, sentence } = viewClassCoverage(report, level, words);
  const levelName = t(`evaluation.coverage.levelName.${level}`);
  const title = t('evaluation.coverage.inEachClass');
  const labels = {
    promised: t('evaluation.coverage.nominal'),
    kept: t('evaluation.coverage.empirical'),
  };
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.coverage.levelSubtitle', {
        level: levelName,
        promise: format.percent(nominal),
        n: format.number(report.overall.n),
      })}
      caption={sentence}
      fileName="tranche-couverture-classes"
      table={{
        headers: [
          t('charts.class'),
          'n',
          labels.promised,
          labels.kept,
          t('evaluation.coverage.low'),
          t('evaluation.coverage.high'),
          t('evaluation.coverage.note'),
        ],
        rows: rows.map(({ label, n, found, note }) => [
          label,
          n,
          nominal,
          found?.value ?? NaN,
          found?.low ?? NaN,
          found?.high ?? NaN,
          note,
        ]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('evaluation.coverage.level')}
          value={level}
          onChange={setLevel}
          data={coverageLevels.map((value) => ({
            value,
            label: t(`evaluation.coverage.levelName.${value}`),
          }))}
        />
      }
    >
      {(width) => (
        <RangePlot
          label={title}
          rows={rows}
          goal={{ value: nominal, label: t('evaluation.coverage.promise') }}
          legend={{
            band: t('evaluation.coverage.band'),
            within: t('evaluation.coverage.inside'),
            outside: t('evaluation.coverage.outside'),
          }}
          x={{ ...scale, label: labels.kept, write: (value) => format.percent(value) }}
          width={width}
          describe={({ label, found, note }) => [
            label,
            ...(found
              ? [
                  pair(labels.kept, format.percent(found.value, 1)),
                  pair(
                    t('evaluation.coverage.band'),
                    `${format.percent(found.low)} – ${format.percent(found.high)}`,
                  ),
                ]
              : []),
            ...(note === '' ? [] : [note]),
          ]}
        />
      )}
    </ChartFrame>
  );
}
