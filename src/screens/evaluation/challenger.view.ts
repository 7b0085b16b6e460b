import type { Challenge, Spread } from '#jobs/challenge/challenge.ts';
import type { TrainingResult } from '#jobs/training/training.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';

type Said = Pick<Words, 't' | 'format'>;

/** The result with the challenger among its models, for the table that compares them. */
export function withChallenger(result: TrainingResult, challenge: Challenge | null): TrainingResult {
  return challenge ? { ...result, models: [...result.models, challenge.score] } : result;
}

/** What the challenger says, one sentence a point: how accurate, how sure, and where the two part. */
export function describeChallenge(
  challenge: Challenge,
  { models, chosen, target }: Pick<TrainingResult, 'models' | 'chosen' | 'target'>,
  words: Said,
): readonly string[] {
  const { t, format } = words;
  const { score, theirs, band, nTest, disagreement } = challenge;
  const { unit } = target;
  const ours = models.find(({ name }) => name === chosen)?.test.mae ?? NaN;
  const accuracy = t(`challenger.accuracy.${score.test.mae < ours ? 'better' : 'worse'}`, {
    theirs: format.duration(score.test.mae, unit, 2),
    ours: format.duration(ours, unit, 2),
  });
  const interval = t('challenger.interval', {
    coverage: format.percent(theirs.coverage),
    promise: format.percent(0.8),
    n: format.number(nTest),
    low: format.percent(band[0]),
    high: format.percent(band[1]),
    width: format.duration(theirs.meanWidth, unit),
  });
  if (!disagreement) return [accuracy, interval];
  const oursInterval = t('challenger.oursInterval', {
    coverage: format.percent(disagreement.ours.coverage),
    width: format.duration(disagreement.ours.meanWidth, unit),
  });
  return [accuracy, `${interval} ${oursInterval}`, describeDisagreement(disagreement, unit, words)];
}

function describeDisagreement(
  { n, nDisputed, errorDisputed, errorAgreed }: NonNullable<Challenge['disagreement']>,
  unit: DurationUnitName,
  { t, format }: Said,
): string {
  if (nDisputed === 0) return t('challenger.agreed', { n: format.number(n) });
  if (nDisputed === n) return t('challenger.allDisputed');
  return t('challenger.disputed', {
    share: format.percent(nDisputed / n),
    k: format.number(nDisputed),
    n: format.number(n),
    errorDisputed: format.duration(errorDisputed, unit),
    errorAgreed: format.duration(errorAgreed, unit),
  });
}

/** "12,5 (8 – 31)", in the target's unit. */
export function writeSpread({ p10, p50, p90 }: Spread, { t, format }: Said): string {
  const write = (value: number) => format.number(value, 1);
  return t('challenger.spread', { p10: write(p10), p50: write(p50), p90: write(p90) });
}
