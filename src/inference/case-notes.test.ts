import { expect, test } from 'vitest';
import type { CellValue } from '#data/cell.ts';
import { holdTime, noteCells, noteOutside } from './case-notes.ts';
import type { FormFeature } from './contract.ts';
import { categoryFeature, dateFeature, numberFeature } from './testing/form-features.ts';

const day = (text: string) => Date.parse(`${text}T00:00Z`);
const number = (name: string, min: number, max: number): FormFeature => {
  return numberFeature(name, min, max);
};
const date = (name: string, role: 'start' | 'date', year: number | null): FormFeature => {
  const determines = year === null ? [] : [{ feature: year, part: 'year', shift: 0 } as const];
  return dateFeature(name, day('2021-02-01'), day('2023-11-30'), { role, determines });
};
const labels: FormFeature = categoryFeature('Type', ['VP', 'ASR']);
const features = [number('Année', 2021, 2023), number('Effectif', 10, 30), labels, date('Début', 'start', 0)];
const start = day('2023-05-04');
const notesOf = (...cells: CellValue[]) =>
  noteCells(features, cells).map(({ feature, code }) => `${features[feature]?.name}: ${code}`);

test('what lies outside the training range is noted, the year to come is not', () => {
  expect(notesOf(2023, 30, 'VP', start)).toEqual([]);
  expect(notesOf(2024, 31, 'VP', start)).toEqual(['Effectif: above-training-range']);
  expect(notesOf(2025, 9, 'VP', start)).toEqual([
    'Année: above-training-range',
    'Effectif: below-training-range',
  ]);
  expect(notesOf(2020, null, 'VD', start)).toEqual([
    'Année: below-training-range',
    'Effectif: missing',
    'Type: unknown-category',
  ]);
});

test('a year that follows no date is a number like others', () => {
  const alone = [...features.slice(0, 3), date('Début', 'start', null)];
  expect(noteCells(alone, [2024, 30, 'VP', start])).toEqual([{ feature: 0, code: 'above-training-range' }]);
});

test('a start is to come for a year; before the outages learnt from, or later than that, it is noted', () => {
  expect(notesOf(2023, 30, 'VP', day('2024-11-30'))).toEqual([]);
  expect(notesOf(2023, 30, 'VP', day('2024-12-02'))).toEqual(['Début: above-training-range']);
  expect(notesOf(2023, 30, 'VP', day('2021-01-31'))).toEqual(['Début: below-training-range']);
});

test('a cell left unknown is noted, but is not outside of anything', () => {
  expect(noteOutside(features, [2023, null, 'VP', start])).toEqual([]);
});

test('the distance sees the year to come as the last one learnt, and a later one as it is', () => {
  const held = (year: number) => holdTime(features, [], [year, 40, 'VP', day('2024-06-01')]);
  expect(held(2024)).toEqual([2023, 40, 'VP', day('2024-06-01')]);
  expect(held(2025)).toEqual([2025, 40, 'VP', day('2024-06-01')]);
});

test('of the dates, only one that counts as days is held: a month or an age would become another', () => {
  const own = [date('Visite', 'date', null), date('Début', 'start', null)];
  const origins = [
    { feature: 'Visite [days]', column: 'Visite', part: 'days' },
    { feature: 'Début [month]', column: 'Début', part: 'month' },
  ] as const;
  const later = day('2024-03-01');
  expect(holdTime(own, origins, [later, later])).toEqual([day('2023-11-30'), later]);
});
