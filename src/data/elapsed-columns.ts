import { spreadEvenly } from '#base/arrays.ts';
import { MS_PER_DAY } from './dates.ts';
import { selectRows, type CategoryColumn, type DateColumn, type NumberColumn, type Table } from './table.ts';

export const elapsedUnits = ['hour', 'day', 'year'] as const;
export type ElapsedUnit = (typeof elapsedUnits)[number];

const msPer: Readonly<Record<ElapsedUnit, number>> = {
  hour: MS_PER_DAY / 24,
  day: MS_PER_DAY,
  year: 365.25 * MS_PER_DAY,
};

/** How the time between two instants is written in a column. */
export interface ElapsedWriting {
  readonly unit: ElapsedUnit;
  readonly decimals: number;
  /** Cut off, as ages are; else rounded. */
  readonly isCut: boolean;
}

/**
 * A column of numbers that only says how long after something a date lies: the age of a unit, the days from one date to
 * another. `since` is a column of dates, or an instant for each label of a column: a constant plus the date.
 */
export interface ElapsedColumn extends ElapsedWriting {
  readonly column: string;
  /** Name of the later date. */
  readonly date: string;
  readonly since:
    | { readonly column: string }
    | { readonly leader: string; readonly instants: readonly (readonly [label: string, instant: number])[] };
}

/** The time from one instant to another as the column writes it; NaN where either is. */
export function writeElapsed({ unit, decimals, isCut }: ElapsedWriting, from: number, to: number): number {
  const scale = 10 ** decimals;
  const exact = ((to - from) / msPer[unit]) * scale;
  // A hair for whole numbers of days that division left just below.
  return (isCut ? Math.floor(exact + 1e-6) : Math.round(exact)) / scale;
}

/** Whether a cell says that time, give or take the last digit: a year is not always as long. */
export function isElapsed(writing: ElapsedWriting, cell: number, from: number, to: number): boolean {
  const step = 10 ** -writing.decimals;
  return Math.abs(cell - writeElapsed(writing, from, to)) <= step * (1 + 1e-6);
}

/** Share of the known rows that must agree, and of all rows that must be known. */
const AGREEMENT = 0.99;
const LEAST_KNOWN = 0.5;
const MAX_DECIMALS = 2;
/** Fewer rows agree by chance. */
const MIN_ROWS = 8;
const MIN_ROWS_PER_LABEL = 3;
/** Of a longer table so many rows, evenly spread, tell enough. */
const MAX_ROWS = 20_000;

/**
 * Finds the columns that tell the time between two dates of the row, or between a date and an instant that goes with a
 * label. Of several explanations the first in that order. O(numbers × dates × (dates + labelled columns) × rows).
 */
export function findElapsedColumns(table: Table): readonly ElapsedColumn[] {
  const { nRows } = table;
  if (nRows < MIN_ROWS) return [];
  const { columns } = nRows > MAX_ROWS ? selectRows(table, spreadEvenly(nRows, MAX_ROWS)) : table;
  const dates = columns.filter((column) => column.type === 'date');
  const labels = columns.filter((column) => column.type === 'category');
  return columns.flatMap((column) => {
    if (column.type !== 'number' || new Set(column.values).size < 3) return [];
    const decimals = countDecimals(column.values);
    if (decimals === null) return [];
    const found =
      findBetweenDates(column, decimals, dates) ?? findSinceLabel(column, decimals, dates, labels);
    return found ? [found] : [];
  });
}

function findBetweenDates(
  { name, values }: NumberColumn,
  decimals: number,
  dates: readonly DateColumn[],
): ElapsedColumn | null {
  for (const date of dates) {
    for (const since of dates) {
      if (since === date) continue;
      for (const writing of listWritings(decimals)) {
        if (agrees(values, (row) => writeElapsed(writing, since.values[row] ?? NaN, date.values[row] ?? NaN)))
          return { ...writing, column: name, date: date.name, since: { column: since.name } };
      }
    }
  }
  return null;
}

function findSinceLabel(
  { name, values }: NumberColumn,
  decimals: number,
  dates: readonly DateColumn[],
  labelled: readonly CategoryColumn[],
): ElapsedColumn | null {
  for (const leader of labelled) {
    if (values.length < MIN_ROWS_PER_LABEL * leader.categories.length || !runsOn(values, leader)) continue;
    for (const date of dates) {
      for (const unit of elapsedUnits) {
        const writing = { unit, decimals, isCut: false };
        const origins = findOrigins(values, date.values, leader, msPer[unit]);
        const originOf = (row: number) => origins[leader.codes[row] ?? -1] ?? NaN;
        // The origin is a middle of what rows say: a cell may be one digit off.
        const expect = (row: number) => {
          const [value, from, to] = [values[row] ?? NaN, originOf(row), date.values[row] ?? NaN];
          return isElapsed(writing, value, from, to) ? value : writeElapsed(writing, from, to);
        };
        if (!agrees(values, expect)) continue;
        const instants = leader.categories.flatMap((label, code): [string, number][] => {
          const origin = origins[code] ?? NaN;
          return Number.isNaN(origin) ? [] : [[label, origin]];
        });
        return { ...writing, column: name, date: date.name, since: { leader: leader.name, instants } };
      }
    }
  }
  return null;
}

/** A cell that is the same in all rows of a label counts no time. */
function runsOn(values: Float64Array, { codes, categories }: CategoryColumn): boolean {
  const pairs = new Set(Array.from(values, (value, row) => `${codes[row]} ${value}`));
  return pairs.size >= 2 * categories.length;
}

/** The instant each label counts from: the middle of what its rows say. */
function findOrigins(
  values: Float64Array,
  dates: Float64Array,
  { codes, categories }: CategoryColumn,
  msPerUnit: number,
): number[] {
  const said = categories.map((): number[] => []);
  for (const [row, code] of codes.entries()) {
    const origin = (dates[row] ?? NaN) - (values[row] ?? NaN) * msPerUnit;
    if (!Number.isNaN(origin)) said[code]?.push(origin);
  }
  return said.map((origins) => {
    const sorted = origins.sort((a, b) => a - b);
    return Math.round(((sorted[0] ?? NaN) + (sorted.at(-1) ?? NaN)) / 2);
  });
}

function listWritings(decimals: number): readonly ElapsedWriting[] {
  return elapsedUnits.flatMap((unit) => [
    { unit, decimals, isCut: false },
    { unit, decimals, isCut: true },
  ]);
}

/** 99 % of the cells that are known on both sides are what is expected, and these vary: a constant follows anything. */
function agrees(values: Float64Array, expect: (row: number) => number): boolean {
  let [nKnown, nAgreeing] = [0, 0];
  for (const [row, value] of values.entries()) {
    const expected = expect(row);
    if (Number.isNaN(value) || Number.isNaN(expected)) continue;
    nKnown++;
    if (Math.abs(value - expected) < 1e-9) nAgreeing++;
    // Most columns are told by their first rows.
    if (nKnown === MIN_ROWS && nAgreeing === 0) return false;
  }
  return nKnown >= Math.max(MIN_ROWS, LEAST_KNOWN * values.length) && nAgreeing >= AGREEMENT * nKnown;
}

/** Of a column written with few; null for measurements of many digits. */
function countDecimals(values: Float64Array): number | null {
  for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
    const scale = 10 ** decimals;
    const isWritten = (value: number) => Math.abs(value * scale - Math.round(value * scale)) < 1e-6;
    if (values.every((value) => Number.isNaN(value) || isWritten(value))) return decimals;
  }
  return null;
}
