import { ChartFrame } from '#charts/chart-frame.tsx';
import { CurvePlot } from '#charts/curve-plot.tsx';
import { linearScale } from '#charts/ticks.ts';
import type { TuneResult } from '#jobs/tuning/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { tellSettings } from '#report/tuning-sentences.ts';
import { withUnit } from '#report/with-unit.ts';
import type { LoggedStudy } from '#tuning/logged-trials.ts';
import { chartToCsv } from '../chart-csv.ts';
import { isComplete, viewHistory } from './tuning.view.ts';

export interface TrialHistoryChartProps {
  readonly study: LoggedStudy;
  /** Null while the search is not finished. */
  readonly result: TuneResult | null;
  readonly unit: DurationUnitName;
}

/** The error of every trial in its order, and how the best came down. */
export function TrialHistoryChart({ study, result, unit }: TrialHistoryChartProps) {
  const words = useWords();
  const { t, format, language, count, pair } = words;
  const view = viewHistory(study, { result });
  if (!view) return null;
  const { trials, nFolds } = study;
  const title = t('tuning.history.title');
  const labels = { x: t('tuning.history.number'), y: withUnit(t('tuning.mae'), unit, words) };
  const last = Math.max(2, trials.length);
  const figures = { trials: count('report.tuning.trials', trials.length), folds: nFolds };
  return (
    <ChartFrame
      title={title}
      subtitle={
        result
          ? t('tuning.history.subtitle', { ...figures, n: format.number(result.nRows) })
          : t('tuning.history.subtitleLive', figures)
      }
      caption={[
        t(result ? 'tuning.history.captionBand' : 'tuning.history.caption'),
        ...(view.nBeyond > 0
          ? [t('tuning.history.beyond', { trials: count('report.tuning.trials', view.nBeyond) })]
          : []),
      ].join(' ')}
      fileName="tranche-essais"
      table={{
        headers: [labels.x, labels.y, t('tuning.table.folds')],
        rows: trials.map(({ number, mae, foldMae }) => [number + 1, mae, `${foldMae.length}/${nFolds}`]),
      }}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <CurvePlot
          label={title}
          curves={[
            { label: t('tuning.history.complete'), kind: 'dots', points: view.complete },
            ...(view.dropped.length > 0
              ? [{ label: t('tuning.history.dropped'), kind: 'dots' as const, points: view.dropped }]
              : []),
            { label: t('tuning.history.best'), kind: 'line', points: view.best },
            {
              label: t('tuning.history.default'),
              kind: 'dashes',
              points: [
                { x: 0, y: view.default },
                { x: last, y: view.default },
              ],
            },
          ]}
          {...(result && {
            band: {
              label: t('tuning.history.band'),
              points: [0, last].map((x) => ({ x, low: result.corrected.low, high: result.corrected.high })),
            },
          })}
          x={{ ...linearScale(0, last), label: labels.x }}
          y={{ ...view.y, label: labels.y }}
          width={width}
          height={320}
          describe={(curve, { x, y }) => {
            const trial = trials[x - 1];
            if (!trial || curve === t('tuning.history.best')) return [curve, format.duration(y, unit, 2)];
            return [
              pair(labels.x, String(x)),
              format.duration(trial.mae, unit, 2),
              ...(isComplete(trial, study)
                ? []
                : [t('tuning.history.folds', { done: trial.foldMae.length, nFolds })]),
              tellSettings(trial.configuration, words),
            ];
          }}
        />
      )}
    </ChartFrame>
  );
}
