import type { SecondOpinion, Spread } from '#jobs/second-opinion/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import type { TrainingResult } from '#training/contract.ts';

/** What the second opinion says, one sentence a point: how accurate, how sure, and where the two part. */
export function describeSecondOpinion(
  secondOpinion: SecondOpinion,
  { models, chosen, target }: Pick<TrainingResult, 'models' | 'chosen' | 'target'>,
  words: Words,
): readonly string[] {
  const { t, format } = words;
  const { score, theirs, band, nTest, disagreement } = secondOpinion;
  const { unit } = target;
  const ours = models.find(({ name }) => name === chosen)?.test.mae ?? NaN;
  const accuracy = t(`secondOpinion.accuracy.${score.test.mae < ours ? 'better' : 'worse'}`, {
    theirs: format.duration(score.test.mae, unit, 2),
    ours: format.duration(ours, unit, 2),
  });
  const interval = t('secondOpinion.interval', {
    coverage: format.percent(theirs.coverage),
    promise: format.percent(0.8),
    n: format.number(nTest),
    low: format.percent(band[0]),
    high: format.percent(band[1]),
    width: format.duration(theirs.meanWidth, unit),
  });
  if (!disagreement) return [accuracy, interval];
  const oursInterval = t('secondOpinion.oursInterval', {
    coverage: format.percent(disagreement.ours.coverage),
    width: format.duration(disagreement.ours.meanWidth, unit),
  });
  return [accuracy, `${interval} ${oursInterval}`, tellDisagreement(disagreement, unit, words)];
}

function tellDisagreement(
  { n, nDisputed, errorDisputed, errorAgreed }: NonNullable<SecondOpinion['disagreement']>,
  unit: DurationUnitName,
  { t, format }: Words,
): string {
  if (nDisputed === 0) return t('secondOpinion.agreed', { n: format.number(n) });
  if (nDisputed === n) return t('secondOpinion.allDisputed');
  return t('secondOpinion.disputed', {
    fraction: format.percent(nDisputed / n),
    k: format.number(nDisputed),
    n: format.number(n),
    errorDisputed: format.duration(errorDisputed, unit),
    errorAgreed: format.duration(errorAgreed, unit),
  });
}

/** "12,5 (8 – 31)", in the target's unit. */
export function writeSpread({ p10, p50, p90 }: Spread, { t, format }: Words): string {
  const write = (value: number) => format.number(value, 1);
  return t('secondOpinion.spread', { p10: write(p10), p50: write(p50), p90: write(p90) });
}
