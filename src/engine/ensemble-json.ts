import { AppError } from '#base/errors.ts';
import { MAX_CATEGORIES } from './feature-matrix.ts';
import { lossNames, MAX_DEPTH, type LossName } from './settings.ts';
import { CATEGORY_SET_WORDS, type TreeEnsemble } from './tree-ensemble.ts';

/** A `TreeEnsemble` as plain JSON. Numbers survive unchanged: JSON holds every finite double exactly. */
export interface EnsembleJson {
  readonly loss: LossName;
  readonly baseline: number | null;
  readonly cardinalities: readonly number[];
  readonly treeStarts: readonly number[];
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly leftChild: readonly number[];
  readonly missingLeft: readonly number[];
  /** Absent where the sets stand in the order of the nodes that split by one. */
  readonly categorySet?: readonly number[];
  readonly categorySets: readonly number[];
  readonly value: readonly number[];
  readonly gain: readonly number[];
  readonly count: readonly number[];
  /** Absent where it is the count: samples of one weight, a loss of one curvature. */
  readonly cover?: readonly number[];
  readonly trainScores: readonly number[];
  readonly validationScores: readonly number[];
  readonly bestIteration: number;
}

export function ensembleToJson(ensemble: TreeEnsemble): EnsembleJson {
  const { count, cover, categorySet } = ensemble;
  const isCounted = cover.every((value, node) => value === count[node]);
  const ordered = numberSets(ensemble);
  const isOrdered = categorySet.every((set, node) => set === ordered[node]);
  return {
    loss: ensemble.loss,
    baseline: ensemble.baseline,
    cardinalities: [...ensemble.cardinalities],
    treeStarts: Array.from(ensemble.treeStarts),
    feature: Array.from(ensemble.feature),
    threshold: Array.from(ensemble.threshold),
    leftChild: Array.from(ensemble.leftChild),
    missingLeft: Array.from(ensemble.missingLeft),
    ...(!isOrdered && { categorySet: Array.from(categorySet) }),
    categorySets: Array.from(ensemble.categorySets),
    value: Array.from(ensemble.value),
    gain: Array.from(ensemble.gain),
    count: Array.from(count),
    ...(!isCounted && { cover: Array.from(cover) }),
    trainScores: [...ensemble.trainScores],
    validationScores: [...ensemble.validationScores],
    bestIteration: ensemble.bestIteration,
  };
}

/** The set of each node, in the order of the nodes; −1 of one that is a leaf or splits by a number. */
function numberSets({ feature, cardinalities }: Pick<TreeEnsemble, 'feature' | 'cardinalities'>): number[] {
  let nSets = 0;
  return Array.from(feature, (index) => (index >= 0 && cardinalities[index] > 0 ? nSets++ : -1));
}

/**
 * A parsed JSON value as an ensemble, in fresh arrays. Throws `model-file-invalid` naming the field unless
 * predicting with it is safe: children after their parent and within their tree, one parent each,
 * depth ≤ 64, features and category sets in range, all numbers finite.
 */
export function readEnsemble(json: unknown): TreeEnsemble {
  const source = readObject(json);
  const feature = readIntegers(source, 'feature', -1, 2 ** 31 - 1);
  const nNodes = feature.length;
  const loss = lossNames.find((name) => name === source['loss']);
  if (loss === undefined) return reject('loss', 'unknown loss');
  const cardinalities = readIntegers(source, 'cardinalities', 0, MAX_CATEGORIES);
  const count = readNumbers(source, 'count', nNodes);
  const ensemble: TreeEnsemble = {
    loss,
    baseline: source['baseline'] === null ? null : readNumber(source, 'baseline'),
    cardinalities,
    treeStarts: Int32Array.from(readIntegers(source, 'treeStarts', 0, nNodes)),
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(readNumbers(source, 'threshold', nNodes)),
    leftChild: Int32Array.from(readIntegers(source, 'leftChild', 0, nNodes, nNodes)),
    missingLeft: Uint8Array.from(readIntegers(source, 'missingLeft', 0, 1, nNodes)),
    categorySet: Int32Array.from(
      source['categorySet'] === undefined
        ? numberSets({ feature: Int32Array.from(feature), cardinalities })
        : readIntegers(source, 'categorySet', -1, nNodes, nNodes),
    ),
    categorySets: Uint32Array.from(readIntegers(source, 'categorySets', 0, 2 ** 32 - 1)),
    value: Float64Array.from(readNumbers(source, 'value', nNodes)),
    gain: Float64Array.from(readNumbers(source, 'gain', nNodes)),
    count: Float64Array.from(count),
    cover: Float64Array.from(source['cover'] === undefined ? count : readNumbers(source, 'cover', nNodes)),
    trainScores: readNumbers(source, 'trainScores'),
    validationScores: readNumbers(source, 'validationScores'),
    bestIteration: readNumber(source, 'bestIteration'),
  };
  checkTrees(ensemble);
  return ensemble;
}

function checkTrees(ensemble: TreeEnsemble): void {
  const { treeStarts } = ensemble;
  const nTrees = treeStarts.length - 1;
  if (nTrees < 0 || treeStarts[0] !== 0) reject('treeStarts', 'must begin with 0');
  if (treeStarts[nTrees] !== ensemble.feature.length)
    reject('treeStarts', 'must end with the number of nodes');
  for (let tree = 0; tree < nTrees; tree++) {
    if (treeStarts[tree + 1] <= treeStarts[tree]) reject('treeStarts', 'must ascend');
    checkTree(ensemble, treeStarts[tree], treeStarts[tree + 1]);
  }
}

/** Nodes come after their parents, so that one pass knows each node's depth before its children's. */
function checkTree(ensemble: TreeEnsemble, start: number, end: number): void {
  const { leftChild } = ensemble;
  const depth = new Int32Array(end - start).fill(-1);
  depth[0] = 0;
  for (let node = start; node < end; node++) {
    const at = depth[node - start];
    if (at < 0) reject('leftChild', `node ${node} has no parent`);
    if (at > MAX_DEPTH) reject('leftChild', `node ${node} is deeper than ${MAX_DEPTH}`);
    checkSplit(ensemble, node);
    const left = leftChild[node];
    if (left === 0) continue;
    if (left <= node || left + 1 >= end) reject('leftChild', `node ${node} has a child out of place`);
    for (const child of [left, left + 1]) {
      if (depth[child - start] >= 0) reject('leftChild', `node ${child} has two parents`);
      depth[child - start] = at + 1;
    }
  }
}

function checkSplit({ cardinalities, ...ensemble }: TreeEnsemble, node: number): void {
  const feature = ensemble.feature[node];
  const set = ensemble.categorySet[node];
  if (ensemble.leftChild[node] === 0) {
    if (feature !== -1 || set !== -1) reject('feature', `leaf ${node} has a split`);
    return;
  }
  if (feature < 0 || feature >= cardinalities.length) reject('feature', `node ${node} splits on no feature`);
  if (cardinalities[feature] > 0 !== set >= 0) reject('categorySet', `node ${node} mismatches its feature`);
  if ((set + 1) * CATEGORY_SET_WORDS > ensemble.categorySets.length) {
    reject('categorySet', `node ${node} names a set that is not there`);
  }
}

function readObject(json: unknown): Record<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return reject('ensemble', 'not an object');
  return json as Record<string, unknown>;
}

function readNumber(source: Record<string, unknown>, name: string): number {
  const value = source[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : reject(name, 'not a finite number');
}

function readNumbers(source: Record<string, unknown>, name: string, length?: number): number[] {
  const values = source[name];
  if (!Array.isArray(values)) return reject(name, 'not an array');
  if (length !== undefined && values.length !== length)
    reject(name, `${values.length} values, not ${length}`);
  return values.map((value: unknown) =>
    typeof value === 'number' && Number.isFinite(value)
      ? value
      : reject(name, 'holds what is no finite number'),
  );
}

function readIntegers(
  source: Record<string, unknown>,
  name: string,
  low: number,
  high: number,
  length?: number,
): number[] {
  const values = readNumbers(source, name, length);
  const wrong = values.find((value) => !Number.isInteger(value) || value < low || value > high);
  if (wrong !== undefined) reject(name, `${wrong} is not an integer from ${low} to ${high}`);
  return values;
}

function reject(field: string, reason: string): never {
  throw new AppError('model-file-invalid', `Trees: ${field}: ${reason}.`, { name: field, value: reason });
}
