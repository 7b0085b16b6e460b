import { measurePairedLoss } from '#evaluation/selection.ts';

/** A gain below this share of the default's error is nothing a planner could notice. */
const NEGLIGIBLE_SHARE = 0.005;

/**
 * Whether a paired gain on the default's error is worth leaving the default for, which is the plainer (`selection.ts`): above one
 * standard error, and above half a per cent.
 */
export function isWorthTaking(gain: number, standardError: number, defaultMae: number): boolean {
  return gain > standardError && gain > NEGLIGIBLE_SHARE * defaultMae;
}

/** More than this often the default did as well on rows that had no part in the choice. */
const MOST_AS_GOOD = 0.2;

/** The best of many looks better than it is: it has to be better also where it was not chosen (`corrected-error.ts`). */
export function isBorneOut(probabilityDefaultAsGood: number): boolean {
  return probabilityDefaultAsGood <= MOST_AS_GOOD;
}

/** The same of two configurations' absolute errors, row by row. */
export function isBetter(ofDefault: Float64Array, tuned: Float64Array, defaultMae: number): boolean {
  const { difference, standardError } = measurePairedLoss(ofDefault, tuned);
  return isWorthTaking(difference, standardError, defaultMae);
}
