import type { TunedTrial, TuneResult } from '#jobs/tuning/contract.ts';
import type { Words } from '#language/words.ts';
import type { Configuration } from '#tuning/search-space.ts';
import { alignColumns } from './align-columns.ts';
import { isTimeUnit } from '#data/time-units.ts';

/** A search of settings in plain text: what came of it first, then what was tried. */
export function writeTuning(result: TuneResult, words: Words): string {
  return [
    ...tellTuning(result, words),
    '',
    ...alignColumns(tabulateTrials(result, words)),
    ...tabulateImportance(result, words),
    '',
  ].join('\n');
}

/** What came of it, in sentences; settings by their names in files, unless told otherwise. */
export function tellTuning(
  result: TuneResult,
  words: Words,
  tell: (configuration: Configuration, words: Words) => string = tellConfiguration,
): readonly string[] {
  const { t, format, count } = words;
  const { best, default: usual, chosen, gain, corrected, outer } = result;
  const write = (value: number) => writeDuration(value, result, words);
  const settings = ({ configuration }: TunedTrial) => tell(configuration, words);
  const figures = {
    n: count('common.outages', result.nRows),
    trials: count('report.tuning.trials', result.trials.length),
  };
  const isTuned = chosen === 'tuned';
  return [
    t('report.tuning.searched', figures),
    isTuned
      ? t('report.tuning.chosen', {
          settings: settings(best),
          gain: write(gain.value),
          deviation: write(gain.standardError),
          default: settings(usual),
        })
      : t(best.number === usual.number ? 'report.tuning.nothingBetter' : 'report.tuning.notWorth', {
          settings: settings(usual),
          best: settings(best),
          gain: write(gain.value),
          deviation: write(gain.standardError),
        }),
    t('report.tuning.corrected', {
      mae: write(corrected.mae),
      low: write(corrected.low),
      high: write(corrected.high),
      best: write(best.mae),
      chance: format.percent(corrected.probabilityDefaultAsGood),
    }),
    t('report.tuning.outer', {
      n: count('common.outages', outer.n),
      default: write(outer.default),
      best: write(outer.best),
    }),
    ...(outer.nEarlierLooks > 0 ? [t('report.tuning.lookedBefore')] : []),
    t(`report.tuning.stop.${result.stopReason}`),
  ];
}

/** The best first; a trial that lost a race has the error of the rows it saw. */
function tabulateTrials(result: TuneResult, words: Words): string[][] {
  const { t, format } = words;
  const sorted = result.trials.toSorted(
    (a, b) => Number(a.state === 'dropped') - Number(b.state === 'dropped') || a.mae - b.mae,
  );
  return [
    [t('report.tuning.settings'), 'MAE', '±', t('report.tuning.again')],
    ...sorted
      .slice(0, MOST_SHOWN)
      .map((trial) => [
        `${trial.number === result.default.number ? '=' : trial.number === result.best.number ? '*' : trial.state === 'dropped' ? '–' : ' '} ${tellConfiguration(trial.configuration, words)}`,
        format.fixed(trial.mae, 3),
        format.fixed(trial.standardError, 3),
        trial.secondMae === null ? '' : format.fixed(trial.secondMae, 3),
      ]),
  ];
}

const MOST_SHOWN = 20;

function tabulateImportance({ importance }: TuneResult, { t, format }: Words): readonly string[] {
  if (importance === null) return ['', t('report.tuning.tooFewTrials')];
  const rows = importance.map(({ name, share, low, high }) => [
    `  ${name}`,
    format.percent(share),
    `${format.percent(low)} – ${format.percent(high)}`,
  ]);
  return ['', ...alignColumns([[t('report.tuning.importance'), '', ''], ...rows])];
}

/** By the names of the settings, as files and options write them. */
function tellConfiguration(configuration: Configuration, { format }: Words): string {
  const parts = Object.entries(configuration).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? format.plain(value) : value}`,
  );
  return parts.join(', ');
}

function writeDuration(value: number, { target }: TuneResult, { format, t }: Words): string {
  return isTimeUnit(target.unit)
    ? `${format.fixed(value, 3)} ${t(`common.unit.${target.unit}`)}`
    : format.fixed(value, 3);
}
