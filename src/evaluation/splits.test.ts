import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Fold,
  splitGroupFolds,
  splitGroupHoldout,
  splitRandomFolds,
  splitRandomHoldout,
  splitStratifiedFolds,
  splitStratifiedHoldout,
  splitTimeFolds,
  splitTimeHoldout,
} from './splits.ts';

function expectPartition(folds: readonly Fold[], nSamples: number): void {
  const tested = folds.flatMap((fold) => Array.from(fold.testRows)).sort((a, b) => a - b);
  expect(tested).toEqual(Array.from({ length: nSamples }, (_, i) => i));
  for (const fold of folds) {
    const all = new Set([...fold.trainRows, ...fold.testRows]);
    expect(all.size).toBe(nSamples);
    expect(fold.trainRows.length + fold.testRows.length).toBe(nSamples);
  }
}

describe('splitRandomFolds', () => {
  test('each sample is tested exactly once a repeat, and folds are of equal size to one sample', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 200 }),
        fc.integer({ min: 2, max: 10 }),
        fc.integer(),
        (n, k, seed) => {
          const folds = splitRandomFolds(n, k, seed);
          expectPartition(folds, n);
          const sizes = folds.map((fold) => fold.testRows.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('repeats differ, the same seed does not', () => {
    const folds = splitRandomFolds(100, 5, 3, 2);
    expect(folds).toHaveLength(10);
    expectPartition(
      folds.filter((fold) => fold.repeat === 1),
      100,
    );
    expect(folds[0]?.testRows).not.toEqual(folds[5]?.testRows);
    expect(splitRandomFolds(100, 5, 3, 2)).toEqual(folds);
    expect(splitRandomFolds(100, 5, 4, 2)).not.toEqual(folds);
  });

  test('refuses more folds than samples and numbers of folds that are no number of folds', () => {
    expect(() => splitRandomFolds(3, 5, 1)).toThrow(expect.objectContaining({ code: 'too-few-rows' }));
    expect(() => splitRandomFolds(30, 1, 1)).toThrow(expect.objectContaining({ code: 'invalid-setting' }));
    expect(() => splitRandomFolds(30, 2.5, 1)).toThrow(expect.objectContaining({ code: 'invalid-setting' }));
  });
});

test('splitStratifiedFolds gives every fold the same spread of targets', () => {
  const target = Float64Array.from({ length: 500 }, (_, i) => (i % 10 === 0 ? 1000 + i : i / 100));
  const folds = splitStratifiedFolds(target, 5, 7);
  expectPartition(folds, 500);
  for (const fold of folds) {
    expect(fold.testRows.filter((row) => (target[row] as number) > 900)).toHaveLength(10);
  }
  const twice = splitStratifiedFolds(target, 5, 7, 2);
  expect(twice.slice(0, 5)).toEqual(folds);
  expect(twice[5]).toMatchObject({ repeat: 1 });
  expect(twice[5]?.testRows).not.toEqual(folds[0]?.testRows);
});

test('splitGroupFolds never parts a group, and balances the folds', () => {
  const codes = Int32Array.from({ length: 300 }, (_, i) => i % 23);
  const folds = splitGroupFolds(codes, 5, 1);
  expectPartition(folds, 300);
  for (const fold of folds) {
    const known = new Set(Array.from(fold.trainRows, (row) => codes[row]));
    expect(fold.testRows.some((row) => known.has(codes[row]))).toBe(false);
    expect(fold.testRows.length).toBeGreaterThan(40);
  }
});

test('splitTimeFolds only ever learns from what started earlier, and leaves undated outages out', () => {
  const start = Float64Array.from({ length: 101 }, (_, i) => ((i * 37) % 101) * 1000);
  start[5] = NaN;
  const folds = splitTimeFolds(start, 4);
  expect(folds).toHaveLength(4);
  for (const fold of folds) {
    const lastKnown = Math.max(...Array.from(fold.trainRows, (row) => start[row] as number));
    const firstTested = Math.min(...Array.from(fold.testRows, (row) => start[row] as number));
    expect(lastKnown).toBeLessThanOrEqual(firstTested);
    expect([...fold.trainRows, ...fold.testRows]).not.toContain(5);
  }
  expect(folds.flatMap((fold) => Array.from(fold.testRows))).toHaveLength(80);
});

describe('a holdout', () => {
  test('keeps the asked share, at least one on each side', () => {
    const share = (testShare: number) => ({ testShare, seed: 1 });
    expect(splitRandomHoldout(1000, share(0.2)).testRows).toHaveLength(200);
    expect(splitRandomHoldout(3, share(0.01)).testRows).toHaveLength(1);
    expect(splitRandomHoldout(3, share(0.99)).trainRows).toHaveLength(1);
    for (const wrong of [0, 1, NaN]) {
      expect(() => splitRandomHoldout(3, share(wrong))).toThrow(
        expect.objectContaining({ code: 'invalid-setting' }),
      );
    }
  });

  test('by time, holds out the latest', () => {
    const fold = splitTimeHoldout(Float64Array.of(5, 1, 4, 2, 3, NaN), { testShare: 0.4 });
    expect(Array.from(fold.testRows)).toEqual([0, 2]);
    expect(Array.from(fold.trainRows)).toEqual([1, 3, 4]);
  });

  test('stratified, draws one of each slice of the targets', () => {
    const target = Float64Array.from({ length: 500 }, (_, i) => (i % 10 === 0 ? 1000 + i : i / 100));
    const fold = splitStratifiedHoldout(target, { testShare: 0.2, seed: 3 });
    expectPartition([fold, { ...fold, testRows: fold.trainRows, trainRows: fold.testRows }], 500);
    expect(fold.testRows).toHaveLength(100);
    expect(fold.testRows.filter((row) => (target[row] as number) > 900)).toHaveLength(10);
    expect(splitStratifiedHoldout(target, { testShare: 0.2, seed: 4 })).not.toEqual(fold);
  });

  test('by group, never parts one, and always keeps one to learn from', () => {
    const codes = Int32Array.from({ length: 300 }, (_, i) => i % 23);
    const { trainRows, testRows } = splitGroupHoldout(codes, { testShare: 0.2, seed: 1 });
    const known = new Set(Array.from(trainRows, (row) => codes[row]));
    expect(testRows.some((row) => known.has(codes[row]))).toBe(false);
    expect(trainRows.length + testRows.length).toBe(300);
    expect(testRows.length).toBeGreaterThanOrEqual(60);
    expect(testRows.length).toBeLessThan(80);
    expect(
      splitGroupHoldout(Int32Array.of(0, 0, 0, 1), { testShare: 0.9, seed: 1 }).trainRows.length,
    ).toBeGreaterThan(0);
    expect(() => splitGroupHoldout(Int32Array.of(0, 0), { testShare: 0.5, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'too-few-rows' }),
    );
  });
});
