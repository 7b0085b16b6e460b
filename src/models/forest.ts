import { type JobContext, createPacer } from '#base/job-context.ts';
import type { BinnedFeatures } from '#engine/binning.ts';
import { fitBoosting } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { ForestHyperparameters } from './hyperparameters.ts';

/**
 * Boosting with a vanishing learning rate never corrects anything, so every tree learns the target
 * itself on its own draw of samples and features: that is a random forest, from the same engine.
 */
const VANISHING_RATE = 1e-6;

/** Samples a tree is grown on at most: the leaves of a forest hold them all. */
const MAX_SAMPLES_PER_TREE = 20_000;

/** Distinct durations kept; a larger set is cut to these quantiles. */
const MAX_LEVELS = 4096;

/** Many samples need fewer trees for the same smoothness, and a model's file has to stay small. */
function chooseNTrees(nSamples: number): number {
  return Math.max(50, Math.min(100, Math.round(500_000 / nSamples)));
}

/**
 * A quantile regression forest (Meinshausen 2006): a new outage is given the distribution of the past
 * outages it shares leaves with, each tree's leaf counting as one vote, and the median of that is the
 * prediction. On heavy-tailed durations it beats any mean, of days or of log days.
 */
export interface ForestState {
  readonly family: 'forest';
  /** Node values are means on the learnt scale; with the baseline they sum to the forest's mean. */
  readonly trees: TreeEnsemble;
  /** Ascending durations on the learnt scale. */
  readonly levels: Float64Array;
  /** Leaf number l (leaves counted over all trees, in node order) holds members leafStarts[l] … leafStarts[l + 1] − 1. */
  readonly leafStarts: Int32Array;
  /** Level of each member. */
  readonly members: Uint16Array;
}

/** Cost: nTrees × samples × features × depth, and nTrees × samples of memory. */
export async function fitForest(
  data: {
    readonly matrix: FeatureMatrix;
    readonly target: Float64Array;
    /** Of the matrix, by the settings' `maxBins`, where they are known. */
    readonly binned?: BinnedFeatures;
  },
  hyperparameters: ForestHyperparameters,
  seed: number,
  context: JobContext,
): Promise<ForestState> {
  const { matrix, target, binned } = data;
  const { minSamplesLeaf, columnSubsample, maxBins } = hyperparameters;
  const nTrees = hyperparameters.nTrees ?? chooseNTrees(matrix.nSamples);
  const subsample = Math.min(hyperparameters.subsample, MAX_SAMPLES_PER_TREE / matrix.nSamples);
  const { levels, levelOf } = findLevels(target);
  const leaves = createLeafRecorder(levelOf, nTrees * Math.ceil(subsample * matrix.nSamples));
  const steps = fitBoosting(
    { features: matrix, target, init: 'mean', onLeaf: leaves.add, ...(binned && { binned }) },
    {
      loss: 'squaredError',
      nIterations: nTrees,
      learningRate: VANISHING_RATE,
      maxLeafNodes: null,
      maxDepth: null,
      minSamplesLeaf,
      l2Regularization: 0,
      maxBins,
      subsample,
      columnSubsample,
      nIterNoChange: 0,
      seed,
    },
  );
  const pace = createPacer(context);
  let step = steps.next();
  while (!step.done) {
    const { iteration } = step.value;
    await pace(() => ({ phase: 'fitting', done: iteration, total: nTrees }));
    step = steps.next(context.stop.aborted ? 'stop' : undefined);
  }
  const grown = step.value;
  const scale = 1 / (VANISHING_RATE * countTrees(grown));
  // Rounded: explanations take their figures from the members, and a file holds every digit.
  const trees = {
    ...grown,
    value: grown.value.map((value) => roundTo(value * scale, 1e5)),
    gain: grown.gain.map((value) => roundTo(value, 1e3)),
  };
  return { family: 'forest', trees, levels, ...leaves.finish() };
}

/** To a multiple of 1 / `parts`; never −0, which JSON does not keep. */
function roundTo(value: number, parts: number): number {
  return Math.round(value * parts) / parts + 0;
}

function findLevels(target: Float64Array): { levels: Float64Array; levelOf: Uint16Array } {
  const sorted = target.slice().sort();
  let levels = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (levels.length > MAX_LEVELS) {
    const picked = Float64Array.from(
      { length: MAX_LEVELS },
      (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / MAX_LEVELS)],
    );
    levels = picked.filter((value, i) => i === 0 || value !== picked[i - 1]);
  }
  return { levels, levelOf: Uint16Array.from(target, (value) => findNearest(levels, value)) };
}

function findNearest(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  const isBelowNearer = low > 0 && value - sorted[low - 1] < sorted[low] - value;
  return isBelowNearer ? low - 1 : low;
}

/** Where each leaf's members begin, and the last ones end, by the counts of samples in the trees' leaves. */
export function countLeafStarts({ leftChild, count }: TreeEnsemble): Int32Array {
  const starts = [0];
  for (let node = 0; node < leftChild.length; node++) {
    if (leftChild[node] === 0) starts.push(starts[starts.length - 1] + count[node]);
  }
  return Int32Array.from(starts);
}

/** Writes down which samples each leaf was grown on, as the engine tells of one leaf after the other. */
function createLeafRecorder(
  levelOf: Uint16Array,
  capacity: number,
): {
  readonly add: (samples: Uint32Array) => void;
  readonly finish: () => Pick<ForestState, 'leafStarts' | 'members'>;
} {
  const members = new Uint16Array(capacity);
  const leafStarts = [0];
  let nMembers = 0;

  function add(samples: Uint32Array): void {
    for (let k = 0; k < samples.length; k++) members[nMembers++] = levelOf[samples[k]];
    leafStarts.push(nMembers);
  }

  return {
    add,
    finish: () => ({ leafStarts: Int32Array.from(leafStarts), members: members.slice(0, nMembers) }),
  };
}

/**
 * What the leaves vote for, node by node. An inner node has none; a leaf has how many members it has, then
 * each level that any of them is of, with how many: level + 65,536 · count.
 */
interface LeafVotes {
  /** The entries of a node: starts[node] … starts[node + 1] − 1. */
  readonly starts: Int32Array;
  readonly entries: Uint32Array;
}

const LEVEL_BITS = 16;
const ONE_MEMBER = 1 << LEVEL_BITS;
/** A level with more members in one leaf has several entries. */
const MAX_COUNT = 65_535;

const votes = new WeakMap<ForestState, LeafVotes>();

/** Remembered: one prediction is quick by it. O(members). */
function findVotes(state: ForestState): LeafVotes {
  const known = votes.get(state);
  if (known) return known;
  const { trees, leafStarts, members, levels } = state;
  const nNodes = trees.leftChild.length;
  const starts = new Int32Array(nNodes + 1);
  const entries = new Uint32Array(members.length + leafStarts.length);
  const entryOf = new Int32Array(levels.length);
  let nEntries = 0;
  let leaf = 0;
  for (let node = 0; node < nNodes; node++) {
    if (trees.leftChild[node] === 0) {
      const from = leafStarts[leaf++];
      const to = leafStarts[leaf];
      const first = nEntries;
      entries[nEntries++] = to - from;
      for (let m = from; m < to; m++) {
        const level = members[m];
        const entry = entryOf[level];
        // An entry up to `first` is of an earlier leaf.
        if (entry > first && entries[entry] >>> LEVEL_BITS < MAX_COUNT) {
          entries[entry] = entries[entry] + ONE_MEMBER;
        } else {
          entryOf[level] = nEntries;
          entries[nEntries++] = level + ONE_MEMBER;
        }
      }
    }
    starts[node + 1] = nEntries;
  }
  const found = { starts, entries };
  votes.set(state, found);
  return found;
}

/**
 * Quantiles of the durations of similar past outages, on the learnt scale: `out[q][i]` is the smallest
 * duration that holds at least the share `shares[q]` of the votes for sample i. Shares ascending.
 * O(samples × (trees × (depth + leaf size) + levels / 32)).
 */
export function predictForestQuantiles(
  state: ForestState,
  matrix: FeatureMatrix,
  shares: readonly number[],
): Float64Array[] {
  const { levels } = state;
  const nTrees = countTrees(state.trees);
  const { starts, entries } = findVotes(state);
  const leaves = findLeafIndices(state.trees, matrix);
  const votes = new Float64Array(levels.length);
  const touched = new Int32Array((levels.length >> 5) + 1);
  const out = shares.map(() => new Float64Array(matrix.nSamples).fill(levels[levels.length - 1]));
  // A vote is a sum of fractions: let a rounding crumb count as reached.
  const wanted = shares.map((share) => share * nTrees * (1 - 1e-12));
  for (let sample = 0; sample < matrix.nSamples; sample++) {
    for (let tree = 0; tree < nTrees; tree++) {
      const leaf = leaves[sample * nTrees + tree];
      const start = starts[leaf];
      const end = starts[leaf + 1];
      const vote = 1 / entries[start];
      for (let at = start + 1; at < end; at++) {
        const entry = entries[at];
        const level = entry & (ONE_MEMBER - 1);
        const before = votes[level];
        if (before === 0) touched[level >> 5] = touched[level >> 5] | (1 << (level & 31));
        let sum = before + vote;
        // Added one by one: a product would be rounded otherwise.
        for (let k = entry >>> LEVEL_BITS; k > 1; k--) sum += vote;
        votes[level] = sum;
      }
    }
    let sum = 0;
    let next = 0;
    for (let word = 0; word < touched.length; word++) {
      let bits = touched[word];
      if (bits === 0) continue;
      touched[word] = 0;
      for (; bits !== 0; bits &= bits - 1) {
        const level = 32 * word + 31 - Math.clz32(bits & -bits);
        sum += votes[level];
        votes[level] = 0;
        for (; next < shares.length && sum >= wanted[next]; next++) {
          (out[next] as Float64Array)[sample] = levels[level];
        }
      }
    }
  }
  return out;
}

export function predictForest(state: ForestState, matrix: FeatureMatrix): Float64Array {
  return predictForestQuantiles(state, matrix, [0.5])[0];
}
