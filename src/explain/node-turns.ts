import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { CATEGORY_SET_WORDS, type TreeEnsemble } from '#engine/tree-ensemble.ts';

/**
 * Writes 1 for each of the samples start … start + nRows − 1 that an inner node sends left, else 0: the
 * same decision as the predictor's, missing and unseen values included.
 */
export function decideTurns(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  node: number,
  start: number,
  nRows: number,
  outTurns: Uint8Array,
): void {
  const feature = ensemble.feature[node] as number;
  const values = features.columns[feature] as Float64Array;
  const missing = ensemble.missingLeft[node] as number;
  const set = ensemble.categorySet[node] as number;
  if (set < 0) {
    const threshold = ensemble.threshold[node] as number;
    // Number(comparison) compiles without a branch that half the samples would mispredict; NaN compares false.
    if (missing === 1) {
      for (let i = 0; i < nRows; i++) outTurns[i] = Number(!((values[start + i] as number) > threshold));
    } else {
      for (let i = 0; i < nRows; i++) outTurns[i] = Number((values[start + i] as number) <= threshold);
    }
    return;
  }
  const cardinality = ensemble.cardinalities[feature] as number;
  const firstWord = set * CATEGORY_SET_WORDS;
  for (let i = 0; i < nRows; i++) {
    const code = values[start + i] as number;
    const isKnown = code >= 0 && code < cardinality && Math.floor(code) === code;
    outTurns[i] = isKnown
      ? ((ensemble.categorySets[firstWord + (code >> 5)] as number) >>> (code & 31)) & 1
      : missing;
  }
}
