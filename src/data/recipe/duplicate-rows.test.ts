import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Column } from '../table.ts';
import { runAtOnce } from '#base/slices.ts';
import { findDuplicateRows } from './duplicate-rows.ts';

describe('findDuplicateRows', () => {
  it('finds the first equal row, as comparing all pairs does', () => {
    const row = fc.tuple(fc.constantFrom(0, -0, 1, NaN), fc.integer({ min: -1, max: 2 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const columns: Column[] = [
          { type: 'number', name: 'x', values: Float64Array.from(rows, ([x]) => x) },
          {
            type: 'category',
            name: 'c',
            codes: Int32Array.from(rows, ([, code]) => code),
            categories: ['a', 'b', 'c'],
          },
        ];
        const isEqual = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));
        const expected = rows.map(([x, code]) =>
          rows.findIndex((other) => isEqual(other[0], x) && other[1] === code),
        );
        expect(Array.from(runAtOnce(findDuplicateRows(columns, rows.length)))).toEqual(expected);
      }),
    );
  });

  it('calls no row a duplicate where nothing is compared', () => {
    expect(Array.from(runAtOnce(findDuplicateRows([], 3)))).toEqual([0, 1, 2]);
  });
});
