import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseWeights, type WeighedCandidate } from './weighted-choice.ts';

const candidate = (id: string, errors: readonly number[], isReference = false): WeighedCandidate => ({
  id,
  isReference,
  absoluteErrors: Float64Array.from(errors),
});
const alternate = (n: number, a: number, b: number) => Array.from({ length: n }, (_, i) => (i % 2 ? a : b));

describe('chooseWeights', () => {
  it('gives nearly all to a candidate that is twice as good on thirty outages', () => {
    const { weights, isGuarded } = chooseWeights([
      candidate('median', alternate(30, 9, 11), true),
      candidate('ridge', alternate(30, 4, 6)),
    ]);
    expect(weights[0]).toEqual({ id: 'ridge', weight: expect.closeTo(1, 3) });
    expect(isGuarded).toBe(false);
  });

  it('weighs as mean error to the power of −n/2', () => {
    const n = 30;
    const { weights } = chooseWeights([
      candidate('a', alternate(n, 10, 10)),
      candidate('b', alternate(n, 11, 11)),
    ]);
    expect(weights[0]!.weight / weights[1]!.weight).toBeCloseTo((11 / 10) ** (n / 2), 9);
  });

  it('leaves half to the best reference where it is not beaten by one standard error', () => {
    const { weights, isGuarded, best, bestReference } = chooseWeights([
      candidate('median', alternate(20, 5, 15), true),
      candidate('forest', alternate(20, 14.8, 5.1)),
    ]);
    expect({ isGuarded, best, bestReference }).toEqual({
      isGuarded: true,
      best: 'forest',
      bestReference: 'median',
    });
    expect(weights.find(({ id }) => id === 'median')?.weight).toBeGreaterThan(0.5);
  });

  it('keeps three, compares on outages that all were judged on, and is finite where nothing errs', () => {
    const errors = [1, 2, 3, NaN, 4];
    const four = chooseWeights(
      ['a', 'b', 'c', 'd'].map((id, i) =>
        candidate(
          id,
          errors.map((e) => e + i),
        ),
      ),
    );
    expect(four.weights.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    const constant = chooseWeights([candidate('m', [0, 0, 0], true), candidate('r', [0, 0, 0])]);
    expect(constant.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(constant.best).toBe('m');
  });

  it('sums to 1 and does not depend on the order of the candidates', () => {
    const errors = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(errors, { minLength: 1, maxLength: 6 }), (lists) => {
        const all = lists.map((list, i) => candidate(`c${i}`, list, i === 0));
        const choice = chooseWeights(all);
        expect(choice.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
        const means = new Set(lists.map((list) => list.reduce((a, b) => a + b, 0)));
        fc.pre(means.size === lists.length);
        expect(chooseWeights(all.toReversed())).toEqual(choice);
      }),
    );
  });
});
