import type { GrownTree } from './grown-tree.ts';
import type { Loss } from './loss.ts';
import type { Workspace } from './workspace.ts';

/** Gives each leaf the best constant for its samples' residuals, for losses that define one. O(n log n). */
export function renewLeafValues(
  tree: GrownTree,
  workspace: Workspace,
  loss: Loss,
  target: Float64Array,
  weights: Float64Array | null,
  learningRate: number,
): void {
  if (!loss.findLeafValue) return;
  const { raw, indices } = workspace;
  for (let node = 0; node < tree.nNodes; node++) {
    if (tree.leftChild[node] !== 0) continue;
    const samples = indices.subarray(tree.start[node], tree.end[node]);
    const residuals = Float64Array.from(samples, (i) => target[i] - raw[i]);
    const leafWeights = weights && Float64Array.from(samples, (i) => weights[i]);
    tree.value[node] = loss.findLeafValue(residuals, leafWeights) * learningRate;
  }
}

/**
 * Makes renewed leaf values obey the monotone constraints: where a leaf below a constrained split lies on
 * the wrong side of one below its sibling, both sides are clipped at the middle of the overlap. Clipping
 * keeps the order within each side, so children may be done before their parent.
 */
export function enforceMonotoneLeaves(tree: GrownTree, constraints: readonly (-1 | 0 | 1)[]): void {
  for (let node = tree.nNodes - 1; node >= 0; node--) {
    const left = tree.leftChild[node];
    const constraint = left === 0 ? 0 : constraints[tree.feature[node]];
    if (constraint === 0) continue;
    const low = constraint > 0 ? left : left + 1;
    const high = constraint > 0 ? left + 1 : left;
    const top = findExtreme(tree, low, Math.max);
    const bottom = findExtreme(tree, high, Math.min);
    if (top <= bottom) continue;
    const middle = top / 2 + bottom / 2;
    mapLeaves(tree, low, (value) => Math.min(value, middle));
    mapLeaves(tree, high, (value) => Math.max(value, middle));
  }
}

function findExtreme(tree: GrownTree, node: number, choose: (a: number, b: number) => number): number {
  const left = tree.leftChild[node];
  if (left === 0) return tree.value[node];
  return choose(findExtreme(tree, left, choose), findExtreme(tree, left + 1, choose));
}

function mapLeaves(tree: GrownTree, node: number, change: (value: number) => number): void {
  const left = tree.leftChild[node];
  if (left === 0) {
    tree.value[node] = change(tree.value[node]);
  } else {
    mapLeaves(tree, left, change);
    mapLeaves(tree, left + 1, change);
  }
}
