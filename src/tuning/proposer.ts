import type { Configuration, SearchSpace } from './search-space.ts';

export const methods = ['grid', 'random', 'bayes'] as const;
export type Method = (typeof methods)[number];

/** A trial as a proposer sees it. */
export interface SeenTrial {
  readonly configuration: Configuration;
  /** Its error, or what it would have been had a race not stopped it; NaN: under way. */
  readonly value: number;
}

/**
 * Who says what to try next. L1 pure: the same arguments give the same configuration, in every browser. L2 within the space, on its
 * steps. L3 never a configuration of `seen`; null: there is none left.
 */
export type Propose = (
  space: SearchSpace,
  seed: number,
  t: number,
  seen: readonly SeenTrial[],
) => Configuration | null;
