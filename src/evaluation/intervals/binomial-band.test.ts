import { expect, test } from 'vitest';
import { findBinomialBand } from './binomial-band.ts';

/** Quantiles by summing every probability, by Pascal's recursion. */
function bandBySumming(n: number, p: number): [number, number] {
  let probabilities = [1];
  for (let i = 0; i < n; i++) {
    probabilities = Array.from(
      { length: i + 2 },
      (_, k) => (probabilities[k] ?? 0) * (1 - p) + (probabilities[k - 1] ?? 0) * p,
    );
  }
  const quantile = (share: number): number => {
    let sum = 0;
    return probabilities.findIndex((value) => (sum += value) >= share);
  };
  return [quantile(0.025) / n, quantile(0.975) / n];
}

test('agrees with the sum over every count', () => {
  for (const n of [1, 2, 9, 30, 77, 200]) {
    for (const p of [0.1, 0.5, 0.8, 0.9]) expect(findBinomialBand(n, p)).toEqual(bandBySumming(n, p));
  }
});

test('for many outages it is the normal band', () => {
  const [low, high] = findBinomialBand(1_000_000, 0.8);
  expect(low).toBeCloseTo(0.8 - 1.96 * 0.0004, 5);
  expect(high).toBeCloseTo(0.8 + 1.96 * 0.0004, 5);
});

test('no outage tells nothing', () => {
  expect(findBinomialBand(0, 0.8)).toEqual([0, 1]);
});
