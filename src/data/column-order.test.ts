import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderByContent } from './column-order.ts';
import type { Column } from './table.ts';

const columns: readonly Column[] = [
  { type: 'number', name: 'a', values: Float64Array.of(1, NaN, 3) },
  { type: 'number', name: 'b', values: Float64Array.of(1, 0, 3) },
  { type: 'number', name: 'c', values: Float64Array.of(1, 0, 3) },
  { type: 'category', name: 'd', codes: Int32Array.of(0, 1, -1), categories: ['x', 'y'] },
  { type: 'category', name: 'e', codes: Int32Array.of(1, 0, -1), categories: ['x', 'y'] },
];

it('gives one order whatever the order of the file, and whatever the columns are called', () => {
  const first = orderByContent({ nRows: 3, columns }).columns.map(({ name }) => name);
  expect(first.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  fc.assert(
    fc.property(fc.shuffledSubarray([...columns], { minLength: 5 }), (shuffled) => {
      expect(orderByContent({ nRows: 3, columns: shuffled }).columns.map(({ name }) => name)).toEqual(first);
      // b and c hold the same: their names settle which comes first.
      const renamed = shuffled.map((column) => ({ ...column, name: `${column.name}-en` }));
      const names = orderByContent({ nRows: 3, columns: renamed }).columns.map(({ name }) => name);
      expect(names).toEqual(first.map((name) => `${name}-en`));
    }),
  );
});
