import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import { useWords } from '#language/use-words.ts';
import type { Monitoring } from '#monitoring/monitor.ts';
import { chartToCsv } from '../chart-csv.ts';
import { drawPath, writePower } from './follow-up.view.ts';

/** The watch over time, on a scale of powers of ten, with the line above which it is an alarm. */
export function PathChart({ monitoring }: { readonly monitoring: Monitoring }) {
  const { t, format, language, count } = useWords();
  const { points, threshold } = drawPath(monitoring);
  const title = t('followUp.path.title');
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 1];
  const highest = Math.max(threshold, ...points.map(({ y }) => y));
  const lowest = Math.min(0, ...points.map(({ y }) => y));
  const x = linearScale(first, last);
  const y = linearScale(lowest, highest);
  const line = [x.domain[0], x.domain[1]].map((at) => ({ x: at, y: threshold }));
  const curve = t('followUp.path.curve');
  return (
    <ChartFrame
      title={title}
      subtitle={t('followUp.path.subtitle', {
        outages: count('common.outages', monitoring.watch.n),
        threshold: format.number(monitoring.watch.threshold),
      })}
      caption={t('followUp.path.caption')}
      fileName="tranche-suivi"
      table={{
        headers: [t('followUp.path.x'), curve],
        rows: points.map(({ at, value }) => [format.date(at), value]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <CurvePlot
          label={title}
          curves={[
            { label: curve, points, kind: 'line' },
            { label: t('followUp.path.threshold'), points: line, kind: 'dashes' },
          ]}
          x={{ ...x, label: t('followUp.path.x'), write: format.plain }}
          y={{ ...y, label: t('followUp.path.y'), write: writePower, room: 84 }}
          width={width}
          height={280}
          describe={(_, point) => {
            const found = points.find((each) => each.x === point.x);
            return found
              ? [
                  t('followUp.path.point', {
                    date: format.date(found.at),
                    value: format.short(found.value),
                  }),
                ]
              : [];
          }}
        />
      )}
    </ChartFrame>
  );
}
