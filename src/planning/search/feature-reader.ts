import { lowerBound } from '#base/arrays.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { ModelState } from '#models/regressor.ts';

/**
 * Reads features as far as a model tells their values apart: between the thresholds of its trees, else as they are. Of a
 * category and of a missing value always as they are.
 */
export function createFeatureReader(
  state: ModelState,
  columns: readonly Float64Array[],
): (feature: number, sample: number) => number | null {
  const { ensembles, isRead } = listParts(state);
  const thresholds = columns.map((_, feature) => collectThresholds(ensembles, feature));
  return (feature, sample) => {
    const value = columns[feature][sample];
    if (Number.isNaN(value)) return null;
    const cuts = thresholds[feature];
    // A value at a threshold goes with those below it.
    return isRead || cuts === null ? value : lowerBound(cuts, value);
  };
}

interface Parts {
  readonly ensembles: readonly TreeEnsemble[];
  /** Something in the model looks at the very numbers. */
  readonly isRead: boolean;
}

function listParts(state: ModelState): Parts {
  switch (state.family) {
    case 'gradient-boosting':
      return { ensembles: [state.trees], isRead: state.start !== null };
    case 'imported-trees':
    case 'forest':
    case 'hazard':
      return { ensembles: [state.trees], isRead: false };
    case 'constant':
      return { ensembles: [], isRead: false };
    case 'blend': {
      const parts = state.members.map((member) => listParts(member.state));
      return {
        ensembles: parts.flatMap(({ ensembles }) => ensembles),
        isRead: parts.some(({ isRead }) => isRead),
      };
    }
    default:
      return { ensembles: [], isRead: true };
  }
}

/** Ascending; null where a tree asks for it as a category. */
function collectThresholds(ensembles: readonly TreeEnsemble[], wanted: number): Float64Array | null {
  const found = new Set<number>();
  for (const { feature, threshold, leftChild, categorySet, cardinalities } of ensembles) {
    if ((cardinalities[wanted] ?? 0) > 0) return null;
    for (let node = 0; node < feature.length; node++) {
      if (leftChild[node] !== 0 && feature[node] === wanted && categorySet[node] < 0)
        found.add(threshold[node]);
    }
  }
  return Float64Array.from(found).sort();
}
