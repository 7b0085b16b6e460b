import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import { fitBoosting } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { drawWithoutReplacement } from '#engine/sampling.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { selectSamples } from './select-samples.ts';

/**
 * Boosting with a vanishing learning rate never corrects anything, so every tree learns the target
 * itself on its own draw of samples and features: that is a random forest, from the same engine.
 */
const VANISHING_RATE = 1e-6;

/** Samples a tree is grown on at most: the leaves of a forest hold them all. */
const MAX_SAMPLES_PER_TREE = 20_000;

/** Distinct durations kept; a larger set is cut to these quantiles. */
const MAX_LEVELS = 4096;

export interface ForestSettings {
  readonly nTrees: number;
  readonly subsample: number;
  readonly columnSubsample: number;
  readonly minSamplesLeaf: number;
  readonly maxBins: number;
  readonly seed: number;
}

/**
 * Chosen on three real files by cross-validation; the figures move by under 1 % around them. Many
 * samples need fewer trees for the same smoothness, and a model's file has to stay small.
 */
export function chooseForestSettings(nSamples: number, seed: number): ForestSettings {
  const nTrees = Math.max(50, Math.min(100, Math.round(500_000 / nSamples)));
  return { nTrees, subsample: 0.8, columnSubsample: 0.75, minSamplesLeaf: 3, maxBins: 64, seed };
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
  data: { readonly matrix: FeatureMatrix; readonly target: Float64Array },
  settings: ForestSettings,
  context: JobContext,
): Promise<ForestState> {
  const { matrix, target } = data;
  const { nTrees, seed, minSamplesLeaf, columnSubsample, maxBins } = settings;
  const subsample = Math.min(settings.subsample, MAX_SAMPLES_PER_TREE / matrix.nSamples);
  const steps = fitBoosting(
    { features: matrix, target, init: 'mean' },
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
  const { levels, levelOf } = findLevels(target);
  const { leafStarts, members } = await collectMembers(trees, matrix, levelOf, { subsample, seed }, pace);
  return { family: 'forest', trees, levels, leafStarts, members };
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
      (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / MAX_LEVELS)] as number,
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
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  const isBelowNearer = low > 0 && value - (sorted[low - 1] as number) < (sorted[low] as number) - value;
  return isBelowNearer ? low - 1 : low;
}

/** Which training samples each leaf was grown on: the engine's draw of samples, repeated. */
async function collectMembers(
  trees: TreeEnsemble,
  matrix: FeatureMatrix,
  levelOf: Uint16Array,
  { subsample, seed }: { readonly subsample: number; readonly seed: number },
  pace: () => Promise<void>,
): Promise<Pick<ForestState, 'leafStarts' | 'members'>> {
  const leafOf = numberLeaves(trees);
  const nTrees = countTrees(trees);
  const nBagged = Math.max(1, Math.round(subsample * matrix.nSamples));
  const order = new Int32Array(matrix.nSamples);
  const bagLeaves: Int32Array[] = [];
  const bagLevels: Uint16Array[] = [];
  const sizes = new Int32Array(leafOf.nLeaves + 1);
  for (let tree = 0; tree < nTrees; tree++) {
    await pace();
    let bag = order;
    if (nBagged === order.length) order.forEach((_, i) => (order[i] = i));
    else {
      drawWithoutReplacement(order, nBagged, createRng(deriveSeed(seed, tree)));
      bag = order.subarray(0, nBagged);
    }
    const nodes = findLeafIndices(pickTree(trees, tree), selectSamples(matrix, bag));
    bagLeaves.push(nodes.map((node) => leafOf.numbers[node] as number));
    bagLevels.push(Uint16Array.from(bag, (sample) => levelOf[sample] as number));
    for (const leaf of bagLeaves[tree] as Int32Array) sizes[leaf + 1] = (sizes[leaf + 1] as number) + 1;
  }
  for (let leaf = 0; leaf < leafOf.nLeaves; leaf++)
    sizes[leaf + 1] = (sizes[leaf + 1] as number) + (sizes[leaf] as number);
  const next = sizes.slice();
  const members = new Uint16Array(nTrees * nBagged);
  bagLeaves.forEach((leaves, tree) => {
    leaves.forEach((leaf, i) => {
      const at = next[leaf] as number;
      members[at] = (bagLevels[tree] as Uint16Array)[i] as number;
      next[leaf] = at + 1;
    });
  });
  return { leafStarts: sizes, members };
}

/** One tree as an ensemble, sharing memory. */
function pickTree(trees: TreeEnsemble, tree: number): TreeEnsemble {
  return { ...trees, treeStarts: trees.treeStarts.subarray(tree, tree + 2) };
}

const leafNumbers = new WeakMap<TreeEnsemble, { numbers: Int32Array; nLeaves: number }>();

/** Leaves counted over all trees in node order; −1 for inner nodes. Remembered: one prediction is quick by it. */
function numberLeaves(trees: TreeEnsemble): { numbers: Int32Array; nLeaves: number } {
  const known = leafNumbers.get(trees);
  if (known) return known;
  let nLeaves = 0;
  const numbers = trees.leftChild.map((child) => (child === 0 ? nLeaves++ : -1));
  const counted = { numbers, nLeaves };
  leafNumbers.set(trees, counted);
  return counted;
}

/**
 * Quantiles of the durations of similar past outages, on the learnt scale: `out[q][i]` is the smallest
 * duration that holds at least the share `shares[q]` of the votes for sample i. Shares ascending.
 * O(samples × (trees × (depth + leaf size) + levels)).
 */
export function predictForestQuantiles(
  state: ForestState,
  matrix: FeatureMatrix,
  shares: readonly number[],
): Float64Array[] {
  const nTrees = countTrees(state.trees);
  const { numbers } = numberLeaves(state.trees);
  const leaves = findLeafIndices(state.trees, matrix);
  const votes = new Float64Array(state.levels.length);
  const out = shares.map(() => new Float64Array(matrix.nSamples));
  for (let sample = 0; sample < matrix.nSamples; sample++) {
    votes.fill(0);
    for (let tree = 0; tree < nTrees; tree++) {
      const leaf = numbers[leaves[sample * nTrees + tree] as number] as number;
      const from = state.leafStarts[leaf] as number;
      const to = state.leafStarts[leaf + 1] as number;
      for (let m = from; m < to; m++) {
        const level = state.members[m] as number;
        votes[level] = (votes[level] as number) + 1 / (to - from);
      }
    }
    let sum = 0;
    let next = 0;
    for (let level = 0; level < votes.length && next < shares.length; level++) {
      sum += votes[level] as number;
      // A vote is a sum of fractions: let a rounding crumb count as reached.
      while (next < shares.length && sum >= (shares[next] as number) * nTrees * (1 - 1e-12)) {
        (out[next] as Float64Array)[sample] = state.levels[level] as number;
        next++;
      }
    }
    for (; next < shares.length; next++) (out[next] as Float64Array)[sample] = state.levels.at(-1) as number;
  }
  return out;
}

export function predictForest(state: ForestState, matrix: FeatureMatrix): Float64Array {
  return predictForestQuantiles(state, matrix, [0.5])[0] as Float64Array;
}
