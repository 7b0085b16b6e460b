import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { stagedPredict } from '#engine/predictor.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';

/**
 * Trees that another program grew. That program adds in single precision, so they are added so here: the start
 * (`baseline`) and every leaf are float32 numbers, and so is each partial sum, in the order of the trees.
 */
export interface ImportedTreesState {
  readonly family: 'imported-trees';
  readonly trees: TreeEnsemble;
}

/** On the scale that was learnt, bit for bit what the other program says. O(samples × trees × depth). */
export function predictImportedTrees({ trees }: ImportedTreesState, matrix: FeatureMatrix): Float64Array {
  const sums = new Float64Array(matrix.nSamples).fill(trees.baseline ?? 0);
  // Of two float32 numbers the sum in double precision rounds to their float32 sum.
  for (const staged of stagedPredict(trees, matrix, { out: sums })) {
    for (let i = 0; i < staged.length; i++) staged[i] = Math.fround(staged[i]);
  }
  return sums;
}
