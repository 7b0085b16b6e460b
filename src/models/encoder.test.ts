import { describe, expect, test } from 'vitest';
import type { Table } from '#data/table.ts';
import { cardinalityOf, countCategories, encode, fitEncoder } from './encoder.ts';

function categoryTable(name: string, labels: readonly (string | null)[]): Table {
  const categories = [...new Set(labels.filter((label) => label !== null))];
  const codes = Int32Array.from(labels, (label) => (label === null ? -1 : categories.indexOf(label)));
  return { nRows: labels.length, columns: [{ type: 'category', name, codes, categories }] };
}

describe('fitEncoder', () => {
  test('codes go by label, whatever the order of the rows', () => {
    const labels = ['b', 'a', 'c', 'c', null];
    const encoder = fitEncoder(categoryTable('type', labels));
    expect(encoder.features[0]).toMatchObject({
      categories: ['a', 'b', 'c'],
      counts: [1, 1, 2],
      nMissing: 1,
    });
    expect(fitEncoder(categoryTable('type', labels.toReversed())).features).toEqual(encoder.features);
  });

  test('beyond 1,000 categories the 999 most frequent stay and the rest share one code, said in a note', () => {
    const labels = Array.from({ length: 2400 }, (_, i) => `unit ${i < 1200 ? i : i % 999}`);
    const encoder = fitEncoder(categoryTable('unit', labels));
    const [feature] = encoder.features;
    expect(feature && countCategories(feature)).toBe(1000);
    expect(encoder.notes).toEqual([
      { code: 'categories-merged', feature: 'unit', nCategories: 1200, nKept: 999 },
    ]);
    const { matrix, unseen } = encode(encoder, categoryTable('unit', ['unit 3', 'unit 1100', 'never seen']));
    expect(matrix.columns[0]?.[0]).toBeLessThan(999);
    expect(matrix.columns[0]?.[1]).toBe(999);
    expect(matrix.columns[0]?.[2]).toBe(999);
    expect(unseen).toEqual([]);
  });

  test('the engine groups up to 8 categories at will and reads more as an ordered scale', () => {
    const few = fitEncoder(categoryTable('type', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']));
    const many = fitEncoder(categoryTable('unit', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']));
    expect(few.features.map(cardinalityOf)).toEqual([8]);
    expect(many.features.map(cardinalityOf)).toEqual([0]);
  });

  test('keeps the range and the quantiles that the what-if form shows', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i);
    values[100] = NaN;
    const table: Table = { nRows: 101, columns: [{ type: 'number', name: 'crew', values }] };
    expect(fitEncoder(table).features[0]).toEqual({
      name: 'crew',
      type: 'number',
      min: 0,
      max: 99,
      quantiles: [4.95, 24.75, 49.5, 74.25, 94.05].map((value) => expect.closeTo(value, 9)),
      isInteger: true,
      nMissing: 1,
    });
  });
});

describe('encode', () => {
  const encoder = fitEncoder(categoryTable('type', ['VP', 'VD', 'VP']));

  test('finds columns by name and category, not by position or code', () => {
    const other = categoryTable('type', ['VD', 'VP']);
    const extra: Table = {
      nRows: 2,
      columns: [{ type: 'number', name: 'first', values: Float64Array.of(9, 9) }, ...other.columns],
    };
    expect(Array.from(encode(encoder, extra).matrix.columns[0] ?? [])).toEqual([0, 1]);
  });

  test('a category that training did not know is missing, and reported with its count', () => {
    const { matrix, unseen } = encode(encoder, categoryTable('type', ['ASR', 'VD', 'ASR', null]));
    expect(Array.from(matrix.columns[0] ?? [])).toEqual([NaN, 0, NaN, NaN]);
    expect(unseen).toEqual([{ feature: 'type', category: 'ASR', count: 2 }]);
  });

  test('labels that a shorter file reads as numbers are still labels', () => {
    const digits = fitEncoder(categoryTable('unit', ['1', '2', 'A']));
    const table: Table = {
      nRows: 2,
      columns: [{ type: 'number', name: 'unit', values: Float64Array.of(2, NaN) }],
    };
    expect(Array.from(encode(digits, table).matrix.columns[0] ?? [])).toEqual([1, NaN]);
  });

  test('labels that are all numbers stand in the order of these, as trees would have them', () => {
    const codes = fitEncoder(categoryTable('plant', ['117', '9', '55077', '10', '9']));
    expect(codes.features).toMatchObject([{ categories: ['9', '10', '117', '55077'], counts: [2, 1, 1, 1] }]);
  });

  test('a model that learnt numbers reads them where a file has them as labels, and no other labels', () => {
    const numbers = fitEncoder({
      nRows: 2,
      columns: [{ type: 'number', name: 'plant', values: Float64Array.of(117, 9) }],
    });
    const { matrix } = encode(numbers, categoryTable('plant', ['9', '55077.0', null]));
    expect(Array.from(matrix.columns[0] ?? [])).toEqual([9, 55077, NaN]);
    expect(() => encode(numbers, categoryTable('plant', ['9', 'A']))).toThrow(
      expect.objectContaining({ code: 'model-columns-missing' }),
    );
  });

  test('names the columns that are not there', () => {
    expect(() => encode(encoder, { nRows: 0, columns: [] })).toThrow(
      expect.objectContaining({ code: 'model-columns-missing', details: { names: ['type'], columns: [] } }),
    );
  });

  test('a column named __proto__ is a column', () => {
    const table = categoryTable('__proto__', ['x', 'y', 'x']);
    expect(Array.from(encode(fitEncoder(table), table).matrix.columns[0] ?? [])).toEqual([0, 1, 0]);
  });
});
