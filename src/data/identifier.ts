import { nameSays } from './column-words.ts';
import { MS_PER_DAY } from './dates.ts';
import type { ColumnProfile } from './profile.ts';
import type { RoleReason } from './roles.ts';
import type { CategoryColumn, Column, DateColumn, NumberColumn } from './table.ts';

export interface ProfiledColumn {
  readonly column: Column;
  readonly profile: ColumnProfile;
}

/** Fewer labels than these name kinds, not outages. */
const minDistinct = 10;
/** Share of the known cells that must differ, where nothing else ties the rows of one value together. */
const nearlyAll = 0.9;
/** Share of the rows with an earlier line of the same value that must belong to the same outage. */
const coherent = 0.9;

/**
 * The column that says which outage a row is of. Its name says so, and its values do: (nearly) all different, or the
 * rows of one value are versions or periods of one outage, that is of the same unit and touching in time. A code of
 * causes or a postal code comes back on outages that have nothing else in common, and is none. Without such a column
 * a running number is one under any name. O(candidates × rows log rows).
 */
export function findIdentifier(
  columns: readonly ProfiledColumn[],
  dates: { readonly start: Column | undefined; readonly end: Column | undefined; readonly nRows: number },
): { readonly column: Column; readonly reason: RoleReason } | undefined {
  const units = columns
    .map(({ column }) => column)
    .filter((column): column is CategoryColumn => column.type === 'category' && isUnitName(column.name));
  const [start, end] = [dates.start, dates.end].map((date) => (date?.type === 'date' ? date : undefined));
  const version = columns.find(
    ({ column, profile }) => nameSays(column.name, 'version') && profile.isInteger === true,
  )?.column;
  const named = columns.find(({ column, profile }) => {
    if (column.type === 'date' || !mayIdentify(column, profile)) return false;
    if (isAllDifferent(profile) || (version?.type === 'number' && areVersions(column, version))) return true;
    const others = units.filter((unit) => unit !== column);
    return areRowsOfOneOutage(column, others, start, end);
  });
  if (named) return { column: named.column, reason: 'name' };
  const running = columns.find(({ column, profile }) => isRunningNumber(column, profile, dates.nRows));
  return running && { column: running.column, reason: 'unique' };
}

function mayIdentify({ name, type }: Column, { nDistinct, isInteger }: ColumnProfile): boolean {
  return (
    nameSays(name, 'identifier') &&
    !nameSays(name, 'version') &&
    (type === 'category' || isInteger === true) &&
    nDistinct > minDistinct
  );
}

/** A unit's own code (`unit_eic`, « Code site ») is the unit once more. */
function isUnitName(name: string): boolean {
  return nameSays(name, 'group');
}

function isAllDifferent({ nDistinct, nRows, nMissing }: ColumnProfile): boolean {
  return nDistinct >= nearlyAll * (nRows - nMissing);
}

/** Whether the rows of one value are told apart by their version. */
function areVersions(identifier: NumberColumn | CategoryColumn, version: NumberColumn): boolean {
  const keys = identifier.type === 'category' ? identifier.codes : identifier.values;
  const pairs = new Set(Array.from(keys, (key, row) => `${key} ${version.values[row]}`));
  return pairs.size >= nearlyAll * keys.length;
}

/** Whether rows of one value follow one another: same units, and no day between the end of one and the start of the next. */
function areRowsOfOneOutage(
  identifier: NumberColumn | CategoryColumn,
  units: readonly CategoryColumn[],
  start: DateColumn | undefined,
  end: DateColumn | undefined,
): boolean {
  if (start === undefined || end === undefined) return false;
  const keys = identifier.type === 'category' ? identifier.codes : identifier.values;
  const keyOf = (row: number) => keys[row] ?? NaN;
  const isKnown = (row: number) => keyOf(row) >= (identifier.type === 'category' ? 0 : -Infinity);
  const order = Array.from(keys, (_, row) => row)
    .filter((row) => isKnown(row) && !Number.isNaN(start.values[row] ?? NaN))
    .sort((a, b) => keyOf(a) - keyOf(b) || (start.values[a] ?? 0) - (start.values[b] ?? 0));
  let nRepeats = 0;
  let nCoherent = 0;
  let latestEnd = -Infinity;
  for (const [i, row] of order.entries()) {
    const before = order[i - 1];
    const finish = end.values[row] ?? NaN;
    if (before === undefined || keyOf(before) !== keyOf(row)) {
      latestEnd = finish;
      continue;
    }
    nRepeats++;
    const begins = start.values[row] ?? NaN;
    const isSameUnit = units.every(({ codes }) => codes[row] === codes[before]);
    // An end that is not known leaves nothing to contradict.
    const isTouching = !(begins > latestEnd + MS_PER_DAY);
    if (isSameUnit && isTouching) nCoherent++;
    if (!(finish < latestEnd)) latestEnd = finish;
  }
  return nRepeats > 0 && nCoherent >= coherent * nRepeats;
}

/** Whole numbers, one after the other, in the order of the rows. */
function isRunningNumber(column: Column, profile: ColumnProfile, nRows: number): boolean {
  if (column.type !== 'number' || nRows <= 20) return false;
  const { nDistinct, nMissing, isInteger, min = NaN, max = NaN } = profile;
  if (isInteger !== true || nMissing > 0 || nDistinct < nRows || max - min > 1.1 * nRows) return false;
  const { values } = column;
  return values.every((value, row) => row === 0 || value > (values[row - 1] ?? NaN));
}
