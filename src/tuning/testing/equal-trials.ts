import { createRng } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import { correctError } from '../corrected-error.ts';

/**
 * Trials whose errors have one law and differ by chance alone: how far the best one's error and the corrected one lie below the truth, as
 * shares of it. What outages have in common, which all trials share, makes two thirds of the variance, as in cross-validation.
 */
export function measureEqualTrials(
  nRows: number,
  nTrials: number,
  seed: number,
): { readonly best: number; readonly corrected: number } {
  const rng = createRng(seed);
  const shared = Float64Array.from({ length: nRows }, () => rng.nextNormal());
  const errors = Array.from({ length: nTrials }, () =>
    shared.map((own) => Math.abs(16 + 12 * (Math.sqrt(2 / 3) * own + Math.sqrt(1 / 3) * rng.nextNormal()))),
  );
  // Given what the outages are like; over all trials, as over all outages nothing can be known better.
  const truth = mean(errors.map((own) => mean(own)));
  return {
    best: 1 - Math.min(...errors.map((own) => mean(own))) / truth,
    corrected: 1 - correctError(errors, seed).mae / truth,
  };
}
