import { AppError } from '#base/errors.ts';
import type { ColumnRole, Direction, KnownWhen, RoleAssignment } from '#data/roles.ts';

/** Roles that one column holds at a time, and what the column that held it before becomes. */
const previousHolderBecomes: Partial<Record<ColumnRole, ColumnRole>> = {
  target: 'ignore', // often the same duration in another unit
  start: 'date',
  end: 'ignore', // known only afterwards
  announced: 'ignore',
  identifier: 'ignore',
  version: 'ignore',
};

/**
 * The roles after a person gave `column` the role `role`. A role that one column holds is taken from its holder.
 * Throws `unknown-column` with the names there are.
 */
export function assignRole(
  roles: readonly RoleAssignment[],
  column: string,
  role: ColumnRole,
): readonly RoleAssignment[] {
  const position = findRolePosition(roles, column);
  const displaced = previousHolderBecomes[role];
  return roles.map((assignment, i) => {
    if (i === position) return { ...assignment, role, reason: 'user' };
    if (displaced && assignment.role === role) return { ...assignment, role: displaced };
    return assignment;
  });
}

/** The roles after a person said when the cells of `column` are known. Throws `unknown-column` likewise. */
export function assignKnownWhen(
  roles: readonly RoleAssignment[],
  column: string,
  knownWhen: KnownWhen,
): readonly RoleAssignment[] {
  const position = findRolePosition(roles, column);
  return roles.map((assignment, i) => (i === position ? { ...assignment, knownWhen } : assignment));
}

/**
 * The roles after a person said in which direction a column acts, or that they have no opinion (null). Throws
 * `unknown-column` likewise.
 */
export function assignExpected(
  roles: readonly RoleAssignment[],
  column: string,
  direction: Direction | null,
): readonly RoleAssignment[] {
  const position = findRolePosition(roles, column);
  return roles.map(({ expected, ...assignment }, i) => {
    const said = i === position ? direction : expected;
    return said ? { ...assignment, expected: said } : assignment;
  });
}

/** Position of the column of that name. Throws `unknown-column` with the names there are. */
function findRolePosition(roles: readonly RoleAssignment[], column: string): number {
  const position = roles.findIndex((assignment) => assignment.column === column);
  if (position < 0) {
    const columns = roles.map((assignment) => assignment.column);
    throw new AppError('unknown-column', `no column "${column}"; there are: ${columns.join(', ')}`, {
      column,
      columns,
    });
  }
  return position;
}
