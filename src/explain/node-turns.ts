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
  const feature = ensemble.feature[node];
  const values = features.columns[feature];
  const missing = ensemble.missingLeft[node];
  const set = ensemble.categorySet[node];
  if (set < 0) {
    const threshold = ensemble.threshold[node];
    // Number(comparison) compiles without a branch that half the samples would mispredict; NaN compares false.
    if (missing === 1) {
      for (let i = 0; i < nRows; i++) outTurns[i] = Number(!(values[start + i] > threshold));
    } else {
      for (let i = 0; i < nRows; i++) outTurns[i] = Number(values[start + i] <= threshold);
    }
    return;
  }
  const cardinality = ensemble.cardinalities[feature];
  const firstWord = set * CATEGORY_SET_WORDS;
  for (let i = 0; i < nRows; i++) {
    const code = values[start + i];
    const isKnown = code >= 0 && code < cardinality && Math.floor(code) === code;
    outTurns[i] = isKnown ? (ensemble.categorySets[firstWord + (code >> 5)] >>> (code & 31)) & 1 : missing;
  }
}
