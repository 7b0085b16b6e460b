import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stackDots } from './dot-stacks.ts';

test('two humps are two: each with its dots, and nothing between', () => {
  const values = [1, 2, 2, 3, 1, 2, 60, 61, 60, 62];
  const { dots, height, nBeyond } = stackDots(values, [0, 70], 35);
  expect(nBeyond).toBe(0);
  expect(dots.filter(({ column }) => column <= 2)).toHaveLength(6);
  expect(dots.filter(({ column }) => column >= 29)).toHaveLength(4);
  expect(height).toBe(4);
});

test('each value within the axis has a dot of its own, stacked without a gap', () => {
  const values = fc.array(fc.double({ min: -50, max: 150, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 40 }), (durations, nColumns) => {
      const { dots, nBeyond } = stackDots(durations, [0, 100], nColumns);
      expect(dots.length + nBeyond).toBe(durations.length);
      const taken = new Set(dots.map(({ column, place }) => `${column} ${place}`));
      expect(taken.size).toBe(dots.length);
      for (const { column, place } of dots) {
        expect(column).toBeLessThan(nColumns);
        expect(place === 0 || taken.has(`${column} ${place - 1}`)).toBe(true);
      }
    }),
  );
});
