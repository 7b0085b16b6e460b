import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { findLeafVotes, type ForestState, LEVEL_BITS, predictForest } from '#models/forest.ts';
import { selectSamples } from '#models/select-samples.ts';
import { createTreeWalk } from '#models/tree-walk.ts';

/** Variants of known samples, ascending by the sample. */
export interface Variants {
  /** Features whose values may be others than the original's. */
  readonly features: readonly number[];
  readonly matrix: FeatureMatrix;
  /** The sample of the base that each is a variant of. */
  readonly originals: ArrayLike<number>;
}

/** Sums of votes this near to half of them are added up again in the order of the trees, as `predictForest` does. */
const TIE_BAND = 1e-11;

const LEVEL_MASK = (1 << LEVEL_BITS) - 1;

/**
 * Predicts samples that differ from known ones in a few features: bit for bit what `predictForest` says of them, several
 * times quicker. A variant whose values lie in the box of its original's leaf falls into it too, and only the votes of
 * the trees where it does not are moved. O(samples × trees) of memory.
 */
export function createVariantPredictor(
  state: ForestState,
  base: FeatureMatrix,
): (variants: Variants) => Float64Array {
  const { levels, trees } = state;
  const nTrees = countTrees(trees);
  const wanted = 0.5 * nTrees * (1 - 1e-12);
  const { starts, entries } = findLeafVotes(state);
  const baseLeaves = findLeafIndices(trees, base);
  const leavesByTree = new Int32Array(baseLeaves.length);
  baseLeaves.forEach((leaf, at) => {
    leavesByTree[(at % nTrees) * base.nSamples + Math.floor(at / nTrees)] = leaf;
  });
  const votes = new Float64Array(levels.length);

  /** Adds a leaf's votes, `sign` 1 or −1; returns the sum of those up to a level. */
  function addVotes(leaf: number, sign: number, upTo: number): number {
    const start = starts[leaf];
    const end = starts[leaf + 1];
    const vote = sign / entries[start];
    let sum = 0;
    for (let at = start + 1; at < end; at++) {
      const entry = entries[at];
      const level = entry & LEVEL_MASK;
      const added = (entry >>> LEVEL_BITS) * vote;
      votes[level] = votes[level] + added;
      if (level <= upTo) sum += added;
    }
    return sum;
  }

  /** Tree by tree, as a tree fits the processor's cache and the forest does not. */
  function findMoves({ features, matrix, originals }: Variants): Moves {
    const { nSamples } = matrix;
    const head = new Int32Array(nSamples).fill(-1);
    const [next, from, to]: number[][] = [[], [], []];
    const lastTree = new Int32Array(nSamples).fill(-1);
    const walk = createTreeWalk(trees, matrix);
    const boxes = features.map((feature) => findLeafBoxes(trees, feature));
    const runs = findRuns(originals, nSamples);
    for (let tree = 0; tree < nTrees; tree++) {
      const root = trees.treeStarts[tree];
      const first = tree * base.nSamples;
      for (let i = 0; i < boxes.length; i++) {
        const { low, high } = boxes[i];
        const values = matrix.columns[features[i]];
        for (let run = 0; run + 1 < runs.length; run++) {
          const leaf = leavesByTree[first + originals[runs[run]]];
          const least = low[leaf];
          const most = high[leaf];
          // Most often the feature is not looked at on the way to the leaf.
          if (least === -Infinity && most === Infinity) continue;
          for (let sample = runs[run]; sample < runs[run + 1]; sample++) {
            const value = values[sample];
            if ((value > least && value <= most) || lastTree[sample] === tree) continue;
            const reached = walk(root, sample);
            if (reached === leaf) continue;
            lastTree[sample] = tree;
            next.push(head[sample]);
            from.push(leaf);
            head[sample] = to.push(reached) - 1;
          }
        }
      }
    }
    return { head, next, from, to };
  }

  return (variants) => {
    const { matrix, originals } = variants;
    const { head, next, from, to } = findMoves(variants);
    const out = new Float64Array(matrix.nSamples);
    const ties: number[] = [];
    let current = -1;
    let middle = 0;
    let sumToMiddle = 0;
    for (let sample = 0; sample < out.length; sample++) {
      const original = originals[sample];
      if (original !== current) {
        current = original;
        votes.fill(0);
        for (let tree = 0; tree < nTrees; tree++) addVotes(baseLeaves[original * nTrees + tree], 1, -1);
        middle = 0;
        sumToMiddle = votes[0];
        while (sumToMiddle < wanted && middle + 1 < levels.length) sumToMiddle += votes[++middle];
      }
      let sum = sumToMiddle;
      for (let move = head[sample]; move >= 0; move = next[move]) {
        sum += addVotes(from[move], -1, middle) + addVotes(to[move], 1, middle);
      }
      let level = middle;
      while (level > 0 && sum - votes[level] >= wanted) sum -= votes[level--];
      while (sum < wanted && level + 1 < levels.length) sum += votes[++level];
      out[sample] = levels[level];
      const isClear = sum - wanted > TIE_BAND && wanted - (sum - votes[level]) > TIE_BAND;
      if (!isClear) ties.push(sample);
      for (let move = head[sample]; move >= 0; move = next[move]) {
        addVotes(to[move], -1, -1);
        addVotes(from[move], 1, -1);
      }
    }
    if (ties.length > 0) {
      const exact = predictForest(state, selectSamples(matrix, ties));
      ties.forEach((sample, i) => (out[sample] = exact[i]));
    }
    return out;
  };
}

/** Where the variants of another original begin, and the end. */
function findRuns(originals: ArrayLike<number>, nSamples: number): Int32Array {
  const runs: number[] = [];
  for (let i = 0; i < nSamples; i++) if (i === 0 || originals[i] !== originals[i - 1]) runs.push(i);
  return Int32Array.from([...runs, nSamples]);
}

/** The trees that send variants elsewhere: of each sample a chain, from `head` on by `next` until −1. */
interface Moves {
  readonly head: Int32Array;
  readonly next: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The values of one feature, low < x ≤ high, that lead to a node where all others do. None where a set of categories does. */
interface LeafBoxes {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** O(nodes). Children come after their parents. */
function findLeafBoxes(trees: TreeEnsemble, feature: number): LeafBoxes {
  const { leftChild, threshold, categorySet } = trees;
  const low = new Float64Array(leftChild.length).fill(-Infinity);
  const high = new Float64Array(leftChild.length).fill(Infinity);
  for (let node = 0; node < leftChild.length; node++) {
    const left = leftChild[node];
    if (left === 0) continue;
    const right = left + 1;
    low[left] = low[right] = low[node];
    high[left] = high[right] = high[node];
    if (trees.feature[node] !== feature) continue;
    if (categorySet[node] >= 0) {
      low[left] = low[right] = Infinity;
    } else {
      high[left] = Math.min(high[node], threshold[node]);
      low[right] = Math.max(low[node], threshold[node]);
    }
  }
  return { low, high };
}
