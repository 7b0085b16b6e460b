import type { TreeEnsemble } from './tree-ensemble.ts';

/**
 * Share of the total loss reduction that each feature's splits brought; sums to 1 (all 0 without a split).
 * scikit-learn's `feature_importances_` for the squared error without regularisation.
 */
export function computeImpurityImportances(ensemble: TreeEnsemble): Float64Array {
  const importances = new Float64Array(ensemble.cardinalities.length);
  let total = 0;
  ensemble.feature.forEach((feature, node) => {
    if (feature < 0) return;
    importances[feature] += ensemble.gain[node];
    total += ensemble.gain[node];
  });
  return total > 0 ? importances.map((value) => value / total) : importances;
}
