import { AppError } from '#base/errors.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import type { SampleIndices } from '#data/row-index.ts';

/** Which samples a model learns from and which it is then judged on; ascending, disjoint. */
export interface Fold {
  readonly trainRows: SampleIndices;
  readonly testRows: SampleIndices;
  /** Which repetition of the k-fold this fold belongs to, from 0. */
  readonly repeat: number;
  /** Outages under way beside them, by their positions among these. Absent: none. */
  readonly underWay?: UnderWayFold;
}

export interface UnderWayFold {
  /** Learnt from, with what each had lasted when the others were asked about. */
  readonly learnt: SampleIndices;
  readonly elapsed: Float64Array;
  /** Forecast like test rows: their durations are known to be longer than what they lasted. */
  readonly judged: SampleIndices;
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
export function splitStratifiedFolds(
  target: Float64Array,
  nFolds: number,
  seed: number,
  nRepeats = 1,
): Fold[] {
  checkFolds(target.length, nFolds);
  return Array.from({ length: nRepeats }, (_, repeat) => {
    // The first repeat is what a single one has always been.
    const own = repeat === 0 ? seed : deriveSeed(seed, 1000 + repeat);
    const rng = createRng(own);
    const order = orderByTarget(target, own);
    const foldOf = new Int32Array(target.length);
    const deal = Int32Array.from({ length: nFolds }, (__, fold) => fold);
    order.forEach((row, position) => {
      if (position % nFolds === 0) shuffleInPlace(deal, rng);
      foldOf[row] = deal[position % nFolds];
    });
    return toFolds(foldOf, nFolds, repeat);
  }).flat();
}

/** Ascending; equal targets in a seeded order. */
function orderByTarget(target: Float64Array, seed: number): Int32Array {
  const order = shuffledRows(target.length, deriveSeed(seed, 0));
  return order.sort((a, b) => target[a] - target[b]);
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
    load[emptiest] = load[emptiest] + (sizes.get(group) ?? 0);
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

/** Share of the samples held out, in (0, 1). */
export interface HoldoutSettings {
  readonly testShare: number;
  readonly seed: number;
}

/** One split: the held-out samples are drawn at random. */
export function splitRandomHoldout(nSamples: number, { testShare, seed }: HoldoutSettings): Fold {
  return cutLast(shuffledRows(nSamples, seed), testShare);
}

/** One split: the held-out samples are the latest by start; those without one are in neither part. */
export function splitTimeHoldout(
  start: Float64Array,
  { testShare }: Pick<HoldoutSettings, 'testShare'>,
): Fold {
  return cutLast(orderByStart(start), testShare);
}

/** One split whose held-out targets are distributed as the others: one is drawn of each of as many equal slices. */
export function splitStratifiedHoldout(target: Float64Array, { testShare, seed }: HoldoutSettings): Fold {
  const order = orderByTarget(target, seed);
  const nTest = countHeldOut(order.length, testShare);
  const rng = createRng(deriveSeed(seed, 1));
  const isTest = new Uint8Array(target.length);
  for (let slice = 0; slice < nTest; slice++) {
    const from = Math.floor((slice * order.length) / nTest);
    const to = Math.floor(((slice + 1) * order.length) / nTest);
    isTest[order[from + rng.nextBelow(to - from)]] = 1;
  }
  return partByMark(isTest);
}

/** One split that never parts a group: whole groups are held out, drawn until the share is reached, one at least kept. */
export function splitGroupHoldout(codes: Int32Array, { testShare, seed }: HoldoutSettings): Fold {
  const nTest = countHeldOut(codes.length, testShare);
  const groups = Int32Array.from(new Set(codes)).sort();
  if (groups.length < 2) {
    throw new AppError('too-few-rows', `${groups.length} groups cannot be split`, {
      nRows: groups.length,
      minimum: 2,
    });
  }
  shuffleInPlace(groups, createRng(seed));
  const held = new Set<number>();
  let nHeld = 0;
  for (const group of groups.subarray(0, groups.length - 1)) {
    if (nHeld >= nTest) break;
    held.add(group);
    for (const code of codes) if (code === group) nHeld++;
  }
  return partByMark(Uint8Array.from(codes, (code) => (held.has(code) ? 1 : 0)));
}

function cutLast(order: Int32Array, testShare: number): Fold {
  const nTest = countHeldOut(order.length, testShare);
  return {
    trainRows: order.slice(0, order.length - nTest).sort(),
    testRows: order.slice(order.length - nTest).sort(),
    repeat: 0,
  };
}

function partByMark(isTest: Uint8Array): Fold {
  const rows = Int32Array.from(isTest, (_, row) => row);
  return {
    trainRows: rows.filter((row) => isTest[row] === 0),
    testRows: rows.filter((row) => isTest[row] === 1),
    repeat: 0,
  };
}

/** One at least, and one at least is left to learn from. */
function countHeldOut(nSamples: number, testShare: number): number {
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
  return Math.min(nSamples - 1, Math.max(1, Math.round(testShare * nSamples)));
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
    .sort((a, b) => start[a] - start[b] || a - b);
}

function toFolds(foldOf: Int32Array, nFolds: number, repeat: number): Fold[] {
  const rows = Int32Array.from(foldOf, (_, row) => row);
  return Array.from({ length: nFolds }, (_, fold) => ({
    trainRows: rows.filter((row) => foldOf[row] !== fold),
    testRows: rows.filter((row) => foldOf[row] === fold),
    repeat,
  }));
}
