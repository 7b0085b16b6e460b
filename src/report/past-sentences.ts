import type { PastFacts } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';

/** "CATTENOM 2 : 34 arrêts passés, P50 7 jours, P80 76 jours": what was seen, few outages one by one. */
export function tellPast(
  { label, durations, p50, p80 }: PastFacts,
  unit: DurationUnitName,
  { t, format, count }: Words,
): string {
  const outages = count('scenarios.past.outages', durations.length);
  if (durations.length === 0) return t('scenarios.past.none', { label });
  if (p50 === null || p80 === null) {
    const sorted = durations.toSorted((a, b) => a - b);
    return t('scenarios.past.few', {
      label,
      outages,
      durations: sorted.map((duration) => format.duration(duration, unit)).join(' ; '),
    });
  }
  return t('scenarios.past.many', {
    label,
    outages,
    p50: format.duration(p50, unit),
    p80: format.duration(p80, unit),
  });
}

/** "Annoncé 75 jours : 3 chances sur 10 de tenir." */
export function tellPlan(
  announced: number,
  probability: number,
  unit: DurationUnitName,
  { t, format }: Words,
): string {
  const plan = format.duration(announced, unit);
  const chances = Math.round(10 * probability);
  if (chances <= 0) return t('scenarios.plan.hardly', { plan });
  if (chances >= 10) return t('scenarios.plan.nearlySure', { plan });
  return t('scenarios.plan.chances', { count: chances, plan, chances: format.number(chances) });
}

/** Why an answer that its unit and class have never seen the like of is what it is. */
export function tellBeyondPast(
  { label, durations }: PastFacts,
  unit: DurationUnitName,
  { t, format }: Words,
): string {
  return t('scenarios.past.beyond', {
    label,
    range: format.durationRange(Math.min(...durations), Math.max(...durations), unit),
  });
}
