import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { factorPlanEntries } from '../factors/parse-factors.ts';
import { columnRoles } from '../roles.ts';
import { timeUnits } from '../time-units.ts';
import type { Recipe, RecipeAction, RecipeStep } from './recipe-step.ts';

/** More than any file needs; less than what would choke a browser. */
const maxSteps = 10_000;
const maxNamedRows = 1_000_000;
const maxLabels = 100_000;

const text = v.pipe(v.string(), v.maxLength(10_000));
const finite = v.pipe(v.number(), v.finite());
const rows = v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.maxLength(maxNamedRows));
const labels = v.pipe(v.array(text), v.maxLength(maxLabels));
const bounds = v.strictObject({
  min: v.exactOptional(finite),
  above: v.exactOptional(finite),
  max: v.exactOptional(finite),
});

/** An action as it stands in any file of ours; fresh objects, nothing unknown let through. */
export const recipeActionSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('exclude-rows'), rows }),
  v.strictObject({ kind: v.literal('exclude-outside'), column: text, bounds }),
  v.strictObject({ kind: v.literal('exclude-span-outside'), start: text, end: text, bounds }),
  v.strictObject({ kind: v.literal('exclude-labels'), column: text, labels }),
  v.strictObject({ kind: v.literal('keep-labels'), column: text, labels }),
  v.strictObject({ kind: v.literal('exclude-duplicates'), ignoring: labels }),
  v.strictObject({ kind: v.literal('keep-latest-version'), identifier: text, version: text }),
  v.strictObject({ kind: v.literal('merge-rows'), identifier: text, start: text, end: text }),
  v.strictObject({ kind: v.literal('merge-labels'), column: text, from: labels, into: text }),
  v.strictObject({ kind: v.literal('group-rare-labels'), column: text, minRows: finite, into: text }),
  v.strictObject({ kind: v.literal('set-missing'), column: text, rows }),
  v.strictObject({ kind: v.literal('set-missing-outside'), column: text, bounds }),
  v.strictObject({
    kind: v.literal('clip'),
    column: text,
    min: v.exactOptional(finite),
    max: v.exactOptional(finite),
  }),
  v.strictObject({
    kind: v.literal('convert-unit'),
    column: text,
    factor: finite,
    renamed: v.exactOptional(text),
  }),
  v.strictObject({
    kind: v.literal('fill-duration'),
    column: text,
    start: text,
    end: text,
    unit: v.picklist(timeUnits),
  }),
  v.strictObject({ kind: v.literal('fill-missing'), column: text, value: v.union([finite, text]) }),
  v.strictObject({ kind: v.literal('join-factors'), ...factorPlanEntries }),
  v.strictObject({ kind: v.literal('set-role'), column: text, role: v.picklist(columnRoles) }),
]) satisfies v.GenericSchema<unknown, RecipeAction>;

const step = v.strictObject({
  id: text,
  action: recipeActionSchema,
  reason: text,
  isEnabled: v.boolean(),
}) satisfies v.GenericSchema<unknown, RecipeStep>;

const recipe = v.pipe(
  v.strictObject({ version: v.literal(1), steps: v.pipe(v.array(step), v.maxLength(maxSteps)) }),
  v.check(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, 'step ids must be unique'),
) satisfies v.GenericSchema<unknown, Recipe>;

/**
 * A recipe read from outside (project file, registry, model's record), rebuilt in fresh objects.
 * Throws `recipe-invalid` with the place and the reason of the first fault.
 */
export function parseRecipe(value: unknown): Recipe {
  const result = v.safeParse(recipe, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? '';
  throw new AppError('recipe-invalid', `recipe: ${place === '' ? 'value' : place}: ${issue.message}`, {
    place,
    problem: issue.message,
  });
}
