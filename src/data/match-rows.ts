import { range } from '#base/arrays.ts';
import { readCell, type CellValue } from './cell.ts';
import { plainName } from './column-words.ts';
import { MS_PER_DAY } from './dates.ts';
import { findRoleName } from './role-columns.ts';
import type { RoleAssignment } from './roles.ts';
import type { TableRow } from './row-index.ts';
import { findColumn, type Column, type Table } from './table.ts';

/** What a row of a file that is added is to the rows that are there. */
export type RowMatch =
  | { readonly kind: 'new' }
  /** The same outage, told alike as far as it is told. */
  | { readonly kind: 'same'; readonly row: TableRow }
  /** The same outage, of which more is known now, or something else that is no end of it. */
  | { readonly kind: 'changed'; readonly row: TableRow; readonly columns: readonly string[] }
  /** The same outage with another end: of the rows that are there, or of the file itself (`within`, a row of it). */
  | { readonly kind: 'conflict'; readonly row: TableRow | null; readonly within: TableRow | null };

/** Starts of a unit this near are those of one outage, its date a little changed. */
const NEARLY = MS_PER_DAY;

/** Columns by which outages are known again: the identifier, else the unit and the start. */
interface Keys {
  readonly identifier: string | null;
  readonly unit: string | null;
  readonly start: string | null;
  /** Where an outage's end stands: two that differ there contradict one another. */
  readonly ends: readonly string[];
}

/**
 * Finds for each row of `added` the row of `table` that is the same outage: by its identifier where unit and start do not say
 * otherwise, else by unit and start, give or take a day; where the files have neither, by all cells alike. O(rows × columns).
 */
export function matchRows(table: Table, added: Table, roles: readonly RoleAssignment[]): readonly RowMatch[] {
  const keys = findKeys(table, added, roles);
  const isNamed = keys.identifier !== null || (keys.unit !== null && keys.start !== null);
  const find = isNamed ? createFinder(table, added, keys) : createContentFinder(table, added);
  const firstOf = new Map<string, TableRow>();
  return Array.from({ length: added.nRows }, (_, position): RowMatch => {
    const name = nameRow(added, position, keys);
    const earlier = name === null ? undefined : firstOf.get(name);
    if (name !== null && earlier === undefined) firstOf.set(name, position);
    const row = find(position);
    if (earlier !== undefined) {
      const differs = differ(added, earlier, added, position, keys.ends).length > 0;
      if (differs) return { kind: 'conflict', row, within: earlier };
    }
    if (row === null) return { kind: 'new' };
    const contradicting = differ(table, row, added, position, keys.ends);
    if (contradicting.length > 0) return { kind: 'conflict', row, within: null };
    const common = added.columns.map(({ name: column }) => column);
    const columns = differ(table, row, added, position, common, true);
    return columns.length > 0 ? { kind: 'changed', row, columns } : { kind: 'same', row };
  });
}

function findKeys(table: Table, added: Table, roles: readonly RoleAssignment[]): Keys {
  const inBoth = (name: string | undefined) =>
    name !== undefined && findColumn(table, name) && findColumn(added, name) ? name : null;
  const labels = roles.flatMap(({ column, role }) => {
    const found = role === 'group' ? findColumn(table, column) : undefined;
    return found?.type === 'category' ? [found] : [];
  });
  const [unit] = labels.toSorted((a, b) => b.categories.length - a.categories.length);
  return {
    identifier: inBoth(findRoleName(roles, 'identifier')),
    unit: inBoth(unit?.name),
    start: inBoth(findRoleName(roles, 'start')),
    ends: (['target', 'end'] as const).flatMap((role) => inBoth(findRoleName(roles, role)) ?? []),
  };
}

/** How a row is called among those of its own file; null where nothing names it. */
function nameRow(table: Table, row: TableRow, { identifier, unit, start }: Keys): string | null {
  const cell = (name: string | null) => (name === null ? null : toPlain(cellOf(table, name, row)));
  const id = cell(identifier);
  const begun = cell(start);
  if (begun === null || unit === null) return id === null ? null : JSON.stringify([id]);
  return JSON.stringify([cell(unit), typeof begun === 'number' ? Math.floor(begun / MS_PER_DAY) : begun]);
}

function createFinder(table: Table, added: Table, { identifier, unit, start }: Keys) {
  const byId = new Map<string, TableRow>();
  const byUnit = new Map<string, TableRow[]>();
  for (let row = 0; row < table.nRows; row++) {
    const id = identifier === null ? null : toPlain(cellOf(table, identifier, row));
    if (id !== null) byId.set(String(id), row);
    const label = unit === null ? null : toPlain(cellOf(table, unit, row));
    if (label === null || start === null) continue;
    const rows = byUnit.get(String(label)) ?? [];
    byUnit.set(String(label), rows);
    rows.push(row);
  }
  const begun = (of: Table, row: TableRow) => (start === null ? null : cellOf(of, start, row));
  const near = (row: TableRow, position: TableRow): boolean => {
    const [a, b] = [begun(table, row), begun(added, position)];
    return typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= NEARLY;
  };
  return (position: TableRow): TableRow | null => {
    const label = unit === null ? null : toPlain(cellOf(added, unit, position));
    const id = identifier === null ? null : toPlain(cellOf(added, identifier, position));
    const named = id === null ? undefined : byId.get(String(id));
    if (named !== undefined) {
      const isOther = label !== null && unit !== null && toPlain(cellOf(table, unit, named)) !== label;
      const isElsewhere =
        begun(table, named) !== null && begun(added, position) !== null && !near(named, position);
      if (!isOther && !isElsewhere) return named;
    }
    const candidates =
      label === null ? [] : (byUnit.get(String(label)) ?? []).filter((row) => near(row, position));
    const exact = candidates.find((row) => begun(table, row) === begun(added, position));
    return exact ?? (candidates.length === 1 ? (candidates[0] ?? null) : null);
  };
}

/** A row with the same cells throughout, where both have the same columns. */
function createContentFinder(table: Table, added: Table) {
  const names = table.columns.map(({ name }) => name).toSorted();
  const isSame = JSON.stringify(names) === JSON.stringify(added.columns.map(({ name }) => name).toSorted());
  const write = (of: Table, row: TableRow) =>
    JSON.stringify(names.map((name) => toPlain(cellOf(of, name, row))));
  const rowOf = new Map<string, TableRow>();
  if (isSame) for (const row of range(table.nRows)) rowOf.set(write(table, row), row);
  return (position: TableRow): TableRow | null => rowOf.get(write(added, position)) ?? null;
}

/** Columns in which two rows say different things; an empty cell says nothing, but that `fills` counts one that is filled. */
function differ(
  a: Table,
  rowOfA: TableRow,
  b: Table,
  rowOfB: TableRow,
  names: readonly string[],
  fills = false,
): readonly string[] {
  return names.filter((name) => {
    const [one, other] = [toPlain(cellOf(a, name, rowOfA)), toPlain(cellOf(b, name, rowOfB))];
    if (other === null) return false;
    if (one === null) return fills;
    if (typeof one !== 'number' || typeof other !== 'number') return one !== other;
    const isDate = findColumn(a, name)?.type === 'date';
    return Math.abs(one - other) > (isDate ? NEARLY - 1 : 1e-6 * Math.max(1, Math.abs(one)));
  });
}

function cellOf(table: Table, name: string, row: TableRow): CellValue {
  const column: Column | undefined = findColumn(table, name);
  return column ? readCell(column, row) : null;
}

function toPlain(cell: CellValue): CellValue {
  return typeof cell === 'string' ? plainName(cell) : cell;
}
