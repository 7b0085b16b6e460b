import type { Node } from './fit-state.ts';

/**
 * Where a leaf below a constrained split lies on the wrong side of one below its sibling, both sides are clipped
 * at the middle of the overlap. That keeps the order within each side, so children may be done before their parent.
 */
export function enforceConstraints(nodes: readonly Node[], constraints: readonly number[]): void {
  for (const { split, leftChild } of nodes.toReversed()) {
    const constraint = leftChild === 0 || !split ? 0 : (constraints[split.feature] ?? 0);
    if (constraint === 0) continue;
    const low = listLeaves(nodes, constraint > 0 ? leftChild : leftChild + 1);
    const high = listLeaves(nodes, constraint > 0 ? leftChild + 1 : leftChild);
    const top = Math.max(...low.map(({ value }) => value));
    const bottom = Math.min(...high.map(({ value }) => value));
    if (top <= bottom) continue;
    const middle = top / 2 + bottom / 2;
    for (const leaf of low) leaf.value = Math.min(leaf.value, middle);
    for (const leaf of high) leaf.value = Math.max(leaf.value, middle);
  }
}

function listLeaves(nodes: readonly Node[], root: number): Node[] {
  const { leftChild } = nodes[root];
  if (leftChild === 0) return [nodes[root]];
  return [...listLeaves(nodes, leftChild), ...listLeaves(nodes, leftChild + 1)];
}
