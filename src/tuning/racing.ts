import { measurePairedLoss } from '#evaluation/selection.ts';

/** A trial that falls behind by this share of the incumbent's error, and by more than chance explains, is not finished. */
const MATERIAL_SHARE = 0.02;
const STANDARD_ERRORS = 2;

/** Whether a trial has lost against the incumbent on the rows that both were judged on; NaN: not judged. O(rows). */
export function hasLost(errors: Float64Array, incumbent: Float64Array): boolean {
  const { difference, standardError, nSamples } = measurePairedLoss(errors, incumbent);
  if (nSamples < 2) return false;
  let sum = 0;
  errors.forEach((error, row) => {
    if (!Number.isNaN(error)) sum += incumbent[row];
  });
  return difference > STANDARD_ERRORS * standardError && difference * nSamples > MATERIAL_SHARE * sum;
}
