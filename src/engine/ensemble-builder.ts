import type { BinnedFeatures } from './binning.ts';
import type { GrownTree } from './grower.ts';
import { NODE_FLOATS, NODE_INTS, nodeFloat, nodeInt } from './kernel/memory-map.ts';
import { CATEGORY_SET_WORDS, countTrees, type TreeEnsemble } from './tree-ensemble.ts';

type NodeArrays = Pick<
  TreeEnsemble,
  'feature' | 'threshold' | 'leftChild' | 'missingLeft' | 'categorySet' | 'value' | 'gain' | 'count' | 'cover'
>;

/** Room made at first is for no more nodes than this, some 1 MB; it doubles when full. */
const MAX_FIRST_CAPACITY = 16_384;

/** Room for no more nodes than this, some 6 MB, is kept for the next fit. */
const MAX_SPARE_CAPACITY = 131_072;

/** Collects grown trees into the arrays of an ensemble, which double when full. */
export interface EnsembleBuilder {
  readonly add: (tree: GrownTree) => void;
  /** The first `nTrees` trees collected (those of a warm start included). */
  readonly finish: (
    nTrees: number,
    facts: Pick<TreeEnsemble, 'baseline' | 'loss' | 'trainScores' | 'validationScores' | 'bestIteration'>,
  ) => TreeEnsemble;
}

export function createEnsembleBuilder(
  binned: BinnedFeatures,
  warmStart: TreeEnsemble | null,
  nIterations: number,
  maxNodesPerTree: number,
): EnsembleBuilder {
  const firstCapacity = Math.min(nIterations * maxNodesPerTree, MAX_FIRST_CAPACITY);
  const nWarmNodes = warmStart?.feature.length ?? 0;
  let nodes = takeRoom(nWarmNodes + firstCapacity);
  if (warmStart) copyNodes(warmStart, nodes);
  let nNodes = nWarmNodes;
  const nWarmTrees = warmStart ? countTrees(warmStart) : 0;
  const treeStarts = new Int32Array(nWarmTrees + nIterations + 1);
  if (warmStart) treeStarts.set(warmStart.treeStarts);
  let nTreesAdded = nWarmTrees;
  const sets = warmStart ? Array.from(warmStart.categorySets) : [];

  function add({ nodes: { ints, floats }, nNodes: nAdded, units }: GrownTree): void {
    if (nNodes + nAdded > nodes.feature.length) nodes = growNodes(nodes, nNodes + nAdded);
    const { feature, threshold, leftChild, missingLeft, categorySet, value, gain, count, cover } = nodes;
    for (let node = 0; node < nAdded; node++) {
      const at = nNodes + node;
      const int = node * NODE_INTS;
      const float = node * NODE_FLOATS;
      const left = ints[int + nodeInt.leftChild];
      const isLeaf = left === 0;
      const splitFeature = ints[int + nodeInt.feature];
      value[at] = floats[float + nodeFloat.value];
      count[at] = ints[int + nodeInt.end] - ints[int + nodeInt.start];
      cover[at] = floats[float + nodeFloat.sumHessians] * units.hessian;
      feature[at] = isLeaf ? -1 : splitFeature;
      leftChild[at] = isLeaf ? 0 : nNodes + left;
      gain[at] = isLeaf
        ? 0
        : (floats[float + nodeFloat.gain] * units.gradient * units.gradient) / units.hessian;
      missingLeft[at] = isLeaf ? 0 : ints[int + nodeInt.missingLeft];
      categorySet[at] = -1;
      threshold[at] = 0;
      if (isLeaf) continue;
      if (ints[int + nodeInt.isCategorical] === 1) {
        categorySet[at] = sets.length / CATEGORY_SET_WORDS;
        const set = int + nodeInt.categorySet;
        for (let word = 0; word < CATEGORY_SET_WORDS; word++) sets.push(ints[set + word] >>> 0);
      } else {
        const bounds = binned.thresholds[splitFeature];
        const bin = ints[int + nodeInt.splitBin];
        // Beyond the last threshold only missing values go right.
        threshold[at] = bin < bounds.length ? bounds[bin] : Number.MAX_VALUE;
      }
    }
    nNodes += nAdded;
    nTreesAdded += 1;
    treeStarts[nTreesAdded] = nNodes;
  }

  return {
    add,
    finish: (nTrees, facts) => {
      const treeEnds = treeStarts.slice(0, nTrees + 1);
      const end = treeEnds[nTrees];
      let nSets = 0;
      for (let i = 0; i < end && sets.length > 0; i++) nSets = Math.max(nSets, nodes.categorySet[i] + 1);
      const kept = sliceNodes(nodes, end);
      giveRoomBack(nodes);
      return {
        ...facts,
        cardinalities: [...binned.cardinalities],
        treeStarts: treeEnds,
        ...kept,
        categorySets: Uint32Array.from(sets.slice(0, nSets * CATEGORY_SET_WORDS)),
      };
    },
  };
}

/** Room of an earlier fit: small fits one after the other need not make it anew. */
let spare: NodeArrays | null = null;

function takeRoom(capacity: number): NodeArrays {
  const room = spare && spare.feature.length >= capacity ? spare : createNodes(capacity);
  if (room === spare) spare = null;
  return room;
}

function giveRoomBack(room: NodeArrays): void {
  if (room.feature.length <= MAX_SPARE_CAPACITY) spare = room;
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
  copyNodes(nodes, grown);
  return grown;
}

function copyNodes(from: NodeArrays, to: NodeArrays): void {
  to.feature.set(from.feature);
  to.threshold.set(from.threshold);
  to.leftChild.set(from.leftChild);
  to.missingLeft.set(from.missingLeft);
  to.categorySet.set(from.categorySet);
  to.value.set(from.value);
  to.gain.set(from.gain);
  to.count.set(from.count);
  to.cover.set(from.cover);
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
