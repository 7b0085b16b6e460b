import { BarPlot } from '#charts/bar-plot.tsx';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot, type Curve } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import { centreCurves } from '#explain/partial-dependence.ts';
import type { ColumnEffect } from '#jobs/insight.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '../axis-name.ts';
import { chartToCsv } from '../chart-csv.ts';

/** How the prediction runs along a column: the mean thick, single outages thin behind it; bars for a category. */
export function EffectChart({
  effect,
  unit,
}: {
  readonly effect: ColumnEffect;
  readonly unit: DurationUnitName;
}) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const { column, dependence } = effect;
  const { grid } = dependence;
  const places = grid.type === 'category' ? grid.labels : Array.from(grid.values);
  const title = t('evaluation.effect.of', { column });
  const y = t(grid.type === 'category' ? 'scenarios.prediction' : 'evaluation.effect.y');
  const shown = grid.type === 'category' ? dependence : centreCurves(dependence);
  const average = Array.from(shown.average);
  return (
    <ChartFrame
      title={title}
      subtitle={t(
        grid.type === 'category' ? 'evaluation.effect.subtitleCategory' : 'evaluation.effect.subtitle',
        { n: format.number(dependence.nRows) },
      )}
      caption={t(
        grid.type === 'category' ? 'evaluation.effect.captionCategory' : 'evaluation.effect.caption',
      )}
      fileName="tranche-effet"
      table={{
        headers: [column, withUnit(y, unit, words)],
        rows: places.map((place, i) => [place, average[i] ?? NaN]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => {
        if (grid.type === 'category') {
          const bars = grid.labels.map((label, i) => ({
            label: label === '' ? '–' : label,
            value: average[i] ?? NaN,
            deviation: 0,
          }));
          return (
            <BarPlot
              label={title}
              bars={bars.sort((a, b) => b.value - a.value).slice(0, 20)}
              xLabel={withUnit(y, unit, words)}
              floor={null}
              width={width}
              describe={(bar) => [bar.label, format.duration(bar.value, unit)]}
            />
          );
        }
        const xs = Array.from(grid.values);
        const toPoints = (values: ArrayLike<number>) => xs.map((x, i) => ({ x, y: values[i] ?? NaN }));
        const curves: Curve[] = [
          ...shown.curves.map(({ values }): Curve => ({ label: '', kind: 'thin', points: toPoints(values) })),
          { label: t('evaluation.effect.mean'), kind: 'line', points: toPoints(average) },
        ];
        const all = curves.flatMap(({ points }) => points.map((point) => point.y));
        return (
          <CurvePlot
            label={title}
            curves={curves}
            x={{ ...linearScale(Math.min(...xs), Math.max(...xs)), label: column }}
            y={{ ...linearScale(Math.min(...all), Math.max(...all)), label: withUnit(y, unit, words) }}
            width={width}
            height={360}
            describe={(_, point) => [
              pair(column, format.number(point.x)),
              format.durationChange(point.y, unit),
            ]}
          />
        );
      }}
    </ChartFrame>
  );
}
