import type { SearchSpace } from './search-space.ts';

/** What is expected at some points, one entry each: mean, and variance about it, of the values that were learnt. */
export interface Expectation {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Learns values at encoded points (`search-space.ts`), seeded; both are in any unit. */
export type FitSurrogate = (
  space: SearchSpace,
  points: readonly Float64Array[],
  values: Float64Array,
  seed: number,
) => (at: readonly Float64Array[]) => Expectation;
