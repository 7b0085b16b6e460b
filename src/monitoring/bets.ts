import type { AlarmDirection } from './contract.ts';

/**
 * A bet on where durations fall among their announced levels: a density on [0, 1] with mean 1 where the levels hold.
 * Multiplied over outages, its value is a fair game (a test martingale); whoever wins much has found that they do not.
 */
export interface Bet {
  readonly direction: AlarmDirection;
  /** Mean of the density over [from, to], a part of [0, 1]; its value where both are one. */
  readonly averageOver: (from: number, to: number) => number;
  /** Its standard deviation over uniform places. */
  readonly spread: number;
}

/** 1 + λ(2u − 1): outages end late, or early. */
function betOnPlace(weight: number): Bet {
  return {
    direction: weight > 0 ? 'later' : 'earlier',
    averageOver: (from, to) => 1 + weight * (from + to - 1),
    spread: Math.abs(weight) / Math.sqrt(3),
  };
}

/** 1 + λ(12(u − ½)² − 1)/2: they end far from the middle, or near it. */
function betOnSpread(weight: number): Bet {
  return {
    direction: weight > 0 ? 'wider' : 'narrower',
    averageOver: (from, to) => {
      const [a, b] = [from - 0.5, to - 0.5];
      return 1 + (weight * (4 * (a * a + a * b + b * b) - 1)) / 2;
    },
    spread: Math.abs(weight) / Math.sqrt(5),
  };
}

/** Any of them may be the one that finds a change: their mean is a fair game as well. */
export const bets: readonly Bet[] = [
  betOnPlace(0.5),
  betOnPlace(0.9),
  betOnPlace(-0.5),
  betOnPlace(-0.9),
  betOnSpread(-0.5),
  betOnSpread(0.5),
  betOnSpread(0.95),
];

/** What became known of an outage that had reached the share `from` of its levels: whether it ended by `to`. */
export interface ShareAnswer {
  readonly from: number;
  readonly to: number;
  readonly hasEnded: boolean;
}

/**
 * By what each bet is multiplied: its mean is 1 given that `from` was reached. Over all answers of one outage the product
 * is the mean of the density between the two levels where it ended, so that next to nothing is lost against asking once for
 * its place (`payPlace`), and nothing waits for the end.
 */
export function payAnswer({ from, to, hasEnded }: ShareAnswer): readonly number[] {
  return bets.map(({ averageOver }) => {
    const all = averageOver(from, 1);
    return (hasEnded ? averageOver(from, to) : averageOver(to, 1)) / all;
  });
}

/** The same for an outage whose place among its levels is known. */
export function payPlace(place: number): readonly number[] {
  return bets.map(({ averageOver }) => averageOver(place, place));
}

/**
 * What a bet pays less where levels rest on n past outages: these are off, for good, and its mean with them by about
 * spread/√n. A deviation of `nErrors` such standard errors is then no winning bet. One factor an outage.
 */
export function listHandicaps(n: number, nErrors: number): readonly number[] {
  return bets.map(({ spread }) => 1 / (1 + (nErrors * spread) / Math.sqrt(n)));
}
