import { BarPlot } from '#charts/bar-plot.tsx';
import { ChartFrame } from '#charts/chart-frame.tsx';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { chartToCsv } from '../chart-csv.ts';
import { withUnit } from '#report/with-unit.ts';

const MAX_BARS = 20;

/** What the model loses on the test outages without each column. */
export function ImportanceChart({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format, language } = words;
  const { unit } = result.target;
  const { columns, floor, nRepeats } = result.importance;
  const ranked = [...columns].sort((a, b) => b.mean - a.mean);
  const bars = ranked
    .slice(0, MAX_BARS)
    .map(({ column, mean, sd }) => ({ label: column, value: mean, deviation: sd }));
  const title = t('evaluation.importance.title');
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.importance.subtitle', {
        n: format.number(result.importance.nRows),
        repeats: format.number(nRepeats),
      })}
      caption={t('evaluation.importance.caption')}
      fileName="tranche-importance"
      table={{
        headers: [
          t('evaluation.importance.column'),
          withUnit(t('evaluation.importance.mean'), unit, words),
          withUnit(t('evaluation.importance.sd'), unit, words),
        ],
        rows: ranked.map(({ column, mean, sd }) => [column, mean, sd]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <BarPlot
          label={title}
          bars={bars}
          xLabel={withUnit(t('evaluation.importance.x'), unit, words)}
          floor={floor === null ? null : { value: floor, label: t('evaluation.importance.floor') }}
          width={width}
          describe={(bar) => [
            bar.label,
            `${format.duration(bar.value, unit, 2)} ± ${format.duration(bar.deviation, unit, 2)}`,
          ]}
        />
      )}
    </ChartFrame>
  );
}
