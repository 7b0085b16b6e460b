import type { ColumnProfile } from '#data/profile.ts';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import type { StepReport } from '#data/recipe/apply-recipe.ts';
import { canBeDirected, directions, type RoleAssignment } from '#data/roles.ts';
import { assignExpected, assignKnownWhen, assignRole } from '#jobs/dataset/assign-role.ts';
import type { CleaningSummary } from '#jobs/dataset/contract.ts';
import type { Options } from './options.ts';
import { UsageError } from './usage-error.ts';

export const roleOptionNames = [
  'target',
  'start',
  'end',
  'id',
  'version',
  'announced',
  'drop',
  'keep',
  'known-before',
  'known-at-start',
  'expect',
  'only',
] as const;

const roleOf = {
  start: 'start',
  end: 'end',
  id: 'identifier',
  version: 'version',
  announced: 'announced',
  target: 'target',
} as const;

/** Throws `UsageError` unless the options say what to predict: asked before a large file is read. */
export function requireTarget(options: Options): void {
  if (!namesTarget(options)) {
    throw new UsageError('name the column to predict: --target COLUMN, or --start COLUMN --end COLUMN');
  }
}

export function namesTarget(options: Options): boolean {
  const isGiven = (name: string) => options.text(name) !== undefined;
  return isGiven('target') || (isGiven('start') && isGiven('end'));
}

/**
 * The guessed roles with what the command line says. Where it names `--start` and `--end` without `--target`, they make
 * the duration, and a guessed target is left out. Throws `unknown-column` with the names there are.
 */
export function chooseRoles(guessed: readonly RoleAssignment[], options: Options): readonly RoleAssignment[] {
  let roles = guessed;
  if (namesTarget(options) && options.text('target') === undefined) {
    roles = roles.map((entry) =>
      entry.role === 'target' ? { column: entry.column, role: 'ignore', reason: 'user' } : entry,
    );
  }
  for (const [name, role] of Object.entries(roleOf)) {
    const column = options.text(name);
    if (column !== undefined) roles = assignRole(roles, column, role);
  }
  const list = (name: string) =>
    options.list(
      name,
      guessed.map(({ column }) => column),
    );
  for (const column of list('drop')) roles = assignRole(roles, column, 'ignore');
  for (const column of list('keep')) roles = assignRole(roles, column, 'context');
  for (const column of list('known-before')) roles = assignKnownWhen(roles, column, 'long-before');
  for (const column of list('known-at-start')) roles = assignKnownWhen(roles, column, 'at-start');
  for (const entry of list('expect')) {
    const { column, direction } = readExpected(entry);
    roles = assignExpected(roles, column, direction);
  }
  return roles;
}

/** `--only fuel=Nuclear,fuel=Coal`: the steps that keep the rows of these labels, a step a column. Throws `UsageError`. */
export function readOnly(options: Options, columns: readonly string[]): readonly RecipeStep[] {
  const labelsOf = new Map<string, string[]>();
  for (const entry of options.list('only', columns)) {
    const at = entry.indexOf('=');
    const [column, label] = [entry.slice(0, at), entry.slice(at + 1)];
    if (at < 1 || label === '') throw new UsageError(`--only takes COLUMN=LABEL, not "${entry}"`);
    labelsOf.set(column, [...(labelsOf.get(column) ?? []), label]);
  }
  return [...labelsOf].map(([column, labels]) => ({
    id: `only ${column}`,
    action: { kind: 'keep-labels', column, labels },
    reason: 'filter',
    isEnabled: true,
  }));
}

/** Throws `UsageError` where a step of `--only` did not fit the file. */
export function requireOnly({ report }: Pick<CleaningSummary, 'report'>, only: readonly RecipeStep[]): void {
  for (const { id, action } of only) {
    const status = report.find((step) => step.id === id)?.status;
    if (status === 'applied' || action.kind !== 'keep-labels') continue;
    const { column, labels } = action;
    throw new UsageError(
      `--only ${labels.map((label) => `${column}=${label}`).join(',')}: ${whyNot(status)}`,
    );
  }
}

function whyNot(status: StepReport['status'] | undefined): string {
  if (status === 'column-missing') return 'the file has no such column';
  return status === 'wrong-type' ? 'the column must be one of labels' : 'no row has such a label';
}

/** Throws `UsageError` where `--expect` names what cannot have a direction: asked before the work begins. */
export function requireDirected(
  roles: readonly RoleAssignment[],
  columns: readonly Pick<ColumnProfile, 'name' | 'type'>[],
): void {
  for (const { column, role, expected } of roles) {
    const type = columns.find(({ name }) => name === column)?.type;
    if (!expected || (type && canBeDirected(role, type))) continue;
    throw new UsageError(
      `--expect ${column}=${expected}: it must be a column of numbers to learn from; this one holds ${type ?? 'nothing'}, with the role ${role}`,
    );
  }
}

/** `COLUMN=shorter`: the column's name may hold the sign, too. */
function readExpected(entry: string) {
  const at = entry.lastIndexOf('=');
  const direction = directions.find((each) => each === entry.slice(at + 1).trim());
  if (at < 1 || !direction) {
    throw new UsageError(`--expect takes COLUMN=shorter or COLUMN=longer, got "${entry}"`);
  }
  return { column: entry.slice(0, at).trim(), direction };
}
