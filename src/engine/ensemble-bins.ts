import { binByThresholds, type BinnedFeatures } from './binning.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import { createBinner } from './kernel/binning-kernel.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/** A bin takes two bytes at most, and one more bin is for missing values. */
const MAX_THRESHOLDS = 65_533;

/** What an ensemble splits each feature at: ascending, without repeats. */
const known = new WeakMap<TreeEnsemble, readonly Float64Array[]>();

/**
 * Bins samples by the thresholds of an ensemble, so that its trees can be followed on small integers: all
 * that a tree asks of a number is between which two thresholds it lies. Null where a feature has more
 * thresholds than bins can be told apart.
 */
export function binForEnsemble(ensemble: TreeEnsemble, features: FeatureMatrix): BinnedFeatures | null {
  let thresholds = known.get(ensemble);
  if (!thresholds) {
    thresholds = collectThresholds(ensemble);
    known.set(ensemble, thresholds);
  }
  if (thresholds.some((bounds) => bounds.length > MAX_THRESHOLDS)) return null;
  return binByThresholds({ ...features, cardinalities: ensemble.cardinalities }, thresholds);
}

function collectThresholds({ feature, categorySet, threshold, cardinalities }: TreeEnsemble): Float64Array[] {
  const counts = new Int32Array(cardinalities.length);
  const isNumeric = (node: number): boolean => feature[node] >= 0 && categorySet[node] < 0;
  for (let node = 0; node < feature.length; node++) if (isNumeric(node)) counts[feature[node]] += 1;
  const all = Array.from(counts, (count) => new Float64Array(count));
  for (let node = 0; node < feature.length; node++) {
    if (isNumeric(node)) all[feature[node]][--counts[feature[node]]] = threshold[node];
  }
  const most = all.reduce((length, values) => Math.max(length, values.length), 0);
  const { sortNumbers, release } = createBinner(most);
  const thresholds = all.map((values) =>
    sortNumbers(values, null).filter((value, i, sorted) => i === 0 || value !== sorted[i - 1]),
  );
  release();
  return thresholds;
}
