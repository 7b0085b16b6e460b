import { AppError } from '#base/errors.ts';
import type { BinnedFeatures } from './binning.ts';
import { checkFeatureMatrix, checkLength, type FeatureMatrix } from './feature-matrix.ts';
import { binForEnsemble } from './ensemble-bins.ts';
import { requireKernel } from './kernel/kernel.ts';
import { addTreesToBinned, findLeavesOfBinned } from './kernel/prediction-kernel.ts';
import { CATEGORY_SET_WORDS, countTrees, type TreeEnsemble } from './tree-ensemble.ts';

export interface PredictOptions {
  /** Raw start of each sample: required when `ensemble.baseline` is null, else used in its place. */
  readonly init?: Float64Array;
  /** Use the first so many trees only. */
  readonly nIterations?: number;
  /** Filled and returned, so that repeated predictions allocate nothing. */
  readonly out?: Float64Array;
}

/** Raw predictions: start plus leaf values. For loss `gamma` the prediction is exactExp of it, for `logistic` it is log-odds. O(samples × trees × depth). */
export function predictRaw(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  options: PredictOptions = {},
): Float64Array {
  const out = startPrediction(ensemble, features, options);
  addTrees(ensemble, features, out, 0, options.nIterations ?? countTrees(ensemble));
  return out;
}

/**
 * Raw predictions after 1, 2, … trees, for learning curves. Yields the SAME array each time: copy what
 * is to be kept.
 */
export function* stagedPredict(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  options: PredictOptions = {},
): Generator<Float64Array, void, undefined> {
  const out = startPrediction(ensemble, features, options);
  const nTrees = options.nIterations ?? countTrees(ensemble);
  const { nSamples } = features;
  const binned = isWorthLayingOut(ensemble, nSamples * nTrees) ? binForEnsemble(ensemble, features) : null;
  const nPerBlock = Math.max(1, Math.min(nTrees, Math.floor(LEAVES_PER_BLOCK / nSamples)));
  const leaves = new Int32Array(nSamples * nPerBlock);
  for (let from = 0; from < nTrees; from += nPerBlock) {
    const to = Math.min(from + nPerBlock, nTrees);
    findLeaves(ensemble, features, binned, from, to, leaves);
    for (let tree = 0; tree < to - from; tree++) {
      for (let i = 0, at = tree; i < nSamples; i++, at += to - from) out[i] += ensemble.value[leaves[at]];
      yield out;
    }
  }
}

/** Leaves that are found at a time, of some trees for all samples. */
const LEAVES_PER_BLOCK = 1_000_000;

/**
 * The leaf (node number within the ensemble) that each sample reaches in each tree: sample i, tree t at
 * `i · nTrees + t`. Samples that share many leaves are alike to the model.
 */
export function findLeafIndices(ensemble: TreeEnsemble, features: FeatureMatrix): Int32Array {
  checkFeatures(ensemble, features);
  const nTrees = countTrees(ensemble);
  const leaves = new Int32Array(features.nSamples * nTrees);
  const binned = isWorthLayingOut(ensemble, leaves.length) ? binForEnsemble(ensemble, features) : null;
  findLeaves(ensemble, features, binned, 0, nTrees, leaves);
  return leaves;
}

/** Fills `outLeaves` with the node that sample i reaches in tree `from` + t, at i · (to − from) + t; by bins where there are any. */
function findLeaves(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  binned: BinnedFeatures | null,
  from: number,
  to: number,
  outLeaves: Int32Array,
): void {
  if (binned) findLeavesOfBinned({ ensemble, from, to }, binned, outLeaves);
  else findLeavesOneByOne(ensemble, features, from, to, outLeaves);
}

/** For few samples; the kernel must equal it. */
export function findLeavesOneByOne(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  from: number,
  to: number,
  outLeaves: Int32Array,
): void {
  for (let tree = from; tree < to; tree++) {
    const root = ensemble.treeStarts[tree];
    for (let i = 0; i < features.nSamples; i++) {
      outLeaves[i * (to - from) + tree - from] = findLeaf(ensemble, features, root, i);
    }
  }
}

/** Fewer ways down a tree than this are not worth binning the samples and copying the trees into a kernel. */
const LEAST_WAYS = 20_000;
/** Nor are fewer a node of the trees, unless these are followed again: what was laid out is kept. */
const LEAST_WAYS_PER_NODE = 2;

const followed = new WeakSet<TreeEnsemble>();

function isWorthLayingOut(ensemble: TreeEnsemble, nWays: number): boolean {
  if (nWays < LEAST_WAYS) return false;
  const isAgain = followed.has(ensemble);
  followed.add(ensemble);
  return isAgain || nWays >= LEAST_WAYS_PER_NODE * ensemble.feature.length;
}

/** out[i] += values of the leaves reached in trees `from` … `to` − 1. */
export function addTrees(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  out: Float64Array,
  from = 0,
  to: number = countTrees(ensemble),
): void {
  const nWays = features.nSamples * (to - from);
  const binned = isWorthLayingOut(ensemble, nWays) ? binForEnsemble(ensemble, features) : null;
  if (binned) addTreesToBinned({ ensemble, from, to }, binned, out);
  else addTreesOneByOne(ensemble, features, out, from, to);
}

/** For few samples; the kernel must equal it. */
export function addTreesOneByOne(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  out: Float64Array,
  from: number,
  to: number,
): void {
  for (let tree = from; tree < to; tree++) {
    const root = ensemble.treeStarts[tree];
    for (let i = 0; i < features.nSamples; i++) {
      out[i] += ensemble.value[findLeaf(ensemble, features, root, i)];
    }
  }
}

function findLeaf(ensemble: TreeEnsemble, features: FeatureMatrix, root: number, sample: number): number {
  const { leftChild, feature, threshold, categorySet, missingLeft } = ensemble;
  let node = root;
  while (leftChild[node] !== 0) {
    const value = features.columns[feature[node]][sample];
    let isLeft: boolean;
    if (categorySet[node] >= 0) isLeft = isCategoryLeft(ensemble, node, value);
    else isLeft = Number.isNaN(value) ? missingLeft[node] === 1 : value <= threshold[node];
    node = leftChild[node] + (isLeft ? 0 : 1);
  }
  return node;
}

function isCategoryLeft(ensemble: TreeEnsemble, node: number, code: number): boolean {
  const cardinality = ensemble.cardinalities[ensemble.feature[node]];
  const isKnown = code >= 0 && code < cardinality && Math.floor(code) === code;
  if (!isKnown) return ensemble.missingLeft[node] === 1;
  const word = ensemble.categorySets[ensemble.categorySet[node] * CATEGORY_SET_WORDS + (code >> 5)];
  return ((word >>> (code & 31)) & 1) === 1;
}

function startPrediction(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  { init, nIterations, out }: PredictOptions,
): Float64Array {
  checkFeatures(ensemble, features);
  const { nSamples } = features;
  const nTrees = countTrees(ensemble);
  if (
    nIterations !== undefined &&
    !(Number.isInteger(nIterations) && nIterations >= 0 && nIterations <= nTrees)
  ) {
    throw new AppError('invalid-setting', `nIterations is ${nIterations}; it must be 0 to ${nTrees}.`, {
      name: 'nIterations',
      value: nIterations,
      bound: nTrees,
    });
  }
  const raw = out ?? new Float64Array(nSamples);
  checkLength('out', raw.length, nSamples);
  if (init === undefined && ensemble.baseline !== null) return raw.fill(ensemble.baseline);
  checkLength('init', init?.length ?? 0, nSamples);
  raw.set(init ?? []);
  return raw;
}

/** Throws `no-webassembly` for one sample as for a million: a model that answers here answers everywhere. */
function checkFeatures(ensemble: TreeEnsemble, features: FeatureMatrix): void {
  requireKernel();
  checkFeatureMatrix(features, 'features', 0);
  checkLength('features.columns', features.columns.length, ensemble.cardinalities.length);
}
