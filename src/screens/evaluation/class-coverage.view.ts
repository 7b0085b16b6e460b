import type { CoverageReport } from '#evaluation/intervals/coverage.ts';
import { type GroupScore, scoreByClass, scoreByYear } from '#evaluation/score-groups.ts';
import type { DataCurve } from '#jobs/explanation/contract.ts';
import type { PairedDifference, TestPredictions, TrainingResult } from '#training/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';

type Said = Pick<Words, 't' | 'format'>;

const MAX_GROUPS = 20;

/** Null where the result holds none: training was stopped, or is older than intervals. */
export function coverageOf({ coverage }: Partial<Pick<TrainingResult, 'coverage'>>): CoverageReport | null {
  return coverage ?? null;
}

/** "en moyenne 6,2 jours plus juste que l'annonce (n = 214)"; null where the file has no announced durations. */
export function describeSkill(
  { againstAnnounced, target }: Pick<TrainingResult, 'againstAnnounced' | 'target'>,
  { t, format }: Said,
): string | null {
  if (!againstAnnounced || againstAnnounced.nSamples === 0) return null;
  const { value, low, high, nSamples } = againstAnnounced;
  const kind = low > 0 ? 'better' : high < 0 ? 'worse' : 'same';
  return t(`evaluation.skill.${kind}`, {
    days: format.duration(Math.abs(value), target.unit),
    n: format.number(nSamples),
    range: writeRange(againstAnnounced, { format }),
  });
}

/** "[+0,2 ; +1,4]": the 90 % interval of a paired difference. */
export function writeRange({ low, high }: PairedDifference, { format }: Pick<Words, 'format'>): string {
  return `[${signed(low, format)} ; ${signed(high, format)}]`;
}

export function signed(value: number, format: Words['format']): string {
  return value > 0 ? `+${format.fixed(value, 2)}` : format.fixed(value, 2);
}

/** How the model did on the test outages by class (the largest first) or by year of start; at most 20. */
export function groupErrors(
  { actual, predicted, classes, starts }: TestPredictions,
  by: 'class' | 'year',
): readonly GroupScore[] {
  const groups =
    by === 'year'
      ? starts && scoreByYear(actual, predicted, starts)
      : classes && scoreByClass(actual, predicted, classes.codes, classes.labels);
  return (groups ?? []).slice(0, MAX_GROUPS);
}

/** A gain from the last half of the outages below this share of the error is no gain to wait for. */
const WORTHWHILE = 0.02;

/** Would more outages help? */
export function judgeDataCurve({ points }: DataCurve, unit: DurationUnitName, { t, format }: Said): string {
  const last = points.at(-1);
  const half = last && points.findLast(({ nOutages }) => nOutages <= 0.55 * last.nOutages);
  if (!last || !half) return t('evaluation.dataCurve.tooShort');
  const gain = half.mae - last.mae;
  return t(gain > WORTHWHILE * half.mae ? 'evaluation.dataCurve.helps' : 'evaluation.dataCurve.flat', {
    from: format.number(half.nOutages),
    to: format.number(last.nOutages),
    gain: format.duration(Math.abs(gain), unit, 2),
    before: format.duration(half.mae, unit, 2),
    after: format.duration(last.mae, unit, 2),
  });
}
