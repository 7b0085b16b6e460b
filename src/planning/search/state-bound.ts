import { exactExp, exactLog1p } from '#base/exact-math.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { predictConstant } from '#models/constant.ts';
import type { ForestState } from '#models/forest.ts';
import type { ImportedTreesState } from '#models/imported-trees.ts';
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
  /** What rises as a part of the box promises less, at a part of a bound's cost: by it a search chooses where to branch. */
  readonly guide?: (within: Narrowed) => number;
}

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
    case 'imported-trees':
      return boundImported(state, lattice);
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

/** The sum over trees of a value a node, from either side; what is asked of one side alone is made for it alone. */
function createTreeSum(
  { nodes, settled, sumLeast }: FrozenTrees,
  valueOf: (node: number) => number,
  Values: typeof Float64Array | typeof Float32Array = Float64Array,
) {
  let start = 0;
  for (const node of settled) start += valueOf(node);
  const made: Record<Side, Float64Array | Float32Array | null> = { least: null, most: null };
  const valuesOf = (side: Side) => {
    const values = made[side] ?? new Values(nodes.length);
    if (made[side] === null) {
      const sign = side === 'least' ? 1 : -1;
      for (let leaf = 0; leaf < nodes.length; leaf++) values[leaf] = sign * valueOf(nodes[leaf]);
      made[side] = values;
    }
    return values;
  };
  return (side: Side, { axis, from, to }: Narrowed): number => {
    const sum = sumLeast(valuesOf(side), axis, from, to);
    return side === 'least' ? start + sum : start - sum;
  };
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

/** Bounds are added as the predictions are, in single precision and in the same order. */
function boundImported({ trees }: ImportedTreesState, lattice: Lattice): StateBound {
  const { open, nodes, sumLeast } = freezeTrees(trees, lattice, true);
  const values = Float64Array.from(nodes, (node) => trees.value[node]);
  const mirrored = values.map((value) => -value);
  const start = trees.baseline ?? 0;
  return {
    open,
    centre: (side, { axis, from, to }) =>
      side === 'least'
        ? sumLeast(values, axis, from, to, start)
        : -sumLeast(mirrored, axis, from, to, -start),
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
  // Bounds of the open box by share: those of its narrowed parts are sought from there.
  const opened = { least: new Map<number, number>(), most: new Map<number, number>() };
  const hints = new Map<number, number>();
  const find = (side: Side, share: number, within: Narrowed, known: number, hint = known): number => {
    const other = side === 'least' ? 'most' : 'least';
    const wanted = share * nTrees + (side === 'least' ? -VOTE_CRUMB : VOTE_CRUMB);
    const reaches = (level: number) => sumAt(level)(other, within) >= wanted;
    return findFirst(side === 'least' ? known : 0, side === 'least' ? last : known, hint, reaches);
  };
  const findOpened = (side: Side, share: number): number => {
    const seen = opened[side].get(share);
    if (seen !== undefined) return seen;
    // Boxes are opened in the order of what they promise: the next one's bound is near the last one's.
    const hint = hints.get(share) ?? last >> 1;
    const known = find(side, share, asOpened, side === 'least' ? 0 : last, hint);
    opened[side].set(share, known);
    if (side === 'least') hints.set(share, known);
    return known;
  };
  const quantile: StateBound['quantile'] = (side, share, within) => {
    const known = findOpened(side, share);
    return levels[within.axis < 0 ? known : find(side, share, within, known)];
  };
  return {
    open: (box) => {
      opened.least.clear();
      opened.most.clear();
      frozen.open(box);
    },
    quantile,
    // Votes at the level that bounds the whole box: what a part of it loses of them moves its own bound.
    guide: (within) => {
      const [level = findOpened('least', GUIDE_SHARE)] = opened.least.values();
      return -sumAt(level)('most', within);
    },
    centre: (side, within) => quantile(side, 0.5, within),
  };
}

const GUIDE_SHARE = 0.8;

/** The first of [from, to] that `isReached` (false, then true; at the last one taken for true), in growing steps from a hint. */
function findFirst(from: number, to: number, hint: number, isReached: (level: number) => boolean): number {
  let [low, high] = [from, to];
  for (let step = 1, level = hint; low < high; step *= 2) {
    const isBelow = level < high && !isReached(level);
    if (isBelow) low = level + 1;
    else high = level;
    if (isBelow ? level < hint : level > hint) break;
    level =
      level > hint || (level === hint && isBelow)
        ? Math.min(high, level + step)
        : Math.max(low, level - step);
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Votes kept in all, by leaf and level, in single precision: their sum is off by less than its crumb. */
const MAX_KEPT_VOTES = 32e6;
const VOTE_CRUMB = 1e-4;

/** By level: the share of a leaf's members up to it, summed over trees. */
function createVoteSums({ trees, leafStarts, members }: ForestState, frozen: FrozenTrees) {
  const leafOf = new Int32Array(trees.leftChild.length);
  let nLeaves = 0;
  for (let node = 0; node < leafOf.length; node++) if (trees.leftChild[node] === 0) leafOf[node] = nLeaves++;
  const maxKept = MAX_KEPT_VOTES / (frozen.nodes.length + 1);
  const kept = new Map<number, ReturnType<typeof createTreeSum>>();
  return (level: number) => {
    const known = kept.get(level);
    if (known) return known;
    if (kept.size >= maxKept) kept.clear();
    const sum = createTreeSum(
      frozen,
      (node) => {
        const from = leafStarts[leafOf[node]];
        const to = leafStarts[leafOf[node] + 1];
        let n = 0;
        for (let m = from; m < to; m++) if (members[m] <= level) n += 1;
        return n / (to - from);
      },
      Float32Array,
    );
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
    // The odds of the interval that the whole box's bound lies in.
    guide: (within) => {
      const middle = findCurveInterval(oddsOn('most', asOpened));
      return -intervals[middle].sum('most', within);
    },
    centre: (side, within) => quantile(side, 0.5, within),
  };
}

/** The interval by whose end most are over. */
function findCurveInterval(logOdds: Float64Array): number {
  let survived = 1;
  const found = logOdds.findIndex((odds) => (survived /= 1 + exactExp(odds)) <= 1 - GUIDE_SHARE);
  return found < 0 ? logOdds.length - 1 : found;
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
