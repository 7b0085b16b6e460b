import { isShorterThanDay, msPerUnit } from '#data/time-units.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { parseNumber } from '#data/numbers.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { readDate } from '../read-date.ts';
import { findEndAfter } from './scenarios.view.ts';

/** What a target is read and refused by. */
export interface TargetLimits {
  /** Of the case; null where it has none. */
  readonly start: number | null;
  readonly unit: DurationUnitName;
  /** What the longest past outage took; null where it is not known. */
  readonly longest: number | null;
}

/** A duration to meet, nothing, or why what was typed is none. */
export type TargetReading =
  | { readonly kind: 'duration'; readonly duration: number | null }
  | { readonly kind: 'unreadable' | 'not-positive' | 'before-start' | 'no-start' }
  | { readonly kind: 'too-long'; readonly limit: number };

/** Beyond so many times the longest past outage no answer means anything. */
const MOST_TIMES_LONGEST = 3;
/** Where no past tells: twenty years. */
const MOST_DAYS = 7305;

/** Milliseconds of the unit; durations of unknown unit cannot be told by a date. */
function msOf(unit: DurationUnitName): number | null {
  return unit === 'unknown' ? null : msPerUnit[unit];
}

/** Reads a duration ("75", "12,5") or the day of the end ("12/04/2027"). */
export function readTarget(text: string, limits: TargetLimits): TargetReading {
  const typed = text.trim();
  if (typed === '') return { kind: 'duration', duration: null };
  const date = readDate(typed);
  const duration = date === null ? readDuration(typed) : measureUntil(date, limits);
  if (typeof duration !== 'number') return { kind: duration };
  if (!(duration > 0)) return { kind: date === null ? 'not-positive' : 'before-start' };
  const ms = msOf(limits.unit) ?? MS_PER_DAY;
  const limit = limits.longest === null ? (MOST_DAYS * MS_PER_DAY) / ms : MOST_TIMES_LONGEST * limits.longest;
  return duration > limit ? { kind: 'too-long', limit } : { kind: 'duration', duration };
}

/** A number as it is typed in either language. */
export function readDuration(text: string): number | 'unreadable' {
  if (text.includes('%')) return 'unreadable';
  const number = parseNumber(text.replace('.', ','), { decimalMark: ',', thousandsMark: ' ' });
  return Number.isNaN(number) ? 'unreadable' : number;
}

function measureUntil(end: number, { start, unit }: TargetLimits): number | 'no-start' {
  const ms = msOf(unit);
  return start === null || ms === null ? 'no-start' : Math.round(((end - start) / ms) * 100) / 100;
}

/** "75 jours, fin le 12/04/2027": both ways of saying a target; the duration alone where the case has no start. */
export function tellBoth(duration: number, { start, unit }: TargetLimits, { t, format }: Words): string {
  const end = findEndAfter(start, duration, unit);
  const said = format.duration(duration, unit);
  if (end === null) return said;
  return t('scenarios.target.both', {
    duration: said,
    date: format.date(end, isShorterThanDay(unit)),
  });
}

/** Why what was typed is no target; null for one. */
export function tellTargetProblem(
  reading: TargetReading,
  { start, unit, longest }: TargetLimits,
  { t, format }: Words,
): string | null {
  switch (reading.kind) {
    case 'duration':
      return null;
    case 'too-long':
      return longest === null
        ? t('scenarios.target.absurd', { limit: format.duration(reading.limit, unit) })
        : t('scenarios.target.tooLong', {
            longest: format.duration(longest, unit),
            limit: format.duration(reading.limit, unit),
          });
    case 'before-start':
      return t('scenarios.target.beforeStart', { date: format.date(start ?? NaN) });
    case 'not-positive':
      return t('scenarios.target.notPositive');
    case 'no-start':
      return t('scenarios.target.noStart');
    default:
      return t('scenarios.target.unreadable');
  }
}
