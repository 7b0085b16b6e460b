import { exactExp } from '#base/exact-math.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findCurveQuantile, type HazardState, predictLogOdds } from '#models/hazard.ts';
import { joinInterval } from '#models/person-periods.ts';
import { fromScaleInPlace, type TargetScale } from '#models/target-scale.ts';
import { explainTrees } from './tree-shap.ts';

/** Steps from the plain survival curve to the outage's. */
const N_STEPS = 32;

/**
 * Explains the median of a survival curve, in the target's unit, from the median of an outage of which nothing is known.
 *
 * TreeSHAP splits the log-odds of ending in each interval exactly among the features. The curve then goes in 32 steps,
 * straight in log-odds, from the plain one to the outage's; what a step moves the median by goes to the features in proportion
 * to what they move the log-odds by, each interval counting by how much the median hangs on it (Aumann and Shapley's
 * rule). What the intervals as such have learnt is shared in the same proportion. The sum is exact.
 *
 * O(intervals × leaves · path²) a sample: some 0.1 s on 2,000 outages.
 */
export async function explainHazard(
  state: HazardState,
  matrix: FeatureMatrix,
  scale: TargetScale,
  report: (share: number) => Promise<void>,
): Promise<{ readonly base: number; readonly columns: readonly Float64Array[] }> {
  const toUnit = (value: number) => fromScaleInPlace(Float64Array.of(value), scale)[0];
  const base = toUnit(findCurveQuantile(state, state.logOdds, 0.5));
  const columns = matrix.columns.map(() => new Float64Array(matrix.nSamples));
  const all = predictLogOdds(state, matrix);
  const curves = Array.from({ length: matrix.nSamples }, (_, row) => createWay(state, all, row));
  for (let from = 0; from < matrix.nSamples; from += BATCH) {
    const batch = curves.slice(from, from + BATCH);
    // The median does not hang on later intervals than those it passes.
    const rows = {
      sample: Int32Array.from(
        batch.flatMap(({ row, nPassed }) => Array.from({ length: nPassed }, () => row)),
      ),
      interval: Int32Array.from(batch.flatMap(({ nPassed }) => Array.from({ length: nPassed }, (_, k) => k))),
    };
    const shap = [...columns, null].map(() => new Float64Array(rows.sample.length));
    for (const share of explainTrees(state.trees, joinInterval(matrix, rows), shap)) {
      await report((from + share * batch.length) / matrix.nSamples);
    }
    let at = 0;
    for (const way of batch) {
      const end = at + way.nPassed;
      const own = shap.slice(0, -1).map((values) => values.subarray(at, end));
      shareWay(way, own, toUnit).forEach(
        (value, feature) => ((columns[feature] as Float64Array)[way.row] = value),
      );
      at = end;
    }
  }
  return { base, columns };
}

/** Samples whose trees are explained together: tables of subtrees then pay. */
const BATCH = 64;

/** The way of a curve from the plain one to a sample's. */
interface Way {
  readonly row: number;
  /** Intervals that the median lies in or before, anywhere on the way. */
  readonly nPassed: number;
  /** Medians after each step, on the learnt scale, from the plain one on. */
  readonly medians: Float64Array;
  /** By how much each step's median hangs on the log-odds of each interval. */
  readonly weights: readonly Float64Array[];
}

function createWay(state: HazardState, all: Float64Array, row: number): Way {
  const nIntervals = state.logOdds.length;
  const logOdds = all.subarray(row * nIntervals, (row + 1) * nIntervals);
  const at = (share: number) => logOdds.map((end, k) => state.logOdds[k] + share * (end - state.logOdds[k]));
  const medians = Float64Array.from({ length: N_STEPS + 1 }, (_, step) =>
    findCurveQuantile(state, at(step / N_STEPS), 0.5),
  );
  const weights = Array.from({ length: N_STEPS }, (_, step) => weighIntervals(at((step + 0.5) / N_STEPS)));
  const nPassed = weights.reduce(
    (most, own) => Math.max(most, own.findLastIndex((weight) => weight > 0) + 1),
    1,
  );
  return { row, nPassed, medians, weights };
}

/** What each step moves the median by, shared among the features. */
function shareWay(
  { medians, weights }: Way,
  shap: readonly Float64Array[],
  toUnit: (value: number) => number,
): Float64Array {
  const values = new Float64Array(shap.length);
  let left = 0;
  for (const [step, own] of weights.entries()) {
    const moved = toUnit(medians[step + 1]) - toUnit(medians[step]);
    const parts = shap.map((byInterval) => byInterval.reduce((sum, value, k) => sum + own[k] * value, 0));
    const total = parts.reduce((sum, part) => sum + part, 0);
    const size = parts.reduce((sum, part) => sum + Math.abs(part), 0);
    // Where the parts all but cancel, their proportions are noise.
    if (Math.abs(total) <= LEAST_TOTAL * size) left += moved;
    else parts.forEach((part, feature) => (values[feature] = values[feature] + (moved * part) / total));
  }
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
  return values.map((value) => value + left * (size > 0 ? Math.abs(value) / size : 1 / values.length));
}

/** Of the parts' sizes: their sum must be this large for proportions to mean something. */
const LEAST_TOTAL = 0.02;

/** By how much the median hangs on the log-odds of each interval: their hazard, up to the interval that it lies in. */
function weighIntervals(logOdds: Float64Array): Float64Array {
  let survived = 1;
  return logOdds.map((odds) => {
    const hazard = 1 / (1 + exactExp(-odds));
    const weight = survived > 0.5 ? hazard : 0;
    survived *= 1 - hazard;
    return weight;
  });
}
