import type { FeatureMatrix } from '../feature-matrix.ts';
import { CATEGORY_SET_WORDS, type TreeEnsemble } from '../tree-ensemble.ts';
import type { Kernel } from './kernel.ts';

/** Samples that go through the trees together. */
export const BLOCK_SAMPLES = 64;

const NODE_BYTES = 16;
const MISSING_RIGHT = 1;
const CATEGORICAL = 2;

/** The places of an ensemble laid out for `Kernel.addBlock` (see `assembly/prediction.ts`). */
interface Places {
  readonly nodes: number;
  readonly values: number;
  readonly roots: number;
  readonly depths: number;
  readonly sets: number;
  readonly block: number;
  readonly out: number;
}

/** Adds trees `from` … `to` − 1 to `out`, 64 samples at a time, in the kernel's memory. */
export function addTreesInBlocks(
  kernel: Kernel,
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const nFeatures = features.columns.length;
  const places = place(ensemble, nFeatures, to - from);
  const buffer = kernel.reserve(places.out + BLOCK_SAMPLES * 8);
  const kind = findKind(ensemble, features);
  writeTrees(buffer, places, ensemble, from, to, kind > 0);
  const block = new Float64Array(buffer, places.block, nFeatures * BLOCK_SAMPLES).fill(0);
  const sums = new Float64Array(buffer, places.out, BLOCK_SAMPLES);
  for (let start = 0; start < features.nSamples; start += BLOCK_SAMPLES) {
    const end = Math.min(start + BLOCK_SAMPLES, features.nSamples);
    for (let f = 0; f < nFeatures; f++) {
      block.set(features.columns[f].subarray(start, end), f * BLOCK_SAMPLES);
      const cardinality = ensemble.cardinalities[f];
      if (cardinality > 0) eraseUnknownCodes(block, f * BLOCK_SAMPLES, cardinality);
    }
    sums.set(out.subarray(start, end));
    kernel.addBlock(
      places.block,
      places.roots,
      places.depths,
      to - from,
      places.nodes,
      places.values,
      kind,
      places.out,
    );
    out.set(sums.subarray(0, end - start), start);
  }
}

/** 0 = numbers only and none missing, 1 = some missing, 2 = some features are categorical. */
function findKind(ensemble: TreeEnsemble, features: FeatureMatrix): 0 | 1 | 2 {
  if (ensemble.cardinalities.some((cardinality) => cardinality > 0)) return 2;
  return features.columns.some(hasMissing) ? 1 : 0;
}

function hasMissing(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

function place(ensemble: TreeEnsemble, nFeatures: number, nTrees: number): Places {
  const nNodes = ensemble.feature.length;
  const nodes = 64;
  const values = nodes + nNodes * NODE_BYTES;
  const roots = values + nNodes * 8;
  const depths = roots + nTrees * 4;
  const sets = depths + nTrees * 4;
  const block = Math.ceil((sets + ensemble.categorySets.length * 4) / 16) * 16;
  return { nodes, values, roots, depths, sets, block, out: block + nFeatures * BLOCK_SAMPLES * 8 };
}

function writeTrees(
  buffer: ArrayBuffer,
  places: Places,
  ensemble: TreeEnsemble,
  from: number,
  to: number,
  hasFlags: boolean,
): void {
  const ints = new Int32Array(buffer);
  const floats = new Float64Array(buffer);
  floats.set(ensemble.value, places.values >> 3);
  new Uint32Array(buffer, places.sets, ensemble.categorySets.length).set(ensemble.categorySets);
  const depth = new Uint8Array(ensemble.feature.length);
  for (let tree = from; tree < to; tree++) {
    let deepest = 0;
    for (let node = ensemble.treeStarts[tree]; node < ensemble.treeStarts[tree + 1]; node++) {
      writeNode(ints, floats, places, ensemble, node, hasFlags);
      deepest = Math.max(deepest, depth[node]);
      const left = ensemble.leftChild[node];
      if (left !== 0) depth[left] = depth[left + 1] = depth[node] + 1;
    }
    ints[(places.roots >> 2) + tree - from] = places.nodes + ensemble.treeStarts[tree] * NODE_BYTES;
    ints[(places.depths >> 2) + tree - from] = deepest;
  }
}

function writeNode(
  ints: Int32Array,
  floats: Float64Array,
  places: Places,
  ensemble: TreeEnsemble,
  node: number,
  hasFlags: boolean,
): void {
  const at = places.nodes + node * NODE_BYTES;
  const left = ensemble.leftChild[node];
  ints[(at >> 2) + 3] = places.nodes + (left === 0 ? node : left) * NODE_BYTES;
  if (left === 0) {
    floats[at >> 3] = Infinity;
    ints[(at >> 2) + 2] = 0;
    return;
  }
  const set = ensemble.categorySet[node];
  const flags = (ensemble.missingLeft[node] === 1 ? 0 : MISSING_RIGHT) | (set >= 0 ? CATEGORICAL : 0);
  ints[(at >> 2) + 2] = (ensemble.feature[node] * BLOCK_SAMPLES * 8) | (hasFlags ? flags : 0);
  if (set >= 0) ints[at >> 2] = places.sets + set * CATEGORY_SET_WORDS * 4;
  else floats[at >> 3] = ensemble.threshold[node];
}

function eraseUnknownCodes(block: Float64Array, start: number, cardinality: number): void {
  for (let i = start; i < start + BLOCK_SAMPLES; i++) {
    const code = block[i];
    if (!(code >= 0 && code < cardinality && Math.floor(code) === code)) block[i] = NaN;
  }
}
