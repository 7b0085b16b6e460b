import { useMemo } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { ScatterPlot } from '#charts/scatter-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import { findSliceMedians } from '#evaluation/residual-profile.ts';
import type { TrainingResult } from '#jobs/training.ts';
import { useWords } from '#language/use-words.ts';
import { chartToCsv } from '../chart-csv.ts';
import { withUnit } from '../axis-name.ts';
import { useOpenOutage } from './use-open-outage.ts';
import { tablePoints, viewTestPoints } from './evaluation.view.ts';

/** Actual − predicted against predicted, with the median of each tenth. */
export function ResidualChart({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const { unit } = result.target;
  const { points, groups } = useMemo(
    () => viewTestPoints(result.test, 'residual', { t, format }),
    [result, t, format],
  );
  const openOutage = useOpenOutage(result);
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const medians = findSliceMedians(xs, ys);
  const title = t('evaluation.residuals.title');
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.residuals.subtitle', { n: format.number(points.length) })}
      caption={t('evaluation.residuals.caption')}
      fileName="tranche-ecarts"
      table={tablePoints(
        { points, groups },
        [
          withUnit(t('evaluation.scatter.predicted'), unit, words),
          withUnit(t('evaluation.scatter.residual'), unit, words),
        ],
        words,
      )}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <ScatterPlot
          label={title}
          points={points}
          groups={groups}
          x={{
            ...linearScale(Math.min(...xs), Math.max(...xs)),
            label: withUnit(t('evaluation.residuals.x'), unit, words),
          }}
          y={{
            ...linearScale(Math.min(0, ...ys), Math.max(0, ...ys)),
            label: withUnit(t('evaluation.residuals.y'), unit, words),
          }}
          reference={{ kind: 'zero', label: '0' }}
          trend={{ label: t('evaluation.residuals.median'), points: medians }}
          {...(openOutage && { onPick: openOutage })}
          width={width}
          height={400}
          describe={(point) => [
            point.label,
            pair(t('evaluation.scatter.predicted'), format.duration(point.x, unit)),
            pair(t('evaluation.scatter.residual'), format.durationChange(point.y, unit)),
          ]}
        />
      )}
    </ChartFrame>
  );
}
