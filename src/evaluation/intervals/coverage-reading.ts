import type { CoverageLevel, GroupCoverage } from './coverage.ts';
import { neededForLower, neededForUpper } from './order-statistic.ts';

/** Calibration outages that a level takes. */
const neededFor: Readonly<Record<CoverageLevel, number>> = {
  p10: neededForLower(0.1),
  p50: neededForUpper(0.5),
  p80: neededForUpper(0.8),
  p90: neededForUpper(0.9),
  p10p90: Math.max(neededForLower(0.1), neededForUpper(0.9)),
};

/** Fewer outages of a class than this do not tell whether a level is kept. */
export const MIN_FOR_COVERAGE = 30;

/** What can be said of one level for one group of outages. */
export type CoverageReading =
  /** Too few outages to claim the level at all. */
  | { readonly status: 'refused'; readonly n: number; readonly needed: number }
  /** None of the group's outages was given the level. */
  | { readonly status: 'none' }
  | {
      readonly status: 'found';
      readonly empirical: number;
      readonly band: readonly [low: number, high: number];
      readonly isWithin: boolean;
      /** Enough outages to judge by, with `MIN_FOR_COVERAGE` of them. */
      readonly isEnough: boolean;
    };

export function readCoverage(group: GroupCoverage, level: CoverageLevel): CoverageReading {
  const needed = neededFor[level];
  if (group.n < needed) return { status: 'refused', n: group.n, needed };
  const { empirical, band, isWithin, n } = group.levels[level];
  if (n === 0) return { status: 'none' };
  return { status: 'found', empirical, band, isWithin, isEnough: group.n >= MIN_FOR_COVERAGE };
}
