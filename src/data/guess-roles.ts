import { nameSays } from './column-words.ts';
import { findIdentifier } from './identifier.ts';
import { findLeaks } from './leaks.ts';
import { profileTable, type ColumnProfile } from './profile.ts';
import type { ColumnRole, RoleAssignment, RoleReason } from './roles.ts';
import type { Column, Table } from './table.ts';
import { findOnlyDuration, listTargetCandidates, pickTarget } from './target-candidates.ts';

/** A label column with more categories tells outages apart, not kinds of outage; of units there may be twice as many. */
const maxCategories = 1_000;

interface Named {
  readonly column: Column;
  readonly profile: ColumnProfile;
}

/**
 * Proposes one role per column, in the table's order, from the names (both languages) and the values.
 *
 * The target is the number column named like a duration that is not announced, earlier or an average;
 * without one the duration comes from start and end, or is the only column told in a unit of time. Columns that give the target away get role `end`
 * or `ignore`, with the finding, so that a person can check and overrule it. `profiles`, where known, are
 * those of the table's columns.
 */
export function guessRoles(
  table: Table,
  profiles: readonly ColumnProfile[] = profileTable(table),
): RoleAssignment[] {
  const columns = table.columns.map((column, i) => ({ column, profile: profiles[i] as ColumnProfile }));
  const candidates = listTargetCandidates(table.columns);
  const varies = new Set(columns.filter(({ profile }) => profile.nDistinct > 1).map(({ column }) => column));
  const varyingCandidates = candidates.filter((column) => varies.has(column));
  const start = findDate(columns, 'start', 'end');
  const end = findDate(columns, 'end', 'start', varyingCandidates.length > 0);
  const varying = pickTarget(varyingCandidates, findSpan(start, end));
  // A duration that never changes is still what the file is about: it is told so, not asked for its target.
  const target =
    varying ?? (start && end ? undefined : (pickTarget(candidates) ?? findOnlyDuration(table.columns)));
  const identifier = findIdentifier(columns, { start, end, nRows: table.nRows });
  const first = columns.map(({ column, profile }): RoleAssignment => {
    const { name } = column;
    const assign = (role: ColumnRole, reason: RoleReason): RoleAssignment => ({ column: name, role, reason });
    if (column === target) return assign('target', 'name');
    if (column === start) return assign('start', 'name');
    if (column === end) return { ...assign('end', 'known-after'), leak: { column: name, kind: 'end-date' } };
    if (column === identifier?.column) return assign('identifier', identifier.reason);
    return guessOther({ column, profile }, table.nRows, assign);
  });
  return applyLeaks(table, first);
}

/** Re-examines roles a person or a stored shape gave: the findings beside the roles as they are. */
function applyLeaks(table: Table, roles: readonly RoleAssignment[]): RoleAssignment[] {
  const leaks = new Map(findLeaks(table, roles).map((leak) => [leak.column, leak]));
  return roles.map((entry) => {
    const leak = leaks.get(entry.column);
    if (leak === undefined) return entry;
    if (entry.role === 'end') return { ...entry, leak };
    return { column: entry.column, role: 'ignore', reason: 'known-after', leak };
  });
}

/** End − start in ms, NaN where either is missing; null without both. */
function findSpan(start: Column | undefined, end: Column | undefined): Float64Array | null {
  if (start?.type !== 'date' || end?.type !== 'date') return null;
  return end.values.map((value, row) => value - (start.values[row] ?? NaN));
}

/** The first date column named like a start or an end; a planned one only where it may stand for the actual. */
function findDate(
  columns: readonly Named[],
  kind: 'start' | 'end',
  not: 'start' | 'end',
  mustBeActual = false,
): Column | undefined {
  const dates = columns.filter(({ column }) => column.type === 'date' && !nameSays(column.name, 'published'));
  const named = dates.filter(({ column }) => nameSays(column.name, kind) && !nameSays(column.name, not));
  const actual = named.filter(({ column }) => !nameSays(column.name, 'announced'));
  return (actual[0] ?? (mustBeActual ? undefined : named[0]))?.column;
}

function guessOther(
  { column, profile }: Named,
  nRows: number,
  assign: (role: ColumnRole, reason: RoleReason) => RoleAssignment,
): RoleAssignment {
  const { name, type } = column;
  if (profile.nDistinct <= 1) return assign('ignore', 'constant');
  if (nameSays(name, 'version') && profile.isInteger === true) return assign('version', 'name');
  if (type === 'date') {
    if (nameSays(name, 'end') && nameSays(name, 'announced')) return assign('announced', 'name');
    return assign('date', 'values');
  }
  if (nameSays(name, 'duration') && nameSays(name, 'announced') && !nameSays(name, 'earlier')) {
    return type === 'number' ? assign('announced', 'name') : assign('context', 'default');
  }
  if (type === 'category') {
    if (profile.nDistinct === nRows - profile.nMissing && nRows > 20) return assign('ignore', 'unique');
    if (nameSays(name, 'group') && profile.nDistinct <= maxCategories * 2) return assign('group', 'name');
    if (profile.nDistinct > maxCategories) return assign('ignore', 'too-many-categories');
  }
  if (nameSays(name, 'lever')) return assign('lever', 'name');
  return assign('context', 'default');
}
