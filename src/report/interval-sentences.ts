import { LEAST_TO_COMPARE } from '#evaluation/intervals/class-answers.ts';
import type { ProbabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import {
  type ClaimedBound,
  isClaimed,
  type IntervalBound,
} from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';

export const levels = ['p10', 'p50', 'p80', 'p90'] as const;

/** What a bound says: a duration, or why it cannot be claimed. */
export function writeBound(bound: IntervalBound, unit: DurationUnitName, words: Words): string {
  return isClaimed(bound) ? words.format.duration(bound.value, unit) : refuseLevel(bound, words);
}

/** "trop peu d’arrêts : 7, il en faut 9": a level that takes more past outages than there are. */
export function refuseLevel(
  { n, needed }: { readonly n: number; readonly needed: number },
  { t, format }: Words,
): string {
  return t('scenarios.interval.notClaimable', { n: format.number(n), needed: format.number(needed) });
}

/** "72 % de chances de finir en 30 jours ou moins". */
export function tellTarget(
  { probability }: ProbabilityAtMost,
  target: number,
  unit: DurationUnitName,
  { t, format }: Words,
): string {
  return t('scenarios.target.answer', {
    probability: format.percent(probability),
    duration: format.duration(target, unit),
  });
}

export interface IntervalView {
  /** "8 chances sur 10 de finir en 35 jours ou moins". */
  readonly sentence: string;
  /** Whose past outages it rests on; null where it is refused, which the sentence says. */
  readonly basis: string | null;
  /** What all outages say where the class cannot; null where it can. */
  readonly instead: string | null;
  /** Null unless both ends can be claimed. */
  readonly range: { readonly low: number; readonly high: number; readonly text: string } | null;
}

/** The interval of one prediction in words. */
export function viewInterval(
  interval: NonNullable<CasePrediction['interval']>,
  unit: DurationUnitName,
  words: Words,
): IntervalView {
  const { t, format } = words;
  const { p10, p80, p90 } = interval;
  const refused = [p90, p10].find((bound) => !isClaimed(bound));
  // Outages that carry no level are not answered by others.
  const overall = refused && !isClaimed(refused) && isClaimed(p80) ? refused.overall : null;
  return {
    sentence: isClaimed(p80)
      ? t('scenarios.interval.sentence', { duration: format.duration(p80.value, unit) })
      : tellRefusal(p80, words),
    basis: isClaimed(p80) ? tellBasis(p80, words) : null,
    instead:
      overall && refused
        ? t('scenarios.interval.instead', {
            level: refused === p90 ? 'P90' : 'P10',
            duration: format.duration(overall.value, unit),
            n: format.number(overall.n),
          })
        : null,
    range:
      isClaimed(p10) && isClaimed(p90)
        ? {
            low: p10.value,
            high: p90.value,
            text: format.durationRange(round(p10.value), round(p90.value), unit),
          }
        : null,
  };
}

/** Why there is no P80. */
export function tellRefusal(
  { n, needed, isUnlike, ofClass }: Exclude<IntervalBound, ClaimedBound>,
  { t, format, count }: Words,
): string {
  const values = { n: format.number(n), needed: format.number(needed) };
  if (!ofClass) return t('scenarios.interval.noSentence', { ...values, outages: count('common.outages', n) });
  const named = { ...values, label: ofClass.label, outages: count('common.outages', n) };
  return t(isUnlike ? 'scenarios.interval.unlike' : 'scenarios.interval.noSentenceOf', named);
}

/** Whose past outages a level rests on, and no more than they tell: few that do not differ may still differ. */
function tellBasis({ basis, n, ofClass }: ClaimedBound, { t, format, count }: Words): string {
  const outages = count('common.outages', n);
  if (basis === 'overall' || !ofClass) return t('scenarios.interval.ofAll', { outages });
  const { label, n: own } = ofClass;
  if (basis === 'class') return t('scenarios.interval.ofClass', { outages, label });
  const isCompared = own >= LEAST_TO_COMPARE;
  const values = { outages, label, own: format.number(own) };
  return t(isCompared ? 'scenarios.interval.ofAlike' : 'scenarios.interval.ofPool', values);
}

/** Ends of an interval in whole units from ten on: more digits would promise what no outage keeps. */
function round(value: number): number {
  return Math.abs(value) >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
}

/** For a file of predictions: how many of its rows have no figure at all; null where all have one. */
export function tellRefusedRows(nRows: number, { t, format }: Words): string | null {
  return nRows === 0 ? null : t('report.refusedRows', { count: nRows, n: format.number(nRows) });
}
