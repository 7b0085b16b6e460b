import { expect, it } from 'vitest';
import type { Table } from './table.ts';
import { findUsualCells } from './usual-cells.ts';

const table: Table = {
  nRows: 8,
  columns: [
    {
      type: 'category',
      name: 'Type',
      codes: Int32Array.of(0, 0, 0, 1, 1, 1, 1, 2),
      categories: ['ASR', 'VD', 'VP'],
    },
    { type: 'number', name: 'Effectif', values: Float64Array.of(9, 12, 900, 40, 44, 50, NaN, 7) },
    {
      type: 'category',
      name: 'Équipe',
      codes: Int32Array.of(1, 0, 1, 0, 0, 1, 0, 1),
      categories: ['A', 'B'],
    },
    { type: 'number', name: 'Durée moyenne', values: Float64Array.of(5, 5, 5, 5, 5, 5, 5, 5) },
    { type: 'number', name: 'Mois', values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
  ],
};

it('tells cells that stood beside each class, of classes met three times, in columns that it tells apart', () => {
  expect(findUsualCells(table, 'Type', new Set(['Mois']))).toEqual([
    {
      leader: 'Type',
      column: 'Effectif',
      cells: [
        ['ASR', 12],
        ['VD', 44],
      ],
    },
    {
      leader: 'Type',
      column: 'Équipe',
      cells: [
        ['ASR', 'B'],
        ['VD', 'A'],
      ],
    },
  ]);
  expect(findUsualCells(table, null, new Set())).toEqual([]);
  expect(findUsualCells(table, 'Effectif', new Set())).toEqual([]);
});
