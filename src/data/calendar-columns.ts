import { subtract } from '#base/arrays.ts';
import { civilFromInstant } from './dates.ts';
import type { Table } from './table.ts';

export const calendarParts = ['year', 'month', 'day', 'weekday', 'hour'] as const;
export type CalendarPart = (typeof calendarParts)[number];

/** A column of numbers that only repeats a part of a date of the same row: « Mois », « Heure de début ». */
export interface CalendarColumn {
  /** Name of the column of dates. */
  readonly date: string;
  readonly column: string;
  readonly part: CalendarPart;
  /** What the column counts more than the calendar: −1 for weekdays from Monday = 0. */
  readonly shift: number;
}

/** Finds the columns that another column's dates determine; each goes with the first date that does. O(dates × numbers × rows). */
export function findCalendarColumns({ columns }: Table): readonly CalendarColumn[] {
  const found = new Map<string, CalendarColumn>();
  for (const date of columns) {
    if (date.type !== 'date') continue;
    for (const part of calendarParts) {
      const values = readCalendarPart(date.values, part);
      for (const column of columns) {
        const { name } = column;
        if (column.type !== 'number' || found.has(name)) continue;
        const shift = findShift(column.values, values);
        if (shift !== null && varies(values)) found.set(name, { date: date.name, column: name, part, shift });
      }
    }
  }
  return [...found.values()];
}

/** One part of each instant; NaN where the instant is. */
export function readCalendarPart(instants: Float64Array, part: CalendarPart): Float64Array {
  return instants.map((instant) => (Number.isNaN(instant) ? NaN : civilFromInstant(instant)[part]));
}

/** a − b where that is the same on 99 % of the rows where both are known, which must be half of all; else null. */
export function findShift(a: Float64Array, b: Float64Array): number | null {
  const shifts = new Map<number, number>();
  let nKnown = 0;
  for (const shift of subtract(a, b)) {
    if (Number.isNaN(shift)) continue;
    nKnown++;
    if (shifts.size < 50 || shifts.has(shift)) shifts.set(shift, (shifts.get(shift) ?? 0) + 1);
  }
  const [usual] = [...shifts].sort((x, y) => y[1] - x[1]);
  return usual && usual[1] >= 0.99 * nKnown && nKnown >= 0.5 * a.length ? usual[0] : null;
}

/** A part that is the same on all rows determines nothing: any constant column would follow it. */
function varies(values: Float64Array): boolean {
  const first = values.find((value) => !Number.isNaN(value));
  return values.some((value) => !Number.isNaN(value) && value !== first);
}
