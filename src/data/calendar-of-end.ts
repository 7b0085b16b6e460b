import { findMonth } from './calendar-words.ts';
import { civilFromInstant, daysFromCivil, MS_PER_DAY } from './dates.ts';
import type { Column, DateColumn } from './table.ts';

/** On so many rows at least the end must lie in another day, week or month than the start: only these tell anything. */
const minOthers = 10;
const minShareOfOthers = 0.02;
const minAgreeing = 0.97;

/** Instants of outages, row by row of a sample, in milliseconds. */
export interface Ends {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Starts and durations in whole days leave open whether the last day counts. */
  readonly isByDay: boolean;
}

/**
 * The share of outages whose end a column tells by its calendar (its day, week or month as a date; its year, quarter,
 * month, week, day or hour as a number or a label, whatever the column is called), of those on which that is not the
 * start's own; null where it does not.
 */
export function measureCalendarOfEnd(column: Column, rows: Int32Array, ends: Ends): number | null {
  if (column.type === 'date') return measurePeriod(column, rows, ends);
  const values = Float64Array.from(rows, (row) =>
    column.type === 'number'
      ? (column.values[row] ?? NaN)
      : readNumber(column.categories[column.codes[row] ?? -1]),
  );
  if (
    !values.every((value) => Number.isNaN(value) || (Number.isInteger(value) && value >= 0 && value < 2_200))
  )
    return null;
  const shares = parts.map((part) => shareAgreeing(values, ends, part));
  return shares.reduce<number | null>(
    (best, each) => (each !== null && each > (best ?? 0) ? each : best),
    null,
  );
}

/** `12` of `S12`, `3` of `mars`; NaN for other labels. */
function readNumber(label: string | undefined): number {
  if (label === undefined) return NaN;
  const digits = /^\p{L}{0,8}\.?\s?(\d{1,4})$/u.exec(label.trim());
  return digits === null ? (findMonth(label.trim().replace(/\.$/, '')) ?? NaN) : Number(digits[1]);
}

const parts: readonly ((instant: number) => number)[] = [
  (instant) => civilFromInstant(instant).year,
  (instant) => Math.ceil(civilFromInstant(instant).month / 3),
  (instant) => civilFromInstant(instant).month,
  findWeek,
  (instant) => civilFromInstant(instant).day,
  (instant) => civilFromInstant(instant).hour,
];

/** The week of ISO 8601, which is that of its Thursday. */
function findWeek(instant: number): number {
  const thursday = instant + (4 - civilFromInstant(instant).weekday) * MS_PER_DAY;
  const first = daysFromCivil(civilFromInstant(thursday).year, 1, 1) * MS_PER_DAY;
  return 1 + Math.floor((thursday - first) / (7 * MS_PER_DAY));
}

function shareAgreeing(
  values: Float64Array,
  { start, end }: Ends,
  part: (instant: number) => number,
): number | null {
  let [nOther, nAgreeing] = [0, 0];
  const told = new Set<number>();
  for (const [i, value] of values.entries()) {
    const [begins = NaN, finishes = NaN] = [start[i], end[i]];
    if (Number.isNaN(value) || Number.isNaN(begins) || Number.isNaN(finishes)) continue;
    const own = part(finishes);
    if (own === part(begins)) continue;
    nOther++;
    if (own !== value) continue;
    nAgreeing++;
    told.add(own);
  }
  // One value alone goes with anything.
  return told.size < 2 ? null : judge(nOther, nAgreeing, values.length);
}

/** A date without a time of day, the first of its week or of its month where all are. */
function measurePeriod(column: DateColumn, rows: Int32Array, { start, end, isByDay }: Ends): number | null {
  if (column.hasTime) return null;
  const firsts = Float64Array.from(rows, (row) => column.values[row] ?? NaN);
  const known = firsts.filter((instant) => !Number.isNaN(instant));
  const isMonths = known.every((instant) => civilFromInstant(instant).day === 1);
  const isWeeks = known.every((instant) => civilFromInstant(instant).weekday === 1);
  const span = isMonths ? 31 * MS_PER_DAY : isWeeks ? 7 * MS_PER_DAY : MS_PER_DAY;
  const lengthOf = (instant: number) => (isMonths ? lengthOfMonth(instant) : span);
  const slack = isByDay ? MS_PER_DAY : 0;
  let [nOther, nAgreeing] = [0, 0];
  for (const [i, instant] of firsts.entries()) {
    const begins = start[i] ?? NaN;
    const after = (end[i] ?? NaN) - instant;
    const length = lengthOf(instant);
    const isOfStart = begins >= instant && begins < instant + length;
    if (Number.isNaN(after) || Number.isNaN(begins) || isOfStart) continue;
    nOther++;
    if (after >= -slack && after < length + slack) nAgreeing++;
  }
  return judge(nOther, nAgreeing, firsts.length);
}

function lengthOfMonth(first: number): number {
  const { year, month } = civilFromInstant(first);
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  return next * MS_PER_DAY - first;
}

function judge(nOther: number, nAgreeing: number, nRows: number): number | null {
  const share = nAgreeing / nOther;
  return nOther >= Math.max(minOthers, minShareOfOthers * nRows) && share >= minAgreeing ? share : null;
}
