import type { Words } from '#language/words.ts';
import { nameUnit } from './with-unit.ts';
import type { TimeUnit } from '#data/time-units.ts';
import type { Announced } from '#jobs/monitoring/contract.ts';

/** What was added to a ledger, and what was not, and why. */
export function listAnnounced(announced: Announced, { t, count }: Words): readonly string[] {
  const { nAnnounced, nAlready, nLearnt, nUntold, nRefused } = announced;
  const first =
    nAnnounced === 0 ? t('followUp.announcing.none') : count('followUp.announcing.done', nAnnounced);
  const others = [
    ['already', nAlready],
    ['learnt', nLearnt],
    ['untold', nUntold],
    ['refused', nRefused],
  ] as const;
  return [first, ...others.flatMap(([key, n]) => (n > 0 ? [count(`followUp.announcing.${key}`, n)] : []))];
}

/** The unit that durations of a file were taken to be told in, as nothing in it says so. */
export function tellUnit(unit: TimeUnit, words: Words): string {
  return words.t('followUp.announcing.unitAssumed', { unit: nameUnit(unit, words) });
}
