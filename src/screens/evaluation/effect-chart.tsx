import { BarPlot } from '#charts/bar-plot.tsx';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot, type Curve } from '#charts/curve-plot.tsx';
import type { AxisScale } from '#charts/ticks.ts';
import type { FeatureGrid } from '#explain/feature-grid.ts';
import type { ColumnEffect } from '#jobs/explanation/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { tellEffect } from '#report/explanation-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';
import { viewColumnAxis } from './column-axis.view.ts';
import { centreEffect } from './explanation.view.ts';

export interface EffectChartProps {
  readonly effect: ColumnEffect;
  /** The same for every column. */
  readonly scale: AxisScale;
  readonly unit: DurationUnitName;
}

const MAX_BARS = 20;

/** How the prediction runs along a column: the mean thick, single outages thin behind it; bars for a category. */
export function EffectChart({ effect, scale, unit }: EffectChartProps) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const { column, usual, rug } = effect;
  const centred = centreEffect(effect);
  const { grid, curves, nRows } = centred;
  const average = Array.from(centred.average);
  const title = t('evaluation.effect.of', { column });
  const y = withUnit(t('evaluation.effect.y'), unit, words);
  const { axis, places, write } = viewColumnAxis(toColumn(grid, column), words);
  const zero = average.findIndex((value) => value === 0);
  const n = format.number(nRows);
  const isCategory = grid.type === 'category';
  return (
    <ChartFrame
      title={title}
      subtitle={t(isCategory ? 'evaluation.effect.subtitleCategory' : 'evaluation.effect.subtitle', {
        n,
        zero: write(Math.max(0, zero)),
      })}
      caption={`${tellEffect(effect, unit, words)} ${t(isCategory ? 'evaluation.effect.cautionCategory' : 'evaluation.effect.caution')}`}
      fileName="tranche-effet"
      table={{
        headers: [column, y],
        rows: average.map((value, i) => [grid.type === 'number' ? (places[i] as number) : write(i), value]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => {
        if (grid.type === 'category') {
          const bars = average.map((value, i) => ({ label: write(i) || '–', value, deviation: 0 }));
          return (
            <BarPlot
              label={title}
              bars={bars.sort((a, b) => b.value - a.value).slice(0, MAX_BARS)}
              xLabel={y}
              floor={null}
              scale={scale}
              width={width}
              describe={(bar) => [bar.label, format.durationChange(bar.value, unit)]}
            />
          );
        }
        const toPoints = (values: ArrayLike<number>) =>
          Array.from(places, (x, i) => ({ x, y: values[i] ?? NaN }));
        const drawn: Curve[] = [
          ...curves.map(({ values }): Curve => ({ label: '', kind: 'thin', points: toPoints(values) })),
          { label: t('evaluation.effect.mean'), kind: 'line', points: toPoints(average) },
        ];
        const [low, high] = axis.domain;
        const shades = usual
          ? [
              { from: low, to: usual.p5 },
              { from: usual.p95, to: high },
            ].filter(({ from, to }) => to > from)
          : [];
        return (
          <CurvePlot
            label={title}
            curves={drawn}
            shades={shades}
            rug={rug}
            x={{ ...axis, label: column }}
            y={{ ...scale, label: y }}
            width={width}
            height={360}
            describe={(_, point) => [
              pair(column, write(places.indexOf(point.x))),
              format.durationChange(point.y, unit),
            ]}
          />
        );
      }}
    </ChartFrame>
  );
}

function toColumn(grid: FeatureGrid, name: string): Parameters<typeof viewColumnAxis>[0] {
  if (grid.type === 'category') {
    return {
      type: 'category',
      name,
      categories: grid.labels,
      codes: Int32Array.from(grid.labels, (_, i) => i),
    };
  }
  return grid.type === 'date'
    ? { type: 'date', name, values: grid.values, hasTime: false }
    : { type: 'number', name, values: grid.values };
}
