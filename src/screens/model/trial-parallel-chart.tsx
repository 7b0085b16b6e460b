import { useMemo } from 'react';
import { ChartFrame } from '#charts/chart-frame.tsx';
import { ParallelPlot } from '#charts/parallel-plot.tsx';
import type { DurationUnitName } from '#language/format.ts';
import { useWords } from '#language/use-words.ts';
import { withUnit } from '#report/with-unit.ts';
import type { LoggedStudy } from '#tuning/logged-trials.ts';
import { chartToCsv } from '../chart-csv.ts';
import { tabulateTrials, viewParallel } from './tuning.view.ts';

/** Fewer complete trials than this are told by the table alone. */
const LEAST_DRAWN = 3;

/** Each complete trial as a line over its settings and its error. */
export function TrialParallelChart({
  study,
  unit,
}: {
  readonly study: LoggedStudy;
  readonly unit: DurationUnitName;
}) {
  const words = useWords();
  const { t, format, language, count } = words;
  const { axes, lines, trials } = useMemo(
    () => viewParallel(study, words, withUnit(t('tuning.mae'), unit, words)),
    [study, words, t, unit],
  );
  if (trials.length < LEAST_DRAWN) return null;
  const title = t('tuning.parallel.title');
  return (
    <ChartFrame
      title={title}
      subtitle={t('tuning.parallel.subtitle', { trials: count('report.tuning.trials', trials.length) })}
      caption={t('tuning.parallel.caption')}
      fileName="tranche-essais-reglages"
      table={tabulateTrials(study, trials.toReversed(), unit, words)}
      toCsv={(table) => chartToCsv(table, language)}
    >
      {(width) => (
        <ParallelPlot
          label={title}
          axes={axes}
          lines={lines}
          width={width}
          height={380}
          nameBounds={(axis) => ({
            lower: t('tuning.parallel.lower', { axis }),
            upper: t('tuning.parallel.upper', { axis }),
          })}
          tell={(picked) => {
            const errors = picked.map((i) => trials[i]?.mae ?? NaN);
            if (errors.length === 0) return t('tuning.parallel.pickedNone');
            return t('tuning.parallel.picked', {
              trials: count('report.tuning.trials', picked.length),
              low: format.duration(Math.min(...errors), unit, 2),
              high: format.duration(Math.max(...errors), unit, 2),
            });
          }}
        />
      )}
    </ChartFrame>
  );
}
