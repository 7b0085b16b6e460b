import type { ReactNode } from 'react';
import { BarPlot } from '#charts/bar-plot.tsx';
import { ChartFrame } from '#charts/chart-frame.tsx';
import type { MeanContributions } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';

const MAX_BARS = 20;

/** How far each column moves the predictions on average. */
export function ContributionsChart({
  contributions,
  unit,
  aside,
}: {
  readonly contributions: MeanContributions;
  readonly unit: DurationUnitName;
  readonly aside: ReactNode;
}) {
  const words = useWords();
  const { t, format, language } = words;
  const title = t('evaluation.contributions.title');
  const x = t('evaluation.contributions.x');
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.contributions.subtitle', { n: format.number(contributions.rows.length) })}
      caption={t('evaluation.contributions.caption')}
      fileName="tranche-shap"
      table={{
        headers: [t('evaluation.importance.column'), withUnit(x, unit, words)],
        rows: contributions.columns.map(({ column, mean }) => [column, mean]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
      aside={aside}
    >
      {(width) => (
        <BarPlot
          label={title}
          bars={contributions.columns
            .slice(0, MAX_BARS)
            .map(({ column, mean }) => ({ label: column, value: mean, deviation: 0 }))}
          xLabel={withUnit(x, unit, words)}
          floor={null}
          width={width}
          describe={(bar) => [bar.label, format.duration(bar.value, unit, 2)]}
        />
      )}
    </ChartFrame>
  );
}
