import type { ClassCoverage, CoverageLevel, GroupCoverage } from './coverage.ts';
import { neededFor } from './order-statistic.ts';

/** Calibration outages that a level takes. */
const neededForLevel: Readonly<Record<CoverageLevel, number>> = {
  p10: neededFor(0.1),
  p50: neededFor(0.5),
  p80: neededFor(0.8),
  p90: neededFor(0.9),
  p10p90: neededFor(0.9),
};

/** Fewer outages of a class than this do not tell whether a level is kept. */
export const MIN_FOR_COVERAGE = 30;

/** What can be said of one level for one group of outages; of all outages where it has no label. */
export type CoverageReading =
  /** Too few outages to claim the level at all. */
  | { readonly status: 'refused'; readonly n: number; readonly needed: number }
  /** None of the group's outages was given the level. */
  | { readonly status: 'none' }
  /** The class's own outages answer for it, and judged by each other they always keep it. */
  | { readonly status: 'own' }
  | {
      readonly status: 'found';
      readonly empirical: number;
      readonly band: readonly [low: number, high: number];
      readonly isWithin: boolean;
      /** Enough outages to judge by, with `MIN_FOR_COVERAGE` of them. */
      readonly isEnough: boolean;
    };

export function readCoverage(group: GroupCoverage | ClassCoverage, level: CoverageLevel): CoverageReading {
  const needed = neededForLevel[level];
  const { empirical, band, isWithin, n } = group.levels[level];
  if (n === 0) return group.n < needed ? { status: 'refused', n: group.n, needed } : { status: 'none' };
  if ('isOwn' in group && group.isOwn) return { status: 'own' };
  return { status: 'found', empirical, band, isWithin, isEnough: group.n >= MIN_FOR_COVERAGE };
}
