import type { Loss } from '../../loss.ts';
import { NODE_FLOATS, NODE_INTS, nodeFloat, nodeInt, type NodeRecords } from '../node-record.ts';
import type { FitViews } from './fit-views.ts';

/** Gives each leaf the best constant for its samples' residuals, then makes the leaves obey the constraints. O(n log n). */
export function renewLeafValues(
  { tree, indices, raw, target, weights, constraints }: FitViews,
  nNodes: number,
  loss: Loss,
  learningRate: number,
): void {
  const { findLeafValue } = loss;
  if (!findLeafValue) return;
  for (let node = 0; node < nNodes; node++) {
    const at = node * NODE_INTS;
    if (tree.ints[at + nodeInt.leftChild] !== 0) continue;
    const samples = indices.subarray(tree.ints[at + nodeInt.start], tree.ints[at + nodeInt.end]);
    const residuals = Float64Array.from(samples, (i) => target[i] - raw[i]);
    const leafWeights = weights && Float64Array.from(samples, (i) => weights[i]);
    const value = findLeafValue(residuals, leafWeights) * learningRate;
    tree.floats[node * NODE_FLOATS + nodeFloat.value] = value;
  }
  enforceConstraints(tree, nNodes, constraints);
}

/**
 * Where a leaf below a constrained split lies on the wrong side of one below its sibling, both sides are clipped
 * at the middle of the overlap. That keeps the order within each side, so children may be done before their parent.
 */
function enforceConstraints(tree: NodeRecords, nNodes: number, constraints: Int32Array): void {
  for (let node = nNodes - 1; node >= 0; node--) {
    const left = tree.ints[node * NODE_INTS + nodeInt.leftChild];
    const constraint = left === 0 ? 0 : constraints[tree.ints[node * NODE_INTS + nodeInt.feature]];
    if (constraint === 0) continue;
    const low = listLeaves(tree, constraint > 0 ? left : left + 1);
    const high = listLeaves(tree, constraint > 0 ? left + 1 : left);
    const top = Math.max(...low.map((leaf) => tree.floats[leaf]));
    const bottom = Math.min(...high.map((leaf) => tree.floats[leaf]));
    if (top <= bottom) continue;
    const middle = top / 2 + bottom / 2;
    for (const leaf of low) tree.floats[leaf] = Math.min(tree.floats[leaf], middle);
    for (const leaf of high) tree.floats[leaf] = Math.max(tree.floats[leaf], middle);
  }
}

/** Places of the values of all leaves below a node. */
function listLeaves(tree: NodeRecords, node: number): number[] {
  const left = tree.ints[node * NODE_INTS + nodeInt.leftChild];
  if (left === 0) return [node * NODE_FLOATS + nodeFloat.value];
  return [...listLeaves(tree, left), ...listLeaves(tree, left + 1)];
}
