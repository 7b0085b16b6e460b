import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { DurationCurve } from '#evaluation/intervals/duration-curve.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';

export interface DurationCurveChartProps {
  readonly curve: DurationCurve;
  readonly unit: DurationUnitName;
  readonly target: number | null;
}

/** How likely the outage is to be over by each duration. */
export function DurationCurveChart({ curve, unit, target }: DurationCurveChartProps) {
  const words = useWords();
  const { t, format, language, count } = words;
  const points = curve.points.map(({ duration, probability }) => ({ x: duration, y: probability }));
  // The longest tenth of a long tail would leave no room for the rest.
  const shown = points.filter(({ y }) => y <= 0.975);
  const durations = (shown.length > 1 ? shown : points).map(({ x }) => x);
  const ends = [...durations, ...(target === null ? [] : [target])];
  const title = t('scenarios.curve.title');
  const labels = { x: t('scenarios.curve.x'), y: t('scenarios.curve.y') };
  return (
    <ChartFrame
      title={title}
      subtitle={t(curve.basis === 'class' ? 'scenarios.interval.ofClass' : 'scenarios.interval.ofAll', {
        outages: count('common.outages', curve.n),
      })}
      caption={t('scenarios.curve.caption')}
      fileName="tranche-probabilites"
      table={{ headers: [withUnit(labels.x, unit, words), labels.y], rows: points.map(({ x, y }) => [x, y]) }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <CurvePlot
          label={title}
          curves={[{ label: labels.y, points, kind: 'line' }]}
          marks={target === null ? [] : [{ x: target, label: t('scenarios.target.mark') }]}
          x={{ ...linearScale(Math.min(...ends), Math.max(...ends)), label: withUnit(labels.x, unit, words) }}
          y={{ domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], label: labels.y, write: format.percent }}
          width={width}
          height={320}
          describe={(_, point) => [
            t('scenarios.target.answer', {
              probability: format.percent(point.y),
              duration: format.duration(point.x, unit),
            }),
          ]}
        />
      )}
    </ChartFrame>
  );
}
