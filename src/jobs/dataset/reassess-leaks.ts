import { findLeaks } from '#data/leaks.ts';
import type { LeakFinding, RoleAssignment } from '#data/roles.ts';
import { type Table, findColumn } from '#data/table.ts';

/**
 * Roles with the leaks of the target they name: a column that gives it away is left out, unless a person gave the
 * column its role. One that was left out for another target comes back. What is `knownBefore` the start by
 * its making gives nothing away, however well it tells the duration.
 */
export function reassessLeaks(
  table: Table,
  roles: readonly RoleAssignment[],
  knownBefore: ReadonlySet<string> = new Set(),
): { readonly roles: readonly RoleAssignment[]; readonly leaks: readonly LeakFinding[] } {
  const leaks = findLeaks(table, roles).filter(({ column }) => !knownBefore.has(column));
  const leakOf = new Map(leaks.map((leak) => [leak.column, leak]));
  const reassessed = roles.map(({ leak: _before, ...assignment }): RoleAssignment => {
    const { column, role, reason } = assignment;
    const leak = leakOf.get(column);
    if (leak === undefined) {
      const isComingBack = reason === 'known-after' && role === 'ignore';
      return isComingBack ? { column, role: plainRole(table, column), reason: 'default' } : assignment;
    }
    if (reason === 'user' || role === 'end' || role === 'target') return { ...assignment, leak };
    return { column, role: 'ignore', reason: 'known-after', leak };
  });
  return { roles: reassessed, leaks };
}

function plainRole(table: Table, column: string): 'date' | 'context' {
  return findColumn(table, column)?.type === 'date' ? 'date' : 'context';
}
