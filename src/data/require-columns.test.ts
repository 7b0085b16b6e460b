import { describe, expect, it } from 'vitest';
import { buildColumn } from './cell.ts';
import { requireColumn, requireColumns } from './require-columns.ts';

const table = {
  nRows: 1,
  columns: [buildColumn('start', 'date', [0]), buildColumn('unit', 'category', ['A'])],
};

describe('requireColumns', () => {
  it('gives the columns in the order asked for, each as its type', () => {
    const [unit, start] = requireColumns(table, [{ name: 'unit', type: 'category' }, { name: 'start' }]);
    expect(unit.categories).toEqual(['A']);
    expect(start.name).toBe('start');
  });

  it('names all that is missing or of another type in one error, each once', () => {
    const wanted = [
      { name: 'power' },
      { name: 'unit', type: 'number' },
      { name: 'start' },
      { name: 'power' },
    ] as const;
    expect(() => requireColumns(table, wanted)).toThrow(
      expect.objectContaining({ code: 'model-columns-missing', details: { columns: ['power', 'unit'] } }),
    );
  });
});

it('requireColumn says which columns there are', () => {
  expect(requireColumn(table, 'unit').type).toBe('category');
  expect(() => requireColumn(table, 'site')).toThrow(
    expect.objectContaining({
      code: 'unknown-column',
      details: { column: 'site', columns: ['start', 'unit'] },
    }),
  );
});
