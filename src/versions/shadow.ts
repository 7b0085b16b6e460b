import { quantileOfSorted } from '#base/statistics.ts';

/** Bets of the process: a third of the stake each. */
const bets = [0.1, 0.25, 0.5] as const;
/** Evidence that counts as proof: by chance it is ever reached in one shadow of twenty. */
export const PROVEN = 20;

/**
 * Champion and challenger on every new outage, looked at whenever one likes. The differences (new − old absolute error) are
 * clipped to ±`scale` and divided by it, so the process is about the mean of these. Plain: it is kept as it is.
 */
export interface ShadowState {
  /** 95 % quantile of the differences' sizes on the gate's outages. */
  readonly scale: number;
  readonly n: number;
  /** One factor a bet: that the challenger is better, and that it is worse. */
  readonly better: readonly number[];
  readonly worse: readonly number[];
  /** The most evidence there ever was: proof is not taken back. */
  readonly mostBetter: number;
  readonly mostWorse: number;
}

/** Throws nothing: where all differences are 0 nothing will ever be proven. */
export function startShadow(gateDifferences: ArrayLike<number>): ShadowState {
  const sizes = Float64Array.from(gateDifferences, Math.abs).sort();
  const one = bets.map(() => 1);
  return {
    scale: sizes.length === 0 ? 0 : quantileOfSorted(sizes, 0.95),
    n: 0,
    better: one,
    worse: one,
    mostBetter: 1,
    mostWorse: 1,
  };
}

/**
 * After one more outage. Where the challenger is no better in the mean, the evidence that it is stays a supermartingale, so
 * that it reaches `PROVEN` with 5 % at most, ever (Ville 1939; as Choe & Ramdas compare forecasters). Mirrored for "worse".
 */
export function updateShadow(state: ShadowState, difference: number): ShadowState {
  if (Number.isNaN(difference)) return state;
  const { scale } = state;
  const clipped = scale > 0 ? Math.max(-1, Math.min(1, difference / scale)) : 0;
  const better = state.better.map((factor, i) => factor * (1 - (bets[i] ?? 0) * clipped));
  const worse = state.worse.map((factor, i) => factor * (1 + (bets[i] ?? 0) * clipped));
  return {
    scale,
    n: state.n + 1,
    better,
    worse,
    mostBetter: Math.max(state.mostBetter, average(better)),
    mostWorse: Math.max(state.mostWorse, average(worse)),
  };
}

/** What the shadow says so far: `worse` proposes the way back. */
export function readShadow({ mostBetter, mostWorse }: ShadowState): 'better' | 'worse' | 'open' {
  if (mostWorse >= PROVEN) return 'worse';
  return mostBetter >= PROVEN ? 'better' : 'open';
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
