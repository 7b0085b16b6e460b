import { expect, test } from 'vitest';
import { findCalendarColumns } from './calendar-columns.ts';
import { civilFromInstant } from './dates.ts';

const n = 200;
const values = Float64Array.from({ length: n }, (_, i) => Date.UTC(2015, 0, 1, i % 24) + i * 9 * 86_400_000);
const part = (read: (time: ReturnType<typeof civilFromInstant>) => number) =>
  values.map((instant) => read(civilFromInstant(instant)));
const number = (name: string, of: Float64Array) => ({ type: 'number' as const, name, values: of });
const start = { type: 'date' as const, name: 'Début', values, hasTime: true };

test('finds the columns that repeat a part of a date, however they count it', () => {
  const month = part((time) => time.month);
  month[7] = 12; // a slip of the hand
  const columns = [
    number('Mois', month),
    start,
    number(
      'Année',
      part((time) => time.year),
    ),
    number(
      'Jour (0 = lundi)',
      part((time) => time.weekday - 1),
    ),
    number(
      'Heure',
      part((time) => time.hour),
    ),
    number(
      'Effectif',
      Float64Array.from({ length: n }, (_, i) => 1 + (i % 12)),
    ),
    number('Constante', new Float64Array(n).fill(3)),
  ];
  expect(findCalendarColumns({ nRows: n, columns })).toEqual([
    { date: 'Début', column: 'Année', part: 'year', shift: 0 },
    { date: 'Début', column: 'Mois', part: 'month', shift: 0 },
    { date: 'Début', column: 'Jour (0 = lundi)', part: 'weekday', shift: -1 },
    { date: 'Début', column: 'Heure', part: 'hour', shift: 0 },
  ]);
});

test('a year that never changes determines no constant column', () => {
  const one = { ...start, values: new Float64Array(n).fill(Date.UTC(2020, 3, 5)) };
  const columns = [one, number('Constante', new Float64Array(n).fill(3))];
  expect(findCalendarColumns({ nRows: n, columns })).toEqual([]);
});
