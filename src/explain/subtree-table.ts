import { MAX_DEPTH } from '#engine/settings.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import { type CoverPath, visitChildren } from './cover-path.ts';
import type { LeafContributions } from './leaf-contributions.ts';

/** Shapley values that the leaves below one node give, for every way a sample can meet them. */
export interface SubtreeTable {
  /** Inner nodes of the subtree; turning left at the k-th sets bit `path.length + k` of a sample's key. */
  readonly nodes: readonly number[];
  /** The features that contribute: those of the path to the node, in its positions, then new ones. */
  readonly features: readonly number[];
  /** Contribution of features[p] for a key at p · 2^bits + key; the low bits of a key are the path's tests passed. */
  readonly values: Float64Array;
  readonly size: number;
}

/**
 * Returns a function that tabulates the subtree below a node to which `path` leads. The table is one
 * buffer, overwritten by the next call. O(2^bits · leaves · path²).
 */
export function createSubtreeTabulator(
  ensemble: TreeEnsemble,
  path: CoverPath,
  leafContributions: LeafContributions,
): (node: number) => SubtreeTable {
  // By position: the bits of a key that must be set, and those that must not, to pass all tests so far.
  const mustBeSet = new Int32Array(MAX_DEPTH);
  const mustBeClear = new Int32Array(MAX_DEPTH);
  const isPassing = new Uint8Array(MAX_DEPTH);
  const contributions = new Float64Array(MAX_DEPTH);
  let values = new Float64Array(0);
  let nodes: number[] = [];
  let features: number[] = [];
  let size = 0;
  let firstBit = 0;

  function fill(node: number): void {
    if (ensemble.leftChild[node] === 0) {
      addLeaf(ensemble.value[node]);
      return;
    }
    const bit = 1 << (firstBit + nodes.indexOf(node));
    visitChildren(ensemble, path, node, (child, position, isNew, side) => {
      const setBefore = isNew ? 0 : mustBeSet[position];
      const clearBefore = isNew ? 0 : mustBeClear[position];
      mustBeSet[position] = side === 0 ? setBefore | bit : setBefore;
      mustBeClear[position] = side === 1 ? clearBefore | bit : clearBefore;
      fill(child);
      mustBeSet[position] = setBefore;
      mustBeClear[position] = clearBefore;
    });
  }

  function addLeaf(value: number): void {
    if (value === 0 || path.length === 0) return;
    leafContributions.prepare(value, path.length, path.share);
    for (let key = 0; key < size; key++) {
      for (let p = 0; p < path.length; p++) {
        const set = mustBeSet[p];
        isPassing[p] = (key & set) === set && (key & mustBeClear[p]) === 0 ? 1 : 0;
      }
      leafContributions.evaluate(isPassing, contributions);
      for (let p = 0; p < path.length; p++) {
        const at = features.indexOf(path.feature[p]) * size + key;
        values[at] = values[at] + contributions[p];
      }
    }
  }

  return (node) => {
    nodes = listInnerNodes(ensemble, node);
    firstBit = path.length;
    size = 1 << (firstBit + nodes.length);
    const onPath = Array.from(path.feature.subarray(0, path.length));
    features = [...new Set([...onPath, ...nodes.map((inner) => ensemble.feature[inner])])];
    if (values.length < size * features.length) values = new Float64Array(size * features.length);
    values.fill(0, 0, size * features.length);
    for (let p = 0; p < path.length; p++) {
      mustBeSet[p] = 1 << p;
      mustBeClear[p] = 0;
    }
    fill(node);
    return { nodes, features, values, size };
  };
}

function listInnerNodes(ensemble: TreeEnsemble, node: number): number[] {
  const left = ensemble.leftChild[node];
  if (left === 0) return [];
  return [node, ...listInnerNodes(ensemble, left), ...listInnerNodes(ensemble, left + 1)];
}
