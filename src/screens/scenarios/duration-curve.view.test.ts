import { expect, test } from 'vitest';
import { readCurve } from '#evaluation/intervals/duration-curve.ts';
import { choosePast, findAnnounced, findFarthest } from './duration-curve.view.ts';

const facts = (label: string, n: number) => ({
  column: 'c',
  label,
  durations: Array.from({ length: n }, (_, i) => i + 1),
  p50: null,
  p80: null,
});

test('the dots are of the unit where it has some, else of the class with most, and none for three outages', () => {
  expect(choosePast([facts('T1', 4), facts('ASR', 90)])?.label).toBe('T1');
  expect(choosePast([facts('T1', 3), facts('N4', 5), facts('ASR', 90)])?.label).toBe('ASR');
  expect(choosePast([facts('T1', 3), facts('ASR', 3)])).toBeNull();
  expect(choosePast([])).toBeNull();
});

test('one outage of many hundred days does not squeeze the others', () => {
  expect(findFarthest([...Array.from({ length: 79 }, (_, i) => i + 1), 900])).toBe(78);
  expect(findFarthest([3, 70])).toBe(70);
});

test('the chance of a plan is that of the curve, from below', () => {
  const points = [1, 2, 3].map((n) => ({ duration: 10 * n, probability: n / 4 }));
  const curve = { points, basis: 'overall' as const, n: 3 };
  expect([5, 10, 29, 75].map((plan) => readCurve(curve, plan))).toEqual([0, 0.25, 0.5, 0.75]);
});

test('a plan is the past outage’s own, or the one in the form', () => {
  const origin = { row: 3, actual: 9, announced: 7 };
  expect(findAnnounced([], { cells: [], origin })).toBe(7);
  expect(findAnnounced([], { cells: [], origin: null })).toBeNull();
});
