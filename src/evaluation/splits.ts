import { AppError } from '#base/errors.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';

/** Which samples a model learns from and which it is then judged on; ascending, disjoint. */
export interface Fold {
  readonly trainRows: Int32Array;
  readonly testRows: Int32Array;
  /** Which repetition of the k-fold this fold belongs to, from 0. */
  readonly repeat: number;
}

/** k folds of about equal size, each sample tested once a repeat. Seeded. */
export function splitRandomFolds(nSamples: number, nFolds: number, seed: number, nRepeats = 1): Fold[] {
  checkFolds(nSamples, nFolds);
  return Array.from({ length: nRepeats }, (_, repeat) => {
    const order = shuffledRows(nSamples, deriveSeed(seed, repeat));
    const foldOf = new Int32Array(nSamples);
    order.forEach((row, position) => (foldOf[row] = position % nFolds));
    return toFolds(foldOf, nFolds, repeat);
  }).flat();
}

/**
 * Random folds whose targets are distributed alike: samples are sorted by target and dealt to the
 * folds in blocks of k, shuffled within the block.
 */
export function splitStratifiedFolds(target: Float64Array, nFolds: number, seed: number): Fold[] {
  checkFolds(target.length, nFolds);
  const rng = createRng(seed);
  const order = shuffledRows(target.length, deriveSeed(seed, 0));
  order.sort((a, b) => (target[a] as number) - (target[b] as number));
  const foldOf = new Int32Array(target.length);
  const deal = Int32Array.from({ length: nFolds }, (_, fold) => fold);
  order.forEach((row, position) => {
    if (position % nFolds === 0) shuffleInPlace(deal, rng);
    foldOf[row] = deal[position % nFolds] as number;
  });
  return toFolds(foldOf, nFolds, 0);
}

/** Folds that never part a group (unit, site): each group is tested by a model that never saw it. */
export function splitGroupFolds(codes: Int32Array, nFolds: number, seed: number): Fold[] {
  const sizes = new Map<number, number>();
  for (const code of codes) sizes.set(code, (sizes.get(code) ?? 0) + 1);
  checkFolds(sizes.size, nFolds);
  const groups = Int32Array.from([...sizes.keys()].sort((a, b) => a - b));
  shuffleInPlace(groups, createRng(seed));
  // The largest groups first, each to the fold that is emptiest, so that folds end up alike.
  groups.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  const load = new Float64Array(nFolds);
  const foldOfGroup = new Map<number, number>();
  for (const group of groups) {
    const emptiest = load.indexOf(load.reduce((least, value) => Math.min(least, value), Infinity));
    foldOfGroup.set(group, emptiest);
    load[emptiest] = (load[emptiest] as number) + (sizes.get(group) ?? 0);
  }
  return toFolds(
    codes.map((code) => foldOfGroup.get(code) ?? 0),
    nFolds,
    0,
  );
}

/**
 * Expanding window: outages in order of their start are cut into k + 1 blocks, and block i + 1 is
 * predicted from blocks 0 to i. An outage without a start date is in no fold. This is how the model
 * will be used: on outages that come after those it knows.
 */
export function splitTimeFolds(start: Float64Array, nFolds: number): Fold[] {
  const order = orderByStart(start);
  checkFolds(order.length, nFolds + 1);
  const borders = Array.from({ length: nFolds + 2 }, (_, i) => Math.round((i * order.length) / (nFolds + 1)));
  return Array.from({ length: nFolds }, (_, fold) => ({
    trainRows: order.slice(0, borders[fold + 1]).sort(),
    testRows: order.slice(borders[fold + 1], borders[fold + 2]).sort(),
    repeat: 0,
  }));
}

export interface HoldoutSettings {
  readonly kind: 'random' | 'time';
  /** Share of the samples held out, in (0, 1). */
  readonly testShare: number;
  readonly seed: number;
}

/** One split: the held-out samples are drawn at random, or are the latest by start. */
export function splitHoldout(settings: HoldoutSettings, nSamples: number, start: Float64Array | null): Fold {
  const { kind, testShare, seed } = settings;
  if (!(testShare > 0 && testShare < 1)) {
    throw new AppError('invalid-setting', `testShare must be in (0, 1), got ${testShare}`, {
      name: 'testShare',
      value: testShare,
      min: 0,
      max: 1,
    });
  }
  if (nSamples < 2) {
    throw new AppError('too-few-rows', `${nSamples} rows cannot be split`, { nRows: nSamples, minimum: 2 });
  }
  if (kind === 'time' && !start) {
    throw new AppError('invalid-setting', 'a time split needs a start date column', {
      name: 'split',
      value: 'time',
    });
  }
  const order = kind === 'time' ? orderByStart(start as Float64Array) : shuffledRows(nSamples, seed);
  if (order.length < 2) {
    throw new AppError('too-few-rows', `${order.length} rows have a start date`, {
      nRows: order.length,
      minimum: 2,
    });
  }
  const nTest = Math.min(order.length - 1, Math.max(1, Math.round(testShare * order.length)));
  return {
    trainRows: order.slice(0, order.length - nTest).sort(),
    testRows: order.slice(order.length - nTest).sort(),
    repeat: 0,
  };
}

function checkFolds(nUnits: number, nFolds: number): void {
  if (!Number.isInteger(nFolds) || nFolds < 2 || nFolds > 50) {
    throw new AppError('invalid-setting', `nFolds must be an integer in [2, 50], got ${nFolds}`, {
      name: 'nFolds',
      value: nFolds,
      min: 2,
      max: 50,
    });
  }
  if (nUnits < nFolds) {
    throw new AppError('too-few-rows', `${nUnits} rows or groups cannot make ${nFolds} folds`, {
      nRows: nUnits,
      minimum: nFolds,
    });
  }
}

function shuffledRows(nSamples: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: nSamples }, (_, row) => row);
  shuffleInPlace(order, createRng(seed));
  return order;
}

/** Rows that have a start, earliest first, ties in the order of the file. */
function orderByStart(start: Float64Array): Int32Array {
  return Int32Array.from(start, (_, row) => row)
    .filter((row) => !Number.isNaN(start[row]))
    .sort((a, b) => (start[a] as number) - (start[b] as number) || a - b);
}

function toFolds(foldOf: Int32Array, nFolds: number, repeat: number): Fold[] {
  const rows = Int32Array.from(foldOf, (_, row) => row);
  return Array.from({ length: nFolds }, (_, fold) => ({
    trainRows: rows.filter((row) => foldOf[row] !== fold),
    testRows: rows.filter((row) => foldOf[row] === fold),
    repeat,
  }));
}
