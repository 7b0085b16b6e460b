import { argsort, gather, spreadEvenly } from '#base/arrays.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findClassFeature } from './median-per-class.ts';
import { collectQuantiles, LEAST_PAST_OUTAGES } from './past-outages.ts';

/**
 * Reference-class forecasting with its whole distribution: what the outages of the same unit and class took. An outage
 * is given the narrowest past that holds 8 outages: that of its unit within its class, of its unit, of its class, of all.
 */
export interface OwnPastState {
  readonly family: 'own-past';
  /** Positions of the features that name the unit and the class; −1 where there is none. */
  readonly unitIndex: number;
  readonly classIndex: number;
  /** Of the past outages, ascending, on the learnt scale. */
  readonly durations: readonly number[];
  /** Category code of the unit and of the class of each of them; −1 where it is missing. */
  readonly units: readonly number[];
  readonly classes: readonly number[];
}

/** Outages kept at most, evenly spread: a model's file has to stay small. */
const MAX_PAST_OUTAGES = 20_000;

/**
 * Keeps the past outages with their unit and class. `only` names features by position, −1 for none; without a class
 * the category that separates the durations best is found: of those that a unit has several labels of (the nature of the
 * work), else of the others (its site). O(categorical features × n log n).
 */
export function fitOwnPast(
  matrix: FeatureMatrix,
  target: Float64Array,
  nCategories: readonly number[],
  only: { readonly unitIndex: number; readonly classIndex?: number },
): OwnPastState {
  const { unitIndex } = only;
  const classIndex = only.classIndex ?? findOwnClass(matrix, target, nCategories, unitIndex);
  const kept = spreadEvenly(target.length, MAX_PAST_OUTAGES);
  const order = argsort(gather(target, kept));
  const codesOf = (index: number) => Array.from(order, (at) => toCode(matrix.columns[index]?.[kept[at]]));
  return {
    family: 'own-past',
    unitIndex,
    classIndex,
    durations: Array.from(order, (at) => target[kept[at]]),
    units: codesOf(unitIndex),
    classes: codesOf(classIndex),
  };
}

/** On average, or the unit within a class is but the unit again. */
const MIN_LABELS_PER_UNIT = 1.2;

function findOwnClass(
  matrix: FeatureMatrix,
  target: Float64Array,
  nCategories: readonly number[],
  unitIndex: number,
): number {
  const candidates = nCategories.flatMap((n, i) => (n > 1 && i !== unitIndex ? [i] : []));
  const units = matrix.columns[unitIndex];
  const varied = candidates.filter(
    (i) => units && countLabelsPerUnit(units, matrix.columns[i]) >= MIN_LABELS_PER_UNIT,
  );
  const found = findClassFeature(matrix, target, nCategories, varied);
  return found >= 0 ? found : findClassFeature(matrix, target, nCategories, candidates);
}

function countLabelsPerUnit(units: Float64Array, labels: Float64Array): number {
  const pairs = new Set<string>();
  const known = new Set<number>();
  units.forEach((unit, i) => {
    if (Number.isNaN(unit) || Number.isNaN(labels[i])) return;
    known.add(unit);
    pairs.add(`${unit} ${labels[i]}`);
  });
  return pairs.size / Math.max(1, known.size);
}

function toCode(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? -1 : value;
}

/** Durations by unit and class, each ascending; a code of −1 stands for all of them. */
type PastIndex = ReadonlyMap<string, Float64Array>;

const indexes = new WeakMap<OwnPastState, PastIndex>();

const ALL = -1;

function keyOf(unit: number, outageClass: number): string {
  return `${unit} ${outageClass}`;
}

/** Remembered: one prediction is quick by it. O(past outages). */
function indexPast(state: OwnPastState): PastIndex {
  const known = indexes.get(state);
  if (known) return known;
  const members = new Map<string, number[]>();
  state.durations.forEach((duration, i) => {
    const [unit, outageClass] = [state.units[i], state.classes[i]];
    const keys = new Set([
      keyOf(unit, outageClass),
      keyOf(unit, ALL),
      keyOf(ALL, outageClass),
      keyOf(ALL, ALL),
    ]);
    for (const key of keys) {
      const group = members.get(key);
      if (group) group.push(duration);
      else members.set(key, [duration]);
    }
  });
  const index = new Map([...members].map(([key, durations]) => [key, Float64Array.from(durations)]));
  indexes.set(state, index);
  return index;
}

/** Whose past an outage is given: codes of unit and class, −1 for "any". */
export interface PastGroup {
  readonly unit: number;
  readonly outageClass: number;
}

/** The narrowest group with enough past outages; codes of −1 are not known. */
export function findPastGroup(state: OwnPastState, unit: number, outageClass: number): PastGroup {
  const index = indexPast(state);
  const isEnough = ({ unit: u, outageClass: c }: PastGroup) =>
    (index.get(keyOf(u, c))?.length ?? 0) >= LEAST_PAST_OUTAGES;
  const chain: PastGroup[] = [
    ...(unit >= 0 && outageClass >= 0 ? [{ unit, outageClass }] : []),
    ...(unit >= 0 ? [{ unit, outageClass: ALL }] : []),
    ...(outageClass >= 0 ? [{ unit: ALL, outageClass }] : []),
  ];
  return chain.find(isEnough) ?? { unit: ALL, outageClass: ALL };
}

/** The durations of that group, ascending, on the learnt scale. */
export function findOwnPast(state: OwnPastState, unit: number, outageClass: number): Float64Array {
  const group = findPastGroup(state, unit, outageClass);
  return indexPast(state).get(keyOf(group.unit, group.outageClass)) as Float64Array;
}

/** Codes of a sample's unit and class; −1 where it has none, or none that is known. */
export function readUnitAndClass(
  state: OwnPastState,
  matrix: FeatureMatrix,
  sample: number,
): readonly [unit: number, outageClass: number] {
  const codeAt = (index: number) => toCode(matrix.columns[index]?.[sample]);
  return [codeAt(state.unitIndex), codeAt(state.classIndex)];
}

/** Quantiles of each sample's own past, on the learnt scale: `out[q][i]` at `shares[q]`. */
export function predictOwnPastQuantiles(
  state: OwnPastState,
  matrix: FeatureMatrix,
  shares: readonly number[],
): Float64Array[] {
  return collectQuantiles(matrix.nSamples, shares, (sample) =>
    findOwnPast(state, ...readUnitAndClass(state, matrix, sample)),
  );
}
