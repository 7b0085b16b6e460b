import type { Estimate } from '#evaluation/bootstrap.ts';
import { countHeld, type HeldCount } from '#evaluation/intervals/count-held.ts';
import { judgeDifference } from '#evaluation/verdict.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import type { SameOutages, TestPredictions, TrainingResult } from '#training/contract.ts';

/** "les 34 arrêts les plus récents", or as many outages where they were chosen otherwise. */
export function nameJudged(
  { rows, settings }: Pick<TrainingResult, 'rows' | 'settings'>,
  words: Words,
): string {
  const n = rows.test;
  return settings.split.kind === 'time'
    ? words.count('evaluation.verdict.latest', n)
    : words.count('common.outages', n);
}

/** "(9 à 15)": where an error could lie on other outages of the kind; empty where it was not kept. */
export function tellRange(estimate: Estimate | undefined, { t, format }: Words): string {
  if (!estimate) return '';
  const digits = estimate.value >= 10 ? 0 : estimate.value >= 1 ? 1 : 2;
  const write = (value: number) => format.number(value, digits);
  return t('evaluation.verdict.range', { low: write(estimate.low), high: write(estimate.high) });
}

/** How often P80 and P10–P90 were kept on the test outages. */
export interface HeldLevels {
  readonly p80: HeldCount | null;
  readonly p10p90: HeldCount;
}

/** Null where no test outage has an interval. */
export function countHeldLevels({ actual, intervals }: TestPredictions): HeldLevels | null {
  if (intervals === null) return null;
  const { p10, p80, p90 } = intervals;
  const levels = { p80: p80 && countHeld(actual, null, p80), p10p90: countHeld(actual, p10, p90) };
  return levels.p10p90.n === 0 && (levels.p80?.n ?? 0) === 0 ? null : levels;
}

/** "P80 tenu 27 fois sur 34 (79 %), P10–P90 26 fois sur 34 (76 %)"; null where no level could be claimed. */
export function tellHeld(test: TestPredictions, words: Words): string | null {
  const { t, format } = words;
  const levels = countHeldLevels(test);
  if (levels === null) return null;
  const tell = (level: 'p80' | 'p10p90') => {
    const count = levels[level];
    if (count === null || count.n === 0) return [];
    const { held, n } = count;
    const values = { held: format.number(held), n: format.number(n), share: format.percent(held / n) };
    return [t(`evaluation.verdict.held.${level}`, values)];
  };
  return [...tell('p80'), ...tell('p10p90')].join(', ');
}

/** The announced durations beside the model, on the same outages: "Sur les 214 arrêts jugés dont la durée était annoncée, …"; null without any. */
export function tellBesideAnnounced(
  { chosen, besideAnnounced, target }: Pick<TrainingResult, 'chosen' | 'besideAnnounced' | 'target'>,
  words: Words,
): string | null {
  // What is proposed is the announcement itself.
  if (chosen === 'plan') return null;
  const { test = null, cv = null } = besideAnnounced ?? {};
  if (test) return tellSame(test, 'test', target.unit, words);
  return cv && tellSame(cv, 'cv', target.unit, words);
}

function tellSame(
  { n, announced, model, difference }: SameOutages,
  scope: 'test' | 'cv',
  unit: DurationUnitName,
  { t, format, count }: Words,
): string {
  return t(`evaluation.announced.${judgeDifference(difference)}`, {
    outages: count(`evaluation.announced.${scope}`, n),
    announced: format.duration(announced, unit, 2),
    model: format.duration(model, unit, 2),
    low: format.fixed(difference.low, 1),
    high: format.fixed(difference.high, 1),
  });
}

/** "Répondre 180 jours avant coûte 5 jours d’erreur de plus qu’au démarrage…"; null at the start, or where it was not measured. */
export function tellHorizonPrice(
  { horizonPrice, horizon, target }: Pick<TrainingResult, 'horizonPrice' | 'horizon' | 'target'>,
  { t, format }: Words,
): string | null {
  if (horizonPrice === null || horizon.kind === 'start') return null;
  const { difference, n } = horizonPrice;
  const price = { better: 'more', worse: 'less', same: 'same' } as const;
  return t(`model.horizon.price.${price[judgeDifference(difference)]}`, {
    lead: format.duration(horizon.leadDays, 'day'),
    days: format.duration(Math.abs(difference.value), target.unit),
    low: format.fixed(difference.low, 1),
    high: format.fixed(difference.high, 1),
    n: format.number(n),
  });
}
