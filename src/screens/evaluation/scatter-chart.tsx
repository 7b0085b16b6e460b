import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { ScatterPlot, squareHeight } from '#charts/scatter-plot.tsx';
import { computeMetrics } from '#evaluation/metrics.ts';
import { averageIntervals } from '#evaluation/residual-profile.ts';
import type { TrainingResult } from '#training/contract.ts';
import { useWords } from '#language/use-words.ts';
import { chartToCsv } from '../chart-csv.ts';
import { withUnit } from '#report/with-unit.ts';
import { useOpenOutage } from './use-open-outage.ts';
import { equalScale, isHeavyTailed, tablePoints, viewTestPoints } from './evaluation.view.ts';

const MAX_SIDE = 520;

/** Predicted against actual on the test outages. */
export function ScatterChart({ result }: { readonly result: TrainingResult }) {
  const words = useWords();
  const { t, format, language, pair } = words;
  const { unit } = result.target;
  const { points, groups, canBeLog } = useMemo(
    () => viewTestPoints(result.test, 'actual', words),
    [result, words],
  );
  const [wantsLog, setWantsLog] = useState(result.scale === 'log1p' || isHeavyTailed(points));
  const isLog = wantsLog && canBeLog;
  const scale = useMemo(() => equalScale(points, isLog), [points, isLog]);
  const ribbon = useMemo(() => {
    const { predicted, intervals } = result.test;
    return intervals ? averageIntervals(predicted, intervals.p10, intervals.p90) : [];
  }, [result]);
  const openOutage = useOpenOutage(result);
  const mae = result.models.find(({ name }) => name === result.chosen)?.test.mae ?? NaN;
  const title = t('evaluation.scatter.title');
  return (
    <ChartFrame
      title={title}
      subtitle={t('evaluation.scatter.subtitle', {
        n: format.number(points.length),
        mae: format.duration(mae, unit, 2),
        bias: format.durationChange(computeMetrics(result.test.actual, result.test.predicted).bias, unit),
      })}
      caption={[
        t('evaluation.scatter.caption'),
        ...(ribbon.length > 0 ? [t('evaluation.scatter.misses')] : []),
        ...(openOutage ? [t('evaluation.scatter.open')] : []),
      ].join(' ')}
      fileName="tranche-predit-reel"
      table={tablePoints(
        { points, groups },
        [
          withUnit(t('evaluation.scatter.predicted'), unit, words),
          withUnit(t('evaluation.scatter.actual'), unit, words),
        ],
        words,
      )}
      toCsv={(table) => chartToCsv(table, language)}
      aside={
        canBeLog ? (
          <Switch
            size="xs"
            styles={{ label: { whiteSpace: 'nowrap' } }}
            label={t('evaluation.scatter.logScale')}
            checked={wantsLog}
            onChange={(event) => setWantsLog(event.currentTarget.checked)}
          />
        ) : null
      }
    >
      {(width) => {
        const side = Math.min(width, MAX_SIDE);
        return (
          <ScatterPlot
            label={title}
            points={points}
            groups={groups}
            x={{ ...scale, label: withUnit(t('evaluation.scatter.x'), unit, words) }}
            y={{ ...scale, label: withUnit(t('evaluation.scatter.y'), unit, words) }}
            isLog={isLog}
            reference={{ kind: 'diagonal', label: t('evaluation.scatter.diagonal') }}
            {...(ribbon.length > 0 && {
              ribbon: { label: t('evaluation.scatter.ribbon'), points: ribbon },
            })}
            {...(openOutage && { onPick: openOutage })}
            width={side}
            height={squareHeight(side, 1)}
            describe={(point) => [
              point.label,
              pair(t('evaluation.scatter.predicted'), format.duration(point.x, unit)),
              pair(t('evaluation.scatter.actual'), format.duration(point.y, unit)),
              pair(t('evaluation.scatter.residual'), format.durationChange(point.y - point.x, unit)),
            ]}
          />
        );
      }}
    </ChartFrame>
  );
}
