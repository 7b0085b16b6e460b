import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { columnRoles, directions, knownWhens, type RoleAssignment } from '#data/roles.ts';
import type { TrainingSettings } from '#training/contract.ts';
import type { Sha256, VersionFacts } from '#versions/contract.ts';

/** What a retraining does again: how columns count, and how it trains. */
export interface DataRecipe {
  readonly roles: readonly RoleAssignment[];
  readonly settings: TrainingSettings;
}

/** What the facts of a version say of the retraining that made it. */
export interface RetrainFacts extends DataRecipe {
  readonly pipeline: 1;
  /** Of all rows there were to learn from and to judge by. */
  readonly data: Sha256;
  readonly snapshot: Sha256;
}

const recipeSchema = v.looseObject({
  roles: v.array(
    v.looseObject({
      column: v.string(),
      role: v.picklist(columnRoles),
      knownWhen: v.optional(v.picklist(knownWhens)),
      expected: v.optional(v.picklist(directions)),
    }),
  ),
  settings: v.looseObject({ seed: v.number(), folds: v.number() }),
});

const factsSchema = v.looseObject({
  ...recipeSchema.entries,
  pipeline: v.literal(1),
  data: v.string(),
  snapshot: v.string(),
});

/** A recipe as it was written for a training elsewhere. Throws `recipe-invalid`. */
export function parseDataRecipe(value: unknown): DataRecipe {
  const parsed = v.safeParse(recipeSchema, value);
  if (parsed.success) return value as DataRecipe;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue) ?? 'recipe';
  throw new AppError('recipe-invalid', `${place}: ${issue.message}`, { place, problem: issue.message });
}

/** Null for a version that no retraining made. The log that holds it is chained: what it says was written here. */
export function readRetrainFacts({ settings }: Pick<VersionFacts, 'settings'>): RetrainFacts | null {
  return v.is(factsSchema, settings) ? (settings as unknown as RetrainFacts) : null;
}

/** The roles of a recipe for columns that are there again; guessed ones for those that are new. */
export function recallRoles(
  guessed: readonly RoleAssignment[],
  recalled: readonly RoleAssignment[],
): readonly RoleAssignment[] {
  const known = new Map(recalled.map((assignment) => [assignment.column, assignment]));
  const taken = new Set(recalled.map(({ role }) => role));
  return guessed.map((assignment): RoleAssignment => {
    const found = known.get(assignment.column);
    if (found) return found;
    // A role that one column holds stays with it: a new column that looks like a target is none.
    const isSingle = ['target', 'start', 'end', 'announced', 'identifier', 'version'].includes(
      assignment.role,
    );
    return isSingle && taken.has(assignment.role) ? { ...assignment, role: 'ignore' } : assignment;
  });
}
