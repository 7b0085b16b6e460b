import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPicked, moveBound, type Range, spanOf } from './brush.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

it('picks the lines that pass every bound, and none that a bound axis does not know', () => {
  const bounds = new Map<number, Range>([
    [0, [0.2, 0.6]],
    [2, [0.5, 1]],
  ]);
  expect(isPicked([0.2, 0, 0.5], bounds)).toBe(true);
  expect(isPicked([0.7, 0, 0.5], bounds)).toBe(false);
  expect(isPicked([0.3, 0, NaN], bounds)).toBe(false);
  expect(isPicked([NaN, NaN, NaN], new Map())).toBe(true);
});

it('moves a bound within the axis and never past the other one; the whole axis is no bound', () => {
  fc.assert(
    fc.property(
      share,
      share,
      fc.constantFrom<0 | 1>(0, 1),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (a, b, end, by) => {
        const range = [Math.min(a, b), Math.max(a, b)] as const;
        const [low, high] = moveBound(range, end, by) ?? [0, 1];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high);
      },
    ),
  );
  expect(moveBound([0.05, 1], 0, -0.05)).toBeNull();
  expect(moveBound([0, 1], 1, -0.05)).toEqual([0, 0.95]);
  expect(spanOf(0.8, 0.3)).toEqual([0.3, 0.8]);
  expect(spanOf(0.5, 0.505)).toBeNull();
});
