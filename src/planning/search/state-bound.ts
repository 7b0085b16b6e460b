import { exactLog1p } from '#base/exact-math.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { predictConstant } from '#models/constant.ts';
import type { ForestState } from '#models/forest.ts';
import type { GradientBoostingState } from '#models/gradient-boosting.ts';
import { findCurveQuantile, type HazardState } from '#models/hazard.ts';
import { predictMedianPerClass } from '#models/median-per-class.ts';
import { type OwnPastState, predictOwnPastQuantiles } from '#models/own-past.ts';
import { isPlanned, type PlanPartState, type PlanState } from '#models/plan.ts';
import type { SingleState } from '#models/regressor.ts';
import { predictRidge, type RidgeState } from '#models/ridge.ts';
import { freezeTrees, type FrozenTrees } from './frozen-trees.ts';
import { type Box, composeFeatures, countBox, type Lattice, listPoints } from './lattice.ts';

/** The least or the most that something takes on a box. */
export type Side = 'least' | 'most';

/** The open box with one axis narrowed to cells [from, to); axis −1: the box as it is. */
export interface Narrowed {
  readonly axis: number;
  readonly from: number;
  readonly to: number;
}

export const asOpened: Narrowed = { axis: -1, from: 0, to: 0 };

/**
 * Bounds of what a fitted model predicts, on its learnt scale, over boxes of a lattice. Laws: never past the value of a point
 * of the box; a smaller box never has a looser bound; but for rounding, exact on one point.
 */
export interface StateBound {
  readonly open: (box: Box) => void;
  readonly centre: (side: Side, within: Narrowed) => number;
  /** Of what forecasts a distribution. */
  readonly quantile?: (side: Side, share: number, within: Narrowed) => number;
}

/** Rounding of sums in another order. */
const CRUMB = 1e-9;

/** Pairs of unit and class that are looked up one by one. */
const MAX_TABLE = 20_000;

/** Null for a model that cannot be bounded: it has to be asked point by point. */
export function boundState(state: SingleState, lattice: Lattice): StateBound | null {
  switch (state.family) {
    case 'constant':
      return boundSeparable((matrix) => predictConstant(state, matrix.nSamples), lattice);
    case 'median-per-class':
      return boundSeparable((matrix) => predictMedianPerClass(state, matrix), lattice);
    case 'ridge':
      return boundRidge(state, lattice);
    case 'gradient-boosting':
      return boundBoosting(state, lattice);
    case 'plan':
      return boundPlan(state, lattice);
    case 'forest':
      return boundForest(state, lattice);
    case 'hazard':
      return boundHazard(state, lattice);
    case 'own-past':
      return boundOwnPast(state, lattice);
    default:
      return null;
  }
}

/** The present case with one axis run through its cells. */
function matrixOfAxis({ present, cardinalities, axes }: Lattice, axis: number): FeatureMatrix {
  const { nCells, features } = axes[axis];
  const columns = Array.from(present, (value) => new Float64Array(nCells).fill(value));
  for (const { index, values } of features) columns[index].set(values);
  return { nSamples: nCells, columns, cardinalities };
}

function matrixOfPresent({ present, cardinalities }: Lattice): FeatureMatrix {
  return { nSamples: 1, columns: Array.from(present, (value) => Float64Array.of(value)), cardinalities };
}

/** A sum of terms of one axis each. */
function boundSeparable(predict: (matrix: FeatureMatrix) => Float64Array, lattice: Lattice): StateBound {
  const start = predict(matrixOfPresent(lattice))[0];
  const terms = lattice.axes.map((_, axis) =>
    predict(matrixOfAxis(lattice, axis)).map((value) => value - start),
  );
  let box: Box = new Int32Array();
  return {
    open: (opened) => (box = opened),
    centre: (side, { axis, from, to }) =>
      terms.reduce(
        (sum, values, a) =>
          sum +
          (a === axis ? extreme(side, values, from, to) : extreme(side, values, box[2 * a], box[2 * a + 1])),
        start,
      ),
  };
}

function extreme(side: Side, values: Float64Array, from: number, to: number): number {
  let found = values[from];
  for (let cell = from + 1; cell < to; cell++) {
    if (side === 'least' ? values[cell] < found : values[cell] > found) found = values[cell];
  }
  return found;
}

function boundRidge(state: RidgeState, lattice: Lattice): StateBound {
  const free = boundSeparable((matrix) => predictRidge({ ...state, bounds: null }, matrix), lattice);
  const { bounds } = state;
  if (bounds === null) return free;
  return {
    open: free.open,
    centre: (side, within) => Math.min(Math.max(free.centre(side, within), bounds[0]), bounds[1]),
  };
}

/** A weighted sum of leaves: of some values a node, from either side. */
function createTreeSum(frozen: FrozenTrees, valueOf: (node: number) => number) {
  const values = Float64Array.from(frozen.nodes, valueOf);
  const negated = values.map((value) => -value);
  const settled = frozen.settled.reduce((sum, node) => sum + valueOf(node), 0);
  return (side: Side, { axis, from, to }: Narrowed): number =>
    side === 'least'
      ? settled + frozen.sumLeast(values, axis, from, to)
      : settled - frozen.sumLeast(negated, axis, from, to);
}

function boundBoosting({ start, trees }: GradientBoostingState, lattice: Lattice): StateBound {
  const frozen = freezeTrees(trees, lattice);
  const sum = createTreeSum(frozen, (node) => trees.value[node]);
  const first = start && boundRidge(start, lattice);
  return {
    open: (box) => {
      frozen.open(box);
      first?.open(box);
    },
    centre: (side, within) => (first?.centre(side, within) ?? trees.baseline ?? 0) + sum(side, within),
  };
}

/** The announced duration times its overrun where there is one: either way in a box that has cells of both. */
function boundPlan(state: PlanState, lattice: Lattice): StateBound {
  const part = (of: PlanPartState) => boundState(of, lattice) as StateBound;
  const correction = part(state.correction);
  const withoutPlan = part(state.withoutPlan);
  const { planIndex } = state;
  const planAxis = lattice.axes.findIndex(({ features }) =>
    features.some(({ index }) => index === planIndex),
  );
  const plans =
    lattice.axes[planAxis]?.features.find(({ index }) => index === planIndex)?.values ??
    Float64Array.of(lattice.present[planIndex] ?? NaN);
  let box: Box = new Int32Array();
  return {
    open: (opened) => {
      box = opened;
      correction.open(opened);
      withoutPlan.open(opened);
    },
    centre: (side, within) => {
      const whole = planAxis < 0 ? [0, 1] : [box[2 * planAxis], box[2 * planAxis + 1]];
      const [from, to] = within.axis === planAxis && planAxis >= 0 ? [within.from, within.to] : whole;
      const own = plans.subarray(from, to);
      const announced = own.filter(isPlanned).map(exactLog1p);
      const ways = [
        ...(announced.length > 0
          ? [extreme(side, announced, 0, announced.length) + correction.centre(side, within)]
          : []),
        ...(announced.length < own.length ? [withoutPlan.centre(side, within)] : []),
      ];
      return side === 'least' ? Math.min(...ways) : Math.max(...ways);
    },
  };
}

/**
 * The least a quantile can be is the first level up to which the votes that each tree has at most on the box reach the share
 * (and the other way about): for a fixed level a sum of leaves.
 */
function boundForest(state: ForestState, lattice: Lattice): StateBound {
  const { trees, levels } = state;
  const frozen = freezeTrees(trees, lattice);
  const sumAt = createVoteSums(state, frozen);
  const nTrees = countTrees(trees);
  const last = levels.length - 1;
  // Of the open box, by share and side: its narrowed parts go on from there.
  const opened = new Map<string, number>();
  const find = (side: Side, share: number, within: Narrowed): number => {
    const wanted = share * nTrees + (side === 'least' ? -CRUMB : CRUMB);
    const reaches = (level: number) => sumAt(level)(side === 'least' ? 'most' : 'least', within) >= wanted;
    const known = opened.get(`${side} ${share}`);
    let [low, high] = side === 'least' ? [known ?? 0, last] : [0, known ?? last];
    // Most often the bound of the part is that of the whole, or near it.
    for (let step = 1; low < high; step *= 2) {
      if (side === 'least') {
        const level = Math.min(last, low + step - 1);
        if (reaches(level)) {
          high = level;
          break;
        }
        low = Math.min(last, level + 1);
      } else {
        const level = high - step;
        if (level < low || !reaches(level)) {
          low = Math.max(low, level + 1);
          break;
        }
        high = level;
      }
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if (reaches(middle)) high = middle;
      else low = middle + 1;
    }
    if (within.axis < 0) opened.set(`${side} ${share}`, low);
    return low;
  };
  const quantile: StateBound['quantile'] = (side, share, within) => {
    if (!opened.has(`${side} ${share}`)) find(side, share, asOpened);
    return levels[find(side, share, within)];
  };
  return {
    open: (box) => {
      opened.clear();
      frozen.open(box);
    },
    quantile,
    centre: (side, within) => quantile(side, 0.5, within),
  };
}

/** Levels whose votes are kept. */
const MAX_KEPT_LEVELS = 512;

/** By level: the share of a leaf's members up to it, summed over trees. */
function createVoteSums({ trees, leafStarts, members }: ForestState, frozen: FrozenTrees) {
  const leafOf = new Int32Array(trees.leftChild.length);
  let nLeaves = 0;
  trees.leftChild.forEach((left, node) => {
    if (left === 0) leafOf[node] = nLeaves++;
  });
  const kept = new Map<number, ReturnType<typeof createTreeSum>>();
  return (level: number) => {
    const known = kept.get(level);
    if (known) return known;
    if (kept.size >= MAX_KEPT_LEVELS) kept.clear();
    const shareOf = (node: number) => {
      const [from, to] = [leafStarts[leafOf[node]], leafStarts[leafOf[node] + 1]];
      let n = 0;
      for (let m = from; m < to; m++) if (members[m] <= level) n += 1;
      return n / (to - from);
    };
    const sum = createTreeSum(frozen, shareOf);
    kept.set(level, sum);
    return sum;
  };
}

/** Higher odds of ending in any interval make every quantile shorter: each interval's odds are bounded by themselves. */
function boundHazard(state: HazardState, lattice: Lattice): StateBound {
  const intervals = state.logOdds.map((odds, k) => {
    const frozen = freezeTrees(withInterval(state.trees), {
      axes: lattice.axes,
      present: Float64Array.from([...lattice.present, k]),
    });
    return { odds, frozen, sum: createTreeSum(frozen, (node) => state.trees.value[node]) };
  });
  let asked: { readonly side: Side; readonly within: Narrowed; readonly odds: Float64Array } | null = null;
  const oddsOn = (side: Side, within: Narrowed): Float64Array => {
    if (asked?.side === side && asked.within === within) return asked.odds;
    const odds = Float64Array.from(intervals, ({ odds: start, sum }) => start + sum(side, within));
    asked = { side, within, odds };
    return odds;
  };
  const quantile: StateBound['quantile'] = (side, share, within) =>
    findCurveQuantile(state, oddsOn(side === 'least' ? 'most' : 'least', within), share);
  return {
    open: (box) => {
      asked = null;
      for (const { frozen } of intervals) frozen.open(box);
    },
    quantile,
    centre: (side, within) => quantile(side, 0.5, within),
  };
}

/** The interval is the feature after all others. */
function withInterval(trees: TreeEnsemble): TreeEnsemble {
  return { ...trees, cardinalities: [...trees.cardinalities, 0] };
}

/** Only two features count: what they lead to is looked up. */
function boundOwnPast(state: OwnPastState, lattice: Lattice): StateBound | null {
  const { axes, cardinalities } = lattice;
  const asked = new Set([state.unitIndex, state.classIndex]);
  const isInvolved = axes.map(({ features }) => features.some(({ index }) => asked.has(index)));
  const whole = Int32Array.from(axes.flatMap(({ nCells }, a) => [0, isInvolved[a] ? nCells : 1]));
  if (countBox(whole) > MAX_TABLE) return null;
  const points = listPoints(whole);
  const matrix = { nSamples: points.length, columns: composeFeatures(lattice, points), cardinalities };
  const tables = new Map<number, Float64Array>();
  const tableOf = (share: number): Float64Array => {
    const table = tables.get(share) ?? predictOwnPastQuantiles(state, matrix, [share])[0];
    tables.set(share, table);
    return table;
  };
  let box: Box = whole;
  const quantile: StateBound['quantile'] = (side, share, { axis, from, to }) => {
    const table = tableOf(share);
    let found = side === 'least' ? Infinity : -Infinity;
    points.forEach((point, i) => {
      const isWithin = point.every(
        (cell, a) =>
          !isInvolved[a] ||
          (a === axis ? from <= cell && cell < to : box[2 * a] <= cell && cell < box[2 * a + 1]),
      );
      if (isWithin) found = side === 'least' ? Math.min(found, table[i]) : Math.max(found, table[i]);
    });
    return found;
  };
  return {
    open: (opened) => (box = opened),
    quantile,
    centre: (side, within) => quantile(side, 0.5, within),
  };
}
