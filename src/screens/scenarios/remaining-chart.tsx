import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { RemainingAnswer } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '#report/with-unit.ts';
import { chartToCsv } from '../chart-csv.ts';

/** How much longer at P80, by what the outage would have lasted. */
export function RemainingChart({
  remaining,
  unit,
}: {
  readonly remaining: RemainingAnswer;
  readonly unit: DurationUnitName;
}) {
  const words = useWords();
  const { t, format, language, count } = words;
  const points = remaining.curve.map(({ elapsed, p80 }) => ({ x: elapsed, y: p80 - elapsed }));
  const title = t('scenarios.remaining.curve.title');
  const labels = { x: t('scenarios.remaining.curve.x'), y: t('scenarios.remaining.curve.y') };
  const last = points.at(-1)?.x ?? 0;
  const x = linearScale(0, Math.max(last, Math.min(remaining.elapsed, 1.2 * last)));
  const y = linearScale(0, Math.max(...points.map((point) => point.y)));
  return (
    <ChartFrame
      title={title}
      subtitle={t('scenarios.remaining.curve.subtitle', {
        first: count('common.outages', remaining.curve[0]?.n ?? 0),
        last: format.number(remaining.curve.at(-1)?.n ?? 0),
      })}
      caption={t('scenarios.remaining.curve.caption')}
      fileName="tranche-temps-restant"
      table={{
        headers: [withUnit(labels.x, unit, words), withUnit(labels.y, unit, words)],
        rows: points.map((point) => [point.x, point.y]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <CurvePlot
          label={title}
          curves={[{ label: labels.y, points, kind: 'line' }]}
          marks={
            remaining.elapsed <= x.domain[1]
              ? [{ x: remaining.elapsed, label: t('scenarios.remaining.curve.mark') }]
              : []
          }
          x={{ ...x, label: withUnit(labels.x, unit, words) }}
          y={{ ...y, label: withUnit(labels.y, unit, words) }}
          width={width}
          height={320}
          describe={(_, point) => [
            t('scenarios.remaining.curve.point', {
              left: format.duration(point.y, unit),
              elapsed: format.duration(point.x, unit),
            }),
          ]}
        />
      )}
    </ChartFrame>
  );
}
