import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileOfWeighted, weighEnded } from './kaplan-meier.ts';
import { quantileOfSorted } from './statistics.ts';

const values = (minLength: number) => fc.array(fc.integer({ min: 1, max: 30 }), { minLength, maxLength: 40 });

/** The product of 1 − d/n over the ends up to `time`, as in the books. */
function surviveNaively(ended: readonly number[], underWay: readonly number[], time: number): number {
  return [...new Set(ended)]
    .filter((end) => end <= time)
    .reduce((survived, end) => {
      const atRisk = [...ended, ...underWay].filter((value) => value >= end).length;
      return survived * (1 - ended.filter((value) => value === end).length / atRisk);
    }, 1);
}

describe('what ended, weighed for what is under way', () => {
  test('is the Kaplan–Meier curve, ties and all; the weights and the rest are all there are', () => {
    fc.assert(
      fc.property(values(1), values(0), fc.integer({ min: 0, max: 31 }), (ended, underWay, time) => {
        const { weights, beyond } = weighEnded(ended, underWay);
        const all = ended.length + underWay.length;
        const over = ended.reduce((sum, end, i) => (end <= time ? sum + (weights[i] ?? NaN) : sum), 0);
        expect(1 - over / all).toBeCloseTo(surviveNaively(ended, underWay, time), 10);
        expect(weights.reduce((sum, weight) => sum + weight, beyond)).toBeCloseTo(all, 8);
        expect(beyond).toBeGreaterThanOrEqual(-1e-9);
      }),
    );
  });

  test('counts one each where none is under way', () => {
    expect(weighEnded([3, 1, 2], [])).toEqual({ weights: Float64Array.of(1, 1, 1), beyond: 0 });
  });

  test('has the usual quantiles where all weigh the same, and rising ones ever', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values(1), share, share, (list, a, b) => {
        const sorted = list.toSorted((x, y) => x - y);
        const equal = sorted.map(() => 3);
        expect(quantileOfWeighted(sorted, equal, a)).toBeCloseTo(quantileOfSorted(sorted, a), 8);
        const weights = sorted.map((_, i) => 1 + (i % 3));
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(quantileOfWeighted(sorted, weights, low)).toBeLessThanOrEqual(
          quantileOfWeighted(sorted, weights, high) + 1e-9,
        );
      }),
    );
  });
});
