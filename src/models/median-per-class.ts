import { gather } from '#base/arrays.ts';
import { mean, median } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';

/** A class of n outages counts as n against this many outages at the overall median. */
const SHRINKAGE = 5;
const N_PARTS = 5;

/**
 * Reference-class forecasting (Kahneman & Tversky 1979; Flyvbjerg 2006) at its plainest: the median of
 * the past outages of the same class.
 */
export interface MedianPerClassState {
  readonly family: 'median-per-class';
  /** Position of the class feature; −1 when no feature separates the durations, then always `overall`. */
  readonly featureIndex: number;
  readonly overall: number;
  /** Of each category code, already shrunk towards `overall`. */
  readonly medians: readonly number[];
}

/**
 * Chooses, on the training samples alone, the category feature whose class medians predict best (five
 * parts, each predicted from the other four), then takes each class's median, shrunk to the overall
 * one as n / (n + 5): a class seen twice is hardly a class. `only` fixes the feature instead.
 * O(categorical features × n log n).
 */
export function fitMedianPerClass(
  matrix: FeatureMatrix,
  target: Float64Array,
  nCategories: readonly number[],
  only?: number,
): MedianPerClassState {
  const candidates = nCategories.flatMap((n, i) => (n > 1 ? [i] : []));
  const overall = median(target);
  const featureIndex = only ?? findClassFeature(matrix, target, nCategories, candidates);
  if (featureIndex < 0) return { family: 'median-per-class', featureIndex, overall, medians: [] };
  const codes = matrix.columns[featureIndex];
  const all = Uint32Array.from(target, (_, i) => i);
  return {
    family: 'median-per-class',
    featureIndex,
    overall,
    medians: findShrunkMedians(codes, nCategories[featureIndex], target, all, overall),
  };
}

/** Of the candidates, the category feature whose class medians predict best; −1 where none beats the overall median. */
export function findClassFeature(
  matrix: FeatureMatrix,
  target: Float64Array,
  nCategories: readonly number[],
  candidates: readonly number[],
): number {
  const overall = median(target);
  let best = mean(target.map((value) => Math.abs(value - overall)));
  let found = -1;
  if (candidates.length === 0) return found;
  const parts = listParts(target);
  for (const candidate of candidates) {
    const error = findCrossedError(matrix.columns[candidate], nCategories[candidate], target, parts);
    if (error < best) {
      best = error;
      found = candidate;
    }
  }
  return found;
}

interface Part {
  /** The samples of the other parts. */
  readonly known: Uint32Array;
  /** Their median. */
  readonly overall: number;
}

/** Every fifth sample, from the first on, the second, … */
function listParts(target: Float64Array): readonly Part[] {
  const all = Uint32Array.from(target.keys());
  return Array.from({ length: N_PARTS }, (_, part) => {
    const known = all.filter((i) => i % N_PARTS !== part);
    return { known, overall: median(gather(target, known)) };
  });
}

/** Mean absolute error of class medians when each part is predicted from the others. */
function findCrossedError(
  codes: Float64Array,
  nCategories: number,
  target: Float64Array,
  parts: readonly Part[],
): number {
  let sum = 0;
  for (const [part, { known, overall }] of parts.entries()) {
    const medians = findShrunkMedians(codes, nCategories, target, known, overall);
    for (let i = part; i < target.length; i += N_PARTS) {
      sum += Math.abs(target[i] - (medians[codes[i]] ?? overall));
    }
  }
  return sum / target.length;
}

function findShrunkMedians(
  codes: Float64Array,
  nCategories: number,
  target: Float64Array,
  samples: Uint32Array,
  overall: number,
): number[] {
  const members: number[][] = Array.from({ length: nCategories }, () => []);
  for (const i of samples) members[codes[i]]?.push(target[i]);
  return members.map((values) =>
    values.length === 0
      ? overall
      : (values.length * median(values) + SHRINKAGE * overall) / (values.length + SHRINKAGE),
  );
}

export function predictMedianPerClass(state: MedianPerClassState, matrix: FeatureMatrix): Float64Array {
  const out = new Float64Array(matrix.nSamples).fill(state.overall);
  const codes = matrix.columns[state.featureIndex];
  if (codes) for (let i = 0; i < out.length; i++) out[i] = state.medians[codes[i]] ?? state.overall;
  return out;
}
