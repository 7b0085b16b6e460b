import type { RemainingAnswer } from '#inference/contract.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';

/** For a file of predictions: how many of its rows were asked how much longer, and how many have no answer. */
export function tellRemainingRows(
  { nAsked, nRefused }: { readonly nAsked: number; readonly nRefused: number },
  { t, format }: Words,
): string {
  const asked = t('report.remaining.asked', { count: nAsked, n: format.number(nAsked) });
  if (nRefused === 0) return asked;
  return `${asked} ${t('report.remaining.refused', { count: nRefused, n: format.number(nRefused) })}`;
}

/** "8 chances sur 10 qu’il reste 14 jours ou moins", or why that cannot be said. */
export function tellRemaining(
  { elapsed, interval, refusal }: RemainingAnswer,
  unit: DurationUnitName,
  { t, format, count }: Words,
): { readonly sentence: string; readonly basis: string | null } {
  if (refusal !== null || interval === null) {
    return { sentence: t(`scenarios.remaining.refused.${refusal ?? 'beyond'}`), basis: null };
  }
  const { p80 } = interval;
  if (!isClaimed(p80)) {
    const figures = { n: format.number(p80.n), needed: format.number(p80.needed) };
    const sentence = t('scenarios.remaining.tooFew', {
      ...figures,
      count: p80.n,
      elapsed: format.duration(elapsed, unit),
    });
    return { sentence, basis: null };
  }
  return {
    sentence: t('scenarios.remaining.sentence', { duration: format.duration(p80.value - elapsed, unit) }),
    basis: t('scenarios.remaining.basis', {
      outages: count('common.outages', p80.n),
      elapsed: format.duration(elapsed, unit),
    }),
  };
}
