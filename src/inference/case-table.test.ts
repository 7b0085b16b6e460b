import { expect, test } from 'vitest';
import { fitEncoder } from '#models/encoder.ts';
import { noteCells } from './case-table.ts';

const { features: inputs } = fitEncoder({
  nRows: 3,
  columns: [
    { type: 'number', name: 'Année', values: Float64Array.of(2021, 2022, 2023) },
    { type: 'number', name: 'Effectif', values: Float64Array.of(10, 20, 30) },
    { type: 'category', name: 'Type', codes: Int32Array.of(0, 1, 0), categories: ['VP', 'ASR'] },
  ],
});
const calendar = [{ date: 'Début', column: 'Année', part: 'year', shift: 0 }] as const;
const notesOf = (...cells: (number | string | null)[]) =>
  noteCells({ inputs, calendar }, cells).map(({ feature, code }) => `${inputs[feature]?.name}: ${code}`);

test('what lies outside the training range is noted, the year to come is not', () => {
  expect(notesOf(2023, 30, 'VP')).toEqual([]);
  expect(notesOf(2024, 31, 'VP')).toEqual(['Effectif: above-training-range']);
  expect(notesOf(2025, 9, 'VP')).toEqual(['Année: above-training-range', 'Effectif: below-training-range']);
  expect(notesOf(2020, null, 'VD')).toEqual([
    'Année: below-training-range',
    'Effectif: missing',
    'Type: unknown-category',
  ]);
});

test('a year that follows no date is a number like others', () => {
  expect(noteCells({ inputs, calendar: [] }, [2024, 30, 'VP'])).toEqual([
    { feature: 0, code: 'above-training-range' },
  ]);
});
