import { argsort, gather, spreadEvenly } from '#base/arrays.ts';
import { findRange, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { collectQuantiles, LEAST_PAST_OUTAGES } from './past-outages.ts';

/** Outages kept at most, evenly spread: each answer looks at them all, and columns are weighed by thousands of answers. */
const MAX_PAST_OUTAGES = 5000;

/** Enough for a P10 and a P90 that four outages lie beyond. */
const MOST_NEIGHBOURS = 40;

/** Distances are whole numbers of thousandths of a feature's span: their sums are exact, in whatever order. */
const ONE = 1000;
const MISSING = -1;
/** Beyond this many thousandths all values are one: some thirty spans from the least. */
export const MAX_PLACE = 30_000;

/** One feature as the distance reads it; `unused`: it was the same for all past outages, so it tells none apart. */
export type PlacedFeature =
  | { readonly kind: 'unused' }
  | {
      readonly kind: 'number';
      /** Value at place 0, and how far it is from one place to the next. */
      readonly origin: number;
      readonly step: number;
      /** Of each past outage; −1 where it is missing. */
      readonly places: readonly number[];
    }
  | {
      readonly kind: 'category';
      /** Its code for each past outage; −1 where it is missing. */
      readonly places: readonly number[];
    };

/**
 * The past outages most like a case, by all that is known of it: their quantiles are the answer (k nearest neighbours).
 * Likeness is Gower's (1971): a number differs by its distance over the span of nine outages in ten, one at most; a
 * category by 0 or 1; what is missing is as far as can be from everything.
 */
export interface NearestPastState {
  readonly family: 'nearest-past';
  readonly nNeighbours: number;
  /** One a feature of the encoder. */
  readonly features: readonly PlacedFeature[];
  /** Of the past outages, ascending, on the learnt scale. */
  readonly durations: readonly number[];
}

/** Places all past outages. O(features × n log n). */
export function fitNearestPast(
  matrix: FeatureMatrix,
  target: Float64Array,
  nCategories: readonly number[],
): NearestPastState {
  const kept = spreadEvenly(target.length, MAX_PAST_OUTAGES);
  const order = argsort(gather(target, kept));
  const rows = Int32Array.from(order, (at) => kept[at]);
  return {
    family: 'nearest-past',
    nNeighbours: chooseNNeighbours(rows.length),
    features: matrix.columns.map((column, i) => placeFeature(gather(column, rows), nCategories[i] > 0)),
    durations: Array.from(rows, (row) => target[row]),
  };
}

/**
 * A fifth of what there is: more of a small past would be no neighbourhood, but nearly all of it. Eight at least, as
 * fewer have no P10 and P90.
 */
function chooseNNeighbours(nSamples: number): number {
  const most = Math.min(MOST_NEIGHBOURS, Math.round(nSamples / 5));
  return Math.min(nSamples, Math.max(LEAST_PAST_OUTAGES, most));
}

function placeFeature(values: Float64Array, isCategory: boolean): PlacedFeature {
  const sorted = sortedFinite(values);
  const [least, greatest] = findRange(sorted);
  if (!(least < greatest)) return { kind: 'unused' };
  if (isCategory) return { kind: 'category', places: Array.from(values, toCode) };
  const usual = quantileOfSorted(sorted, 0.95) - quantileOfSorted(sorted, 0.05);
  const step = (usual > 0 ? usual : greatest - least) / ONE;
  // A whole span below the least: what a case has there is as far from all past outages as can be.
  const grid = { kind: 'number', origin: least - ONE * step, step } as const;
  return { ...grid, places: Array.from(values, (value) => toPlace(grid, value)) };
}

function toCode(value: number): number {
  return Number.isNaN(value) ? MISSING : value;
}

function toPlace(
  { origin, step }: { readonly origin: number; readonly step: number },
  value: number,
): number {
  if (Number.isNaN(value)) return MISSING;
  return Math.min(Math.max(Math.round((value - origin) / step), 0), MAX_PLACE);
}

/**
 * Samples as the distance reads them: one array a feature, empty for one that is not used. What is missing stands at a
 * place so far away that no other check is needed.
 */
export type PlacedSamples = readonly Int32Array[];

const FAR = 1_000_000;

function layOut(places: ArrayLike<number>): Int32Array {
  return Int32Array.from(places, (place) => (place === MISSING ? FAR : place));
}

/** O(features × samples). */
export function placeSamples({ features }: NearestPastState, matrix: FeatureMatrix): PlacedSamples {
  return features.map((feature, i) => {
    if (feature.kind === 'unused') return new Int32Array(0);
    const place = feature.kind === 'number' ? (value: number) => toPlace(feature, value) : toCode;
    return layOut(Array.from(matrix.columns[i], place));
  });
}

const placedPasts = new WeakMap<NearestPastState, PlacedSamples>();

/** The past outages themselves. Remembered. */
export function findPlacedPast(state: NearestPastState): PlacedSamples {
  const known = placedPasts.get(state);
  if (known) return known;
  const placed = state.features.map((feature) => layOut(feature.kind === 'unused' ? [] : feature.places));
  placedPasts.set(state, placed);
  return placed;
}

/** Adds what one feature puts between a place and each of the samples, in thousandths. O(samples). */
export function addDistances(
  feature: PlacedFeature,
  samples: Int32Array,
  place: number,
  outDistances: Int32Array,
): void {
  if (feature.kind === 'unused') return;
  const n = outDistances.length;
  if (place === FAR) {
    for (let i = 0; i < n; i++) outDistances[i] = outDistances[i] + ONE;
  } else if (feature.kind === 'category') {
    for (let i = 0; i < n; i++) outDistances[i] = outDistances[i] + (samples[i] === place ? 0 : ONE);
  } else {
    // min(ONE, |difference|) by sign bits: a branch would be guessed wrong half of the time, and take twice as long.
    for (let i = 0; i < n; i++) {
      const difference = samples[i] - place;
      const sign = difference >> 31;
      const beyond = (difference ^ sign) - sign - ONE;
      outDistances[i] = outDistances[i] + ONE + (beyond & (beyond >> 31));
    }
  }
}

/** Mean distance over the features used of each of `samples` from one of `cases`, in [0, 1]; 0 where none is used. */
export function measureGowerDistances(
  { features }: NearestPastState,
  samples: PlacedSamples,
  nSamples: number,
  cases: PlacedSamples,
  row: number,
): Float64Array {
  const sums = new Int32Array(nSamples);
  features.forEach((feature, i) => addDistances(feature, samples[i], cases[i][row], sums));
  const most = ONE * Math.max(1, features.filter(({ kind }) => kind !== 'unused').length);
  return Float64Array.from(sums, (sum) => sum / most);
}

/**
 * The durations of the nearest past outages, ascending: `nNeighbours` of them and all that are as near as the last, so
 * that no order of the rows decides between equals. `distances` is by past outage. O(n).
 */
export function findNearestPast(
  { nNeighbours, durations }: NearestPastState,
  distances: Int32Array,
): Float64Array {
  const limit = findSmallest(distances, nNeighbours);
  const found: number[] = [];
  for (let i = 0; i < distances.length; i++) if (distances[i] <= limit) found.push(durations[i]);
  return Float64Array.from(found);
}

/** Room that is used again: to make it anew for each case would take longer than to count in it. */
let counts = new Int32Array(0);

/** The n-th smallest of whole numbers from 0 up, by counting them: O(values + the largest). */
function findSmallest(values: Int32Array, n: number): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
  if (counts.length <= most) counts = new Int32Array(most + 1);
  counts.fill(0, 0, most + 1);
  for (let i = 0; i < values.length; i++) counts[values[i]] = counts[values[i]] + 1;
  let place = 0;
  for (let nBelow = counts[0]; nBelow < n; nBelow += counts[place]) place += 1;
  return place;
}

/** Quantiles of the nearest past outages, on the learnt scale: `out[q][i]` at `shares[q]`. O(samples × features × n). */
export function predictNearestPastQuantiles(
  state: NearestPastState,
  matrix: FeatureMatrix,
  shares: readonly number[],
): Float64Array[] {
  const past = findPlacedPast(state);
  const cases = placeSamples(state, matrix);
  const distances = new Int32Array(state.durations.length);
  return collectQuantiles(matrix.nSamples, shares, (sample) => {
    distances.fill(0);
    state.features.forEach((feature, i) => addDistances(feature, past[i], cases[i][sample], distances));
    return findNearestPast(state, distances);
  });
}
