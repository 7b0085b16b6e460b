import { exactExp, exactLog } from '#base/exact-math.ts';
import { type JobContext, createPacer } from '#base/job-context.ts';
import { quantileOfWeighted, weighEnded } from '#base/kaplan-meier.ts';
import { quantileOfSorted } from '#base/statistics.ts';
import { fitBoosting } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { Constraints } from './expected-directions.ts';
import type { HazardHyperparameters } from './hyperparameters.ts';
import { addTreesByInterval, binPeriods, expandPeriods } from './person-periods.ts';
import { sliceSamples } from './select-samples.ts';

/**
 * Boosted hazards (discrete-time survival: Singer & Willett 1993): time is cut into intervals, and boosted trees learn
 * the odds that an outage which has reached an interval ends in it, from its features and the interval. The chances
 * multiply to a survival curve, whose median is the prediction. On heavy-tailed durations it beats boosting of days, of
 * log days and the quantile forest.
 */
export interface HazardState {
  readonly family: 'hazard';
  /** Of each interval, quantiles of the durations that ended in it, ascending, on the learnt scale; none is empty. */
  readonly durations: readonly (readonly number[])[];
  /** Log-odds that an outage of which nothing is known ends in an interval, by interval; the last one ends all. */
  readonly logOdds: readonly number[];
  /** Of log-odds, on top of these. The interval's number is the feature after all others. */
  readonly trees: TreeEnsemble;
}

/** Quantiles kept of the durations within an interval. */
const N_WITHIN = 16;
/** The longest interval is halved while so many outages are left in each half. */
const LEAST_IN_INTERVAL = 8;
/** Half an outage in each way: an interval that all or none survived has finite odds. */
const HALF = 0.5;

/** Samples that are not over: what they lasted so far. */
export interface CensoredSamples {
  readonly matrix: FeatureMatrix;
  /** On the learnt scale. */
  readonly elapsed: Float64Array;
}

/**
 * One fit on outages × intervals reached rows. Those under way are rows of the intervals that they outlasted, and a part of
 * one of that in which they are: the likelihood of having lasted so long. Cost: some nine times the rows of boosting on
 * the durations.
 */
export async function fitHazard(
  {
    matrix,
    target,
    underWay = null,
    constraints = null,
  }: {
    readonly matrix: FeatureMatrix;
    readonly target: Float64Array;
    readonly underWay?: CensoredSamples | null;
    /** Of the duration. */
    readonly constraints?: Constraints | null;
  },
  hyperparameters: HazardHyperparameters,
  seed: number,
  context: JobContext,
): Promise<HazardState> {
  const { nIntervals, ...settings } = hyperparameters;
  const durations = cutIntervals(target, nIntervals);
  const elapsed = underWay?.elapsed ?? new Float64Array(0);
  const courses = followSamples(durations, target, elapsed);
  const { reached, known, nEnded } = courses;
  const logOdds = findPlainLogOdds(courses, durations.length);
  const rows = expandPeriods(reached.map((interval, i) => interval + (known[i] === 0 ? 0 : 1)));
  const isLast = (sample: number, row: number) => rows.interval[row] === reached[sample];
  const steps = fitBoosting(
    {
      features: null,
      binned: binPeriods(underWay ? appendSamples(matrix, underWay.matrix) : matrix, rows, settings.maxBins),
      target: Float64Array.from(rows.sample, (sample, row) =>
        sample < nEnded && isLast(sample, row) ? 1 : 0,
      ),
      // Without any under way all rows weigh the same.
      ...(elapsed.length > 0 && {
        sampleWeight: Float64Array.from(rows.sample, (sample, row) =>
          isLast(sample, row) ? known[sample] : 1,
        ),
      }),
      init: Float64Array.from(rows.interval, (interval) => logOdds[interval] ?? 0),
    },
    {
      ...settings,
      loss: 'logistic',
      maxLeafNodes: null,
      nIterNoChange: 0,
      seed,
      ...(constraints && { monotoneConstraints: constrainHazard(constraints) }),
    },
  );
  const pace = createPacer(context);
  let step = steps.next();
  while (!step.done) {
    const { iteration, nIterations } = step.value;
    await pace(() => ({ phase: 'fitting', done: iteration, total: nIterations }));
    step = steps.next(context.stop.aborted ? 'stop' : undefined);
  }
  return {
    family: 'hazard',
    durations: summarise(durations, elapsed),
    logOdds,
    trees: roundTrees(step.value),
  };
}

/**
 * What makes outages longer lowers the chance of ending in each interval, and with all these chances every quantile rises:
 * within an interval all outages have the same durations. The interval itself is free.
 */
function constrainHazard(constraints: Constraints): Constraints {
  const opposite = { '-1': 1, '0': 0, '1': -1 } as const;
  return [...constraints.map((constraint) => opposite[constraint]), 0];
}

/** A model's file holds every digit. */
function roundTrees(trees: TreeEnsemble): TreeEnsemble {
  const roundTo = (value: number, parts: number) => Math.round(value * parts) / parts + 0;
  return {
    ...trees,
    value: trees.value.map((value) => roundTo(value, 1e7)),
    gain: trees.gain.map((value) => roundTo(value, 1e3)),
  };
}

/** Durations by interval, ascending: as many each where they differ, the longest ones in smaller and smaller shares. */
function cutIntervals(target: Float64Array, nIntervals: number): Float64Array[] {
  const sorted = target.slice().sort();
  const n = sorted.length;
  const ends = Array.from({ length: nIntervals }, (_, k) => Math.round(((k + 1) * n) / nIntervals));
  for (;;) {
    const from = ends.at(-2) ?? 0;
    const middle = Math.floor((from + n) / 2);
    if (middle - from < LEAST_IN_INTERVAL || n - middle < LEAST_IN_INTERVAL) break;
    ends.splice(ends.length - 1, 0, middle);
  }
  const intervals: Float64Array[] = [];
  let from = 0;
  for (const wanted of ends) {
    let end = Math.max(wanted, from);
    // Equal durations end in one interval.
    while (end < n && end > 0 && sorted[end] === sorted[end - 1]) end += 1;
    if (end > from) intervals.push(sorted.slice(from, end));
    from = end;
  }
  return intervals;
}

/** Quantiles within each interval, those that ended weighed for those under way. */
function summarise(durations: readonly Float64Array[], elapsed: Float64Array): number[][] {
  const sorted = Float64Array.from(durations.flatMap((within) => [...within]));
  const { weights } = weighEnded(sorted, elapsed);
  let from = 0;
  return durations.map((within) => {
    const own = weights.subarray(from, (from += within.length));
    if (elapsed.length > 0) return quantilesWithin((share) => quantileOfWeighted(within, own, share));
    if (within.length <= N_WITHIN) return Array.from(within);
    return quantilesWithin((share) => quantileOfSorted(within, share));
  });
}

function quantilesWithin(find: (share: number) => number): number[] {
  return Array.from({ length: N_WITHIN }, (_, i) => find(i / (N_WITHIN - 1)));
}

/** The first interval whose longest duration is no shorter. */
function findInterval(last: readonly number[], duration: number): number {
  let low = 0;
  let high = last.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((last[middle] ?? Infinity) < duration) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How far each sample came, those under way after the others. */
interface Courses {
  /** The interval in which it ended, or is. */
  readonly reached: Float64Array;
  /** How much of that interval is known: all of it of one that ended. */
  readonly known: Float64Array;
  readonly nEnded: number;
}

function followSamples(
  durations: readonly Float64Array[],
  target: Float64Array,
  elapsed: Float64Array,
): Courses {
  const last = durations.map((within) => within.at(-1) ?? Infinity);
  const all = joinValues(target, elapsed);
  const reached = all.map((duration) => findInterval(last, duration));
  const known = all.map((duration, i) => {
    if (i < target.length) return 1;
    // All that reach the last interval end in it: of one under way nothing is told there.
    const interval = reached[i] ?? 0;
    const within = durations[interval] ?? [];
    return interval === last.length - 1 ? 0 : countUpTo(within, duration) / within.length;
  });
  return { reached, known, nEnded: target.length };
}

/** How many of the ascending values are no larger. */
function countUpTo(ascending: ArrayLike<number>, value: number): number {
  let n = 0;
  while (n < ascending.length && (ascending[n] ?? NaN) <= value) n += 1;
  return n;
}

function findPlainLogOdds({ reached, known, nEnded }: Courses, nIntervals: number): number[] {
  const ended = new Float64Array(nIntervals);
  const left = new Float64Array(nIntervals);
  const unknown = new Float64Array(nIntervals);
  reached.forEach((interval, i) => {
    left[interval] = (left[interval] ?? 0) + 1;
    if (i < nEnded) ended[interval] = (ended[interval] ?? 0) + 1;
    else unknown[interval] = (unknown[interval] ?? 0) + 1 - (known[i] ?? 0);
  });
  let atRisk = reached.length;
  return Array.from(ended, (n, interval) => {
    const odds = exactLog((n + HALF) / (atRisk - (unknown[interval] ?? 0) - n + HALF));
    atRisk -= left[interval] ?? 0;
    return odds;
  });
}

function appendSamples(matrix: FeatureMatrix, others: FeatureMatrix): FeatureMatrix {
  return {
    ...matrix,
    nSamples: matrix.nSamples + others.nSamples,
    columns: matrix.columns.map((column, j) => joinValues(column, others.columns[j] ?? new Float64Array(0))),
  };
}

function joinValues(first: Float64Array, second: Float64Array): Float64Array {
  const joined = new Float64Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

/** Log-odds of ending in each interval: `out[sample × intervals + interval]`. */
export function predictLogOdds(
  { logOdds, trees }: Pick<HazardState, 'logOdds' | 'trees'>,
  matrix: FeatureMatrix,
): Float64Array {
  const nIntervals = logOdds.length;
  const out = new Float64Array(matrix.nSamples * nIntervals);
  for (let at = 0; at < out.length; at += nIntervals) out.set(logOdds, at);
  addTreesByInterval(trees, matrix, nIntervals, out);
  return out;
}

/** The quantile of the survival curve that log-odds by interval give, on the learnt scale. */
export function findCurveQuantile(
  { durations }: Pick<HazardState, 'durations'>,
  logOdds: ArrayLike<number>,
  share: number,
): number {
  let survived = 1;
  const last = durations.length - 1;
  for (let k = 0; k <= last; k++) {
    const after = k === last ? 0 : survived / (1 + exactExp(logOdds[k] ?? 0));
    if (1 - after >= share || k === last) {
      const within = (share - (1 - survived)) / (survived - after);
      return quantileOfSorted(durations[k] ?? [], Math.min(1, Math.max(0, within)));
    }
    survived = after;
  }
  return NaN;
}

/** Samples whose curves are held at once. */
const BATCH = 4096;

/** Quantiles on the learnt scale: `out[q][i]` at `shares[q]`, ascending. O(samples × trees × leaves met on the way). */
export function predictHazardQuantiles(
  state: HazardState,
  matrix: FeatureMatrix,
  shares: readonly number[],
): Float64Array[] {
  const out = shares.map(() => new Float64Array(matrix.nSamples));
  const nIntervals = state.logOdds.length;
  for (let from = 0; from < matrix.nSamples; from += BATCH) {
    const batch = sliceSamples(matrix, from, Math.min(matrix.nSamples, from + BATCH));
    const curves = predictLogOdds(state, batch);
    for (let i = 0; i < batch.nSamples; i++) {
      const curve = curves.subarray(i * nIntervals, (i + 1) * nIntervals);
      shares.forEach(
        (share, q) => ((out[q] as Float64Array)[from + i] = findCurveQuantile(state, curve, share)),
      );
    }
  }
  return out;
}

/** The interval that half of all outages do not outlast. */
export function findMedianInterval({ logOdds }: HazardState): number {
  let survived = 1;
  const interval = logOdds.findIndex((odds) => {
    survived /= 1 + exactExp(odds);
    return survived <= HALF;
  });
  return interval < 0 ? logOdds.length - 1 : interval;
}
