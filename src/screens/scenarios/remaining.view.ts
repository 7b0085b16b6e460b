import { isShorterThanDay } from '#data/time-units.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { RemainingAnswer } from '#inference/contract.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { findEndAfter } from './scenarios.view.ts';
import { readDuration } from './target.view.ts';

/** A time elapsed, nothing, or what is none. */
export function readElapsed(text: string): number | null | 'unreadable' {
  if (text.trim() === '') return null;
  const elapsed = readDuration(text.trim());
  return elapsed === 'unreadable' || elapsed < 0 ? 'unreadable' : elapsed;
}

export interface RemainingLevel {
  readonly level: 'P50' | 'P80' | 'P90';
  readonly left: string;
  /** "fin le 12/04/2027"; null without a start. */
  readonly end: string | null;
}

/** What is left at each level that is carried, and the day it ends. */
export function listRemainingLevels(
  { elapsed, interval }: RemainingAnswer,
  start: number | null,
  unit: DurationUnitName,
  { t, format }: Words,
): readonly RemainingLevel[] {
  return (['p50', 'p80', 'p90'] as const).flatMap((level) => {
    const bound = interval?.[level];
    if (!bound || !isClaimed(bound)) return [];
    const end = findEndAfter(start, bound.value, unit);
    return {
      level: level.toUpperCase() as RemainingLevel['level'],
      left: format.duration(bound.value - elapsed, unit),
      end:
        end === null
          ? null
          : t('scenarios.remaining.endOn', { date: format.date(end, isShorterThanDay(unit)) }),
    };
  });
}

/** "Compté depuis le début saisi : ce temps sera écoulé le 19/12/2026"; null for a time that has gone by, and without a start. */
export function tellToCome(
  elapsed: number,
  start: number | null,
  now: number,
  unit: DurationUnitName,
  { t, format }: Words,
): string | null {
  const reached = findEndAfter(start, elapsed, unit);
  return reached === null || reached <= now
    ? null
    : t('scenarios.remaining.toCome', { date: format.date(reached, isShorterThanDay(unit)) });
}
