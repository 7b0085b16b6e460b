import { isClaimed, type IntervalBound } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/use-words.ts';

type Said = Pick<Words, 't' | 'format'>;

export const levels = ['p10', 'p50', 'p80', 'p90'] as const;

/** Fewer outages of a class do not move the middle: the model's own estimate is then the steadier one. */
const MIN_FOR_MIDDLE = 9;

/** The duration in large figures: P50 where past outages carry it, else the model's own estimate. */
export function findHeadline(prediction: Pick<CasePrediction, 'value' | 'interval'>): {
  readonly value: number;
  readonly isP50: boolean;
} {
  const p50 = prediction.interval?.p50;
  return p50 && isClaimed(p50) && p50.n >= MIN_FOR_MIDDLE
    ? { value: p50.value, isP50: true }
    : { value: prediction.value, isP50: false };
}

/** What a bound says: a duration, or why it cannot be claimed. */
export function writeBound(bound: IntervalBound, unit: DurationUnitName, { t, format }: Said): string {
  return isClaimed(bound)
    ? format.duration(bound.value, unit)
    : t('scenarios.interval.notClaimable', {
        n: format.number(bound.n),
        needed: format.number(bound.needed),
      });
}

export interface IntervalView {
  /** "8 chances sur 10 de finir en 35 jours ou moins". */
  readonly sentence: string;
  /** Whose past outages it rests on. */
  readonly basis: string;
  /** What all outages say where the class cannot; null where it can. */
  readonly instead: string | null;
  /** Null unless both ends can be claimed. */
  readonly range: { readonly low: number; readonly high: number; readonly text: string } | null;
}

/** The interval of one prediction in words. */
export function viewInterval(
  interval: NonNullable<CasePrediction['interval']>,
  unit: DurationUnitName,
  said: Said,
): IntervalView {
  const { t, format } = said;
  const { p10, p80, p90 } = interval;
  const tellClaim = (bound: IntervalBound): string =>
    isClaimed(bound)
      ? t('scenarios.interval.sentence', { duration: format.duration(bound.value, unit) })
      : t('scenarios.interval.noSentence', {
          n: format.number(bound.n),
          needed: format.number(bound.needed),
        });
  const refused = [p80, p90, p10].find((bound) => !isClaimed(bound));
  const overall = refused && !isClaimed(refused) ? refused.overall : null;
  const { n } = p80;
  const isOfClass = isClaimed(p80) ? p80.basis === 'class' : p80.overall !== null;
  return {
    sentence: tellClaim(p80),
    basis: t(isOfClass ? 'scenarios.interval.ofClass' : 'scenarios.interval.ofAll', {
      outages: t('common.outages', { count: n, n: format.number(n) }),
    }),
    instead:
      overall && refused
        ? t('scenarios.interval.instead', {
            level: refused === p80 ? 'P80' : refused === p90 ? 'P90' : 'P10',
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

/** Ends of an interval in whole units from ten on: more digits would promise what no outage keeps. */
function round(value: number): number {
  return Math.abs(value) >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
}
