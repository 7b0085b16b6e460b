import type { FactorPlan } from '../factors/factor-plan.ts';
import type { ColumnRole } from '../roles.ts';
import type { FileRow } from '../row-index.ts';
import type { TimeUnit } from '../time-units.ts';

/** Which values are meant: `min` ≤ value ≤ `max`, and value > `above`; an absent bound does not bind. */
export interface Bounds {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
}

/**
 * What a step does. Rows are named by their row in the table as read from the file, columns by name.
 * Bounds of a date column are in milliseconds since 1970. A missing cell is never outside of bounds.
 */
export type RecipeAction =
  /** Leaves out the named rows; of outages merged before, the row of their first line. */
  | { readonly kind: 'exclude-rows'; readonly rows: readonly FileRow[] }
  /** Leaves out the rows whose value is outside the bounds. */
  | { readonly kind: 'exclude-outside'; readonly column: string; readonly bounds: Bounds }
  /** Leaves out the rows whose end − start, in days, is outside the bounds. */
  | {
      readonly kind: 'exclude-span-outside';
      readonly start: string;
      readonly end: string;
      readonly bounds: Bounds;
    }
  /** Leaves out the rows with these labels. */
  | { readonly kind: 'exclude-labels'; readonly column: string; readonly labels: readonly string[] }
  /** Keeps the rows with these labels only: not those without one. */
  | { readonly kind: 'keep-labels'; readonly column: string; readonly labels: readonly string[] }
  /** Leaves out each row that equals an earlier one in all columns but the ignored. */
  | { readonly kind: 'exclude-duplicates'; readonly ignoring: readonly string[] }
  /** Of the rows of one identifier keeps the one of the highest version (the last line on a tie). */
  | { readonly kind: 'keep-latest-version'; readonly identifier: string; readonly version: string }
  /** Makes one row of the rows of one identifier: earliest start, latest end, the rest as at the start. */
  | {
      readonly kind: 'merge-rows';
      readonly identifier: string;
      readonly start: string;
      readonly end: string;
    }
  | {
      readonly kind: 'merge-labels';
      readonly column: string;
      readonly from: readonly string[];
      readonly into: string;
    }
  /** Labels on fewer than `minRows` rows become `into`. */
  | {
      readonly kind: 'group-rare-labels';
      readonly column: string;
      readonly minRows: number;
      readonly into: string;
    }
  | { readonly kind: 'set-missing'; readonly column: string; readonly rows: readonly FileRow[] }
  | { readonly kind: 'set-missing-outside'; readonly column: string; readonly bounds: Bounds }
  /** Moves values outside to the nearer bound. */
  | { readonly kind: 'clip'; readonly column: string; readonly min?: number; readonly max?: number }
  /** Multiplies the values; `renamed` says what the column is called then. */
  | {
      readonly kind: 'convert-unit';
      readonly column: string;
      readonly factor: number;
      readonly renamed?: string;
    }
  /** Fills what is missing of a duration with end − start, where both are known and it is positive. */
  | {
      readonly kind: 'fill-duration';
      readonly column: string;
      readonly start: string;
      readonly end: string;
      readonly unit: TimeUnit;
    }
  | { readonly kind: 'fill-missing'; readonly column: string; readonly value: number | string }
  /** Adds what a second file says of the time before each start. */
  | ({ readonly kind: 'join-factors' } & FactorPlan)
  /** Overrules the role that was guessed; the role `ignore` leaves the column out. */
  | { readonly kind: 'set-role'; readonly column: string; readonly role: ColumnRole };

export type RecipeActionKind = RecipeAction['kind'];

/** One step of the cleaning. A step that is not enabled stays in the list and does nothing. */
export interface RecipeStep {
  /** Unique in its recipe; chosen by whoever adds the step. */
  readonly id: string;
  readonly action: RecipeAction;
  /** Why, in the words of the person who decided, or the code of the finding that proposed it. */
  readonly reason: string;
  readonly isEnabled: boolean;
}

/** The cleaning of one file, in the order in which it is applied. Plain JSON. */
export interface Recipe {
  readonly version: 1;
  readonly steps: readonly RecipeStep[];
}

export const emptyRecipe: Recipe = { version: 1, steps: [] };

/** True for an action that names rows of one file, and so says nothing about another file. */
export function isBoundToFile(action: RecipeAction): boolean {
  return action.kind === 'exclude-rows' || action.kind === 'set-missing';
}

/** A missing value (NaN) is inside. */
export function isInside(value: number, { min, above, max }: Bounds): boolean {
  if (min !== undefined && value < min) return false;
  if (above !== undefined && value <= above) return false;
  return max === undefined || !(value > max);
}
