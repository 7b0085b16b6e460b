import { range, spreadEvenly } from '#base/arrays.ts';
import type { SampleIndices } from '#data/row-index.ts';
import { selectRows, type Table } from '#data/table.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { encode } from '#models/encoder.ts';
import { findMedianInterval } from '#models/hazard.ts';
import { joinInterval } from '#models/person-periods.ts';
import { measureGowerDistances, placeSamples } from '#models/nearest-past.ts';
import { findPastGroup, readUnitAndClass } from '#models/own-past.ts';
import { findLeadingState, type FittedModel, type ModelState, type SingleState } from '#models/regressor.ts';
import { computeAdditiveContributions } from './additive-contributions.ts';

/** Past outages as a model sees them, to find which are like a case. Lives as long as model and data do. */
export interface ProximityIndex {
  readonly model: FittedModel;
  /** Positions of the past outages in the set that was indexed, ascending. */
  readonly rows: SampleIndices;
  readonly trees: TreeIndex | null;
  readonly additive: AdditiveIndex | null;
  readonly past: PastIndex | null;
}

/** How alike a case (encoded, its first sample) and each indexed outage are to a family that answers with past outages. */
type PastIndex = (matrix: FeatureMatrix) => Float64Array;

interface TreeIndex {
  readonly ensemble: TreeEnsemble;
  /** Share of each tree in the proximity; sums to 1. */
  readonly weights: Float64Array;
  /** Outages (positions in `rows`) in leaf node i: members[starts[i]] … members[starts[i + 1] − 1]. */
  readonly starts: Int32Array;
  readonly members: Int32Array;
}

interface AdditiveIndex {
  readonly columns: readonly Float64Array[];
  /** Mean distance of an outage from the average one. */
  readonly unit: number;
}

/** Outages indexed at most: more would cost memory and hardly bring nearer neighbours. */
const MAX_INDEXED = 20_000;

/** Indexes the rows of `features` (all, or 20,000 evenly spread). O(rows × (trees + features)). */
export function indexOutages(model: FittedModel, features: Table): ProximityIndex {
  const rows = spreadEvenly(features.nRows, MAX_INDEXED);
  const { matrix } = encode(model.encoder, selectRows(features, rows));
  const state = findLeadingState(model.state);
  const ensemble = findTrees(state);
  return {
    model,
    rows,
    trees: ensemble && indexLeaves(ensemble, toTreeMatrix(state, matrix)),
    additive: indexContributions(state, matrix),
    past: indexPast(state, matrix),
  };
}

function findTrees(state: SingleState): TreeEnsemble | null {
  const hasTrees =
    state.family === 'gradient-boosting' ||
    state.family === 'imported-trees' ||
    state.family === 'forest' ||
    state.family === 'hazard';
  return hasTrees && countTrees(state.trees) > 0 ? state.trees : null;
}

/** What the trees look at: of boosted hazards, the interval that the plain median lies in too. */
function toTreeMatrix(state: SingleState, matrix: FeatureMatrix): FeatureMatrix {
  if (state.family !== 'hazard') return matrix;
  const sample = range(matrix.nSamples);
  return joinInterval(matrix, { sample, interval: sample.map(() => findMedianInterval(state)) });
}

function indexLeaves(ensemble: TreeEnsemble, matrix: FeatureMatrix): TreeIndex {
  const nTrees = countTrees(ensemble);
  const leaves = findLeafIndices(ensemble, matrix);
  const starts = new Int32Array(ensemble.feature.length + 1);
  for (const leaf of leaves) starts[leaf + 1] = starts[leaf + 1] + 1;
  for (let i = 0; i + 1 < starts.length; i++) starts[i + 1] = starts[i + 1] + starts[i];
  const next = starts.slice();
  const members = new Int32Array(leaves.length);
  leaves.forEach((leaf, i) => {
    members[next[leaf]] = Math.floor(i / nTrees);
    next[leaf] = next[leaf] + 1;
  });
  return { ensemble, weights: weighTrees(ensemble), starts, members };
}

/** Of the own past the outages it answers with are alike, all others not; of the nearest, 1 − Gower's distance. */
function indexPast(state: SingleState, matrix: FeatureMatrix): PastIndex | null {
  if (state.family === 'own-past') {
    const known = range(matrix.nSamples);
    return (cases) => {
      const { unit, outageClass } = findPastGroup(state, ...readUnitAndClass(state, cases, 0));
      return Float64Array.from(known, (sample) => {
        const [ownUnit, ownClass] = readUnitAndClass(state, matrix, sample);
        return (unit < 0 || ownUnit === unit) && (outageClass < 0 || ownClass === outageClass) ? 1 : 0;
      });
    };
  }
  if (state.family !== 'nearest-past') return null;
  const placed = placeSamples(state, matrix);
  return (cases) =>
    measureGowerDistances(state, placed, matrix.nSamples, placeSamples(state, cases), 0).map(
      (distance) => 1 - distance,
    );
}

/** A tree counts by how far its leaves' values spread: boosting's late trees say little. */
function weighTrees(ensemble: TreeEnsemble): Float64Array {
  const { treeStarts, leftChild, value, count } = ensemble;
  const spreads = Float64Array.from({ length: countTrees(ensemble) }, (_, tree) => {
    let sum = 0;
    let squares = 0;
    let n = 0;
    for (let node = treeStarts[tree]; node < treeStarts[tree + 1]; node++) {
      if (leftChild[node] !== 0) continue;
      const weight = count[node];
      n += weight;
      sum += weight * value[node];
      squares += weight * value[node] ** 2;
    }
    return n > 0 ? Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2)) : 0;
  });
  const total = spreads.reduce((sum, spread) => sum + spread, 0);
  return spreads.map((spread) => (total > 0 ? spread / total : 1 / spreads.length));
}

function indexContributions(state: ModelState, matrix: FeatureMatrix): AdditiveIndex | null {
  const additive = computeAdditiveContributions(state, matrix);
  if (!additive) return null;
  let unit = 0;
  for (const column of additive.columns) {
    const centre = column.reduce((sum, value) => sum + value, 0) / column.length;
    unit += column.reduce((sum, value) => sum + Math.abs(value - centre), 0) / column.length;
  }
  return { columns: additive.columns, unit };
}

/**
 * How alike one row of `cases` and each indexed outage are to the model, in [0, 1].
 *
 * The share of trees (by weight) in which both fall into the same leaf (Breiman 2001's proximity), times
 * 1 / (1 + d) where the model has a linear part: d is the sum over features of the difference of their
 * linear contributions, in units of an average outage's. One of the two stands alone where the model has no other.
 * A family that answers with past outages says itself how near they are (`indexPast`).
 * O(trees × leaf size + outages × features).
 */
export function measureProximities(index: ProximityIndex, cases: Table, row: number): Float64Array {
  return measureEncodedProximities(index, encode(index.model.encoder, selectRows(cases, [row])).matrix);
}

/** The same of a case that is encoded. */
export function measureEncodedProximities(index: ProximityIndex, matrix: FeatureMatrix): Float64Array {
  if (index.past) return index.past(matrix);
  const proximities = new Float64Array(index.rows.length);
  const state = findLeadingState(index.model.state);
  if (index.trees) addSharedLeaves(index.trees, toTreeMatrix(state, matrix), proximities);
  else proximities.fill(1);
  const additive = index.additive && computeAdditiveContributions(state, matrix);
  if (!index.additive || !additive || index.additive.unit === 0) return proximities;
  const { columns, unit } = index.additive;
  for (let i = 0; i < proximities.length; i++) {
    let distance = 0;
    columns.forEach((column, f) => {
      distance += Math.abs(column[i] - additive.columns[f]?.[0]);
    });
    proximities[i] = proximities[i] / (1 + distance / unit);
  }
  return proximities;
}

function addSharedLeaves(trees: TreeIndex, matrix: FeatureMatrix, outProximities: Float64Array): void {
  findLeafIndices(trees.ensemble, matrix).forEach((leaf, tree) => {
    const weight = trees.weights[tree];
    const end = trees.starts[leaf + 1];
    for (let m = trees.starts[leaf]; m < end; m++) {
      const member = trees.members[m];
      outProximities[member] = outProximities[member] + weight;
    }
  });
}
