import type { Instant } from '#base/instant.ts';
import { boundShare, type HeldShare } from './confidence-sequence.ts';
import { LEVELS } from './contract.ts';
import type { JudgedOutage } from './due-question.ts';

/** What is promised of a level, and how often it was kept. */
export interface LevelCoverage extends HeldShare {
  readonly nominal: number;
}

export interface CoverageRecord {
  readonly p50: LevelCoverage;
  readonly p80: LevelCoverage;
  readonly p10p90: LevelCoverage;
  /** P80 among those that are over, whenever they began: what flatters. Null of none. */
  readonly p80OfEnded: { readonly share: number; readonly n: number } | null;
}

/**
 * How often P50, P80 and P10–P90 were kept. Each is judged when its own date passes, whether the outage is over or not:
 * among those that are over, short ones are too many.
 */
export function recordCoverage(outages: readonly JudgedOutage[], until: Instant): CoverageRecord {
  const ended = outages.flatMap(({ levels, lasted }) => {
    const p80 = durationAt(levels, 0.8);
    return lasted === null || p80 === null ? [] : [lasted <= p80];
  });
  const nKept = ended.filter(Boolean).length;
  return {
    p50: judgeLevel(outages, until, 0.5),
    p80: judgeLevel(outages, until, 0.8),
    p10p90: judgeLevel(outages, until, 0.9, 0.1),
    p80OfEnded: ended.length === 0 ? null : { share: nKept / ended.length, n: ended.length },
  };
}

/** `above`: and longer than that level. */
function judgeLevel(
  outages: readonly JudgedOutage[],
  until: Instant,
  level: number,
  above?: number,
): LevelCoverage {
  const judged = outages.flatMap(({ start, lasted, levels }) => {
    const upper = durationAt(levels, level);
    const lower = above === undefined ? -Infinity : durationAt(levels, above);
    if (upper === null || lower === null || start + upper > until) return [];
    return [lasted !== null && lasted <= upper && lasted > lower];
  });
  return {
    ...boundShare(judged.filter(Boolean).length, judged.length),
    nominal: level - (above ?? 0),
  };
}

/** The announced duration at a level that may have been left out as equal to a higher one; null where it is not carried. */
export function durationAt(levels: JudgedOutage['levels'], share: number): number | null {
  const [first] = levels;
  if (!first || !LEVELS.some((each) => isNear(each, share))) return null;
  const found = levels.find((level) => level.share > share - ROUNDING);
  // A level below the least that is carried is not told by it.
  return found === undefined || (found === first && !isNear(found.share, share)) ? null : found.duration;
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < ROUNDING;
}

const ROUNDING = 1e-9;
