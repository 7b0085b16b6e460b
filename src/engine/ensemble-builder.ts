import type { BinnedFeatures } from './binning.ts';
import type { GrownTree } from './grown-tree.ts';
import type { Units } from './quantization.ts';
import { CATEGORY_SET_WORDS, type TreeEnsemble } from './tree-ensemble.ts';

type NodeArrays = Pick<
  TreeEnsemble,
  'feature' | 'threshold' | 'leftChild' | 'missingLeft' | 'categorySet' | 'value' | 'gain' | 'count' | 'cover'
>;

/** Room made at first is for no more nodes than this; it doubles when full. */
const MAX_FIRST_CAPACITY = 16_384;

/** Collects grown trees into the arrays of an ensemble, which double when full. */
export interface EnsembleBuilder {
  readonly add: (tree: GrownTree, units: Units) => void;
  /** The first `nTrees` trees collected (those of a warm start included). */
  readonly finish: (
    nTrees: number,
    facts: Pick<TreeEnsemble, 'baseline' | 'loss' | 'trainScores' | 'validationScores' | 'bestIteration'>,
  ) => TreeEnsemble;
}

export function createEnsembleBuilder(
  binned: BinnedFeatures,
  warmStart: TreeEnsemble | null,
  expectedNodes: number,
): EnsembleBuilder {
  const firstCapacity = Math.min(expectedNodes, MAX_FIRST_CAPACITY);
  let nodes = warmStart
    ? growNodes(warmStart, warmStart.feature.length + firstCapacity)
    : createNodes(firstCapacity);
  let nNodes = warmStart?.feature.length ?? 0;
  const treeStarts = warmStart ? Array.from(warmStart.treeStarts) : [0];
  const sets = warmStart ? Array.from(warmStart.categorySets) : [];

  function add(tree: GrownTree, units: Units): void {
    if (nNodes + tree.nNodes > nodes.feature.length) nodes = growNodes(nodes, nNodes + tree.nNodes);
    for (let node = 0; node < tree.nNodes; node++) addNode(tree, node, nNodes + node, units);
    nNodes += tree.nNodes;
    treeStarts.push(nNodes);
  }

  function addNode(tree: GrownTree, node: number, at: number, units: Units): void {
    const isLeaf = tree.leftChild[node] === 0;
    const feature = tree.feature[node];
    nodes.feature[at] = isLeaf ? -1 : feature;
    nodes.leftChild[at] = isLeaf ? 0 : tree.leftChild[node] + at - node;
    nodes.value[at] = tree.value[node];
    nodes.gain[at] = isLeaf ? 0 : (tree.gain[node] * units.gradient * units.gradient) / units.hessian;
    nodes.count[at] = tree.count[node];
    nodes.cover[at] = tree.sumHessians[node] * units.hessian;
    nodes.missingLeft[at] = isLeaf ? 0 : tree.isMissingLeft[node];
    nodes.categorySet[at] = -1;
    nodes.threshold[at] = 0;
    if (isLeaf) return;
    if (tree.isCategorical[node] === 1) {
      nodes.categorySet[at] = sets.length / CATEGORY_SET_WORDS;
      for (let word = 0; word < CATEGORY_SET_WORDS; word++) {
        sets.push(tree.categorySets[node * CATEGORY_SET_WORDS + word]);
      }
    } else {
      // Beyond the last threshold only missing values go right.
      nodes.threshold[at] = binned.thresholds[feature][tree.splitBin[node]] ?? Number.MAX_VALUE;
    }
  }

  return {
    add,
    finish: (nTrees, facts) => {
      const treeEnds = treeStarts.slice(0, nTrees + 1);
      const end = treeEnds[nTrees];
      let nSets = 0;
      for (let i = 0; i < end; i++) nSets = Math.max(nSets, nodes.categorySet[i] + 1);
      return {
        ...facts,
        cardinalities: [...binned.cardinalities],
        treeStarts: Int32Array.from(treeEnds),
        ...sliceNodes(nodes, end),
        categorySets: Uint32Array.from(sets.slice(0, nSets * CATEGORY_SET_WORDS)),
      };
    },
  };
}

function createNodes(capacity: number): NodeArrays {
  return {
    feature: new Int32Array(capacity),
    threshold: new Float64Array(capacity),
    leftChild: new Int32Array(capacity),
    missingLeft: new Uint8Array(capacity),
    categorySet: new Int32Array(capacity),
    value: new Float64Array(capacity),
    gain: new Float64Array(capacity),
    count: new Float64Array(capacity),
    cover: new Float64Array(capacity),
  };
}

function growNodes(nodes: NodeArrays, least: number): NodeArrays {
  const grown = createNodes(Math.max(least, 2 * nodes.feature.length));
  grown.feature.set(nodes.feature);
  grown.threshold.set(nodes.threshold);
  grown.leftChild.set(nodes.leftChild);
  grown.missingLeft.set(nodes.missingLeft);
  grown.categorySet.set(nodes.categorySet);
  grown.value.set(nodes.value);
  grown.gain.set(nodes.gain);
  grown.count.set(nodes.count);
  grown.cover.set(nodes.cover);
  return grown;
}

function sliceNodes(nodes: NodeArrays, end: number): NodeArrays {
  return {
    feature: nodes.feature.slice(0, end),
    threshold: nodes.threshold.slice(0, end),
    leftChild: nodes.leftChild.slice(0, end),
    missingLeft: nodes.missingLeft.slice(0, end),
    categorySet: nodes.categorySet.slice(0, end),
    value: nodes.value.slice(0, end),
    gain: nodes.gain.slice(0, end),
    count: nodes.count.slice(0, end),
    cover: nodes.cover.slice(0, end),
  };
}
