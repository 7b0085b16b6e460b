import { range } from '#base/arrays.ts';
import { isSliceEnd, runAtOnce, type Sliced } from '#base/slices.ts';
import type { FactorMatch } from '../factors/join-factors.ts';
import type { RoleAssignment } from '../roles.ts';
import type { FileRows } from '../row-index.ts';
import type { Table } from '../table.ts';
import * as cells from './cell-steps.ts';
import { addJoinedRoles, joinStep } from './join-step.ts';
import { mergeRows } from './merge-rows.ts';
import type { Recipe, RecipeAction, RecipeStep } from './recipe-step.ts';
import * as rows from './row-steps.ts';
import {
  StepMisfit,
  needColumn,
  type StepOutcome,
  type StepProblem,
  type WorkingTable,
} from './step-outcome.ts';

/** What one step did; a step with a problem, or not enabled, did nothing. */
export interface StepReport {
  readonly id: string;
  readonly status: 'applied' | 'disabled' | StepProblem;
  readonly nRowsRemoved: number;
  readonly nCellsChanged: number;
  /** Of a join that was applied. */
  readonly match?: FactorMatch;
}

export interface CleanedTable {
  readonly table: Table;
  /** The row in the file's table of each row; of merged rows, that of the outage's first line. */
  readonly rowOrigins: FileRows;
  /** For each row of the file the position of the step that took it away; −1 where it is still there. */
  readonly removedBy: Int32Array;
  /** One per step of the recipe, in its order. */
  readonly report: readonly StepReport[];
}

/**
 * The table after the enabled steps of the recipe, in their order. The table given is not changed and
 * shares the columns that no step touched. `factors` is the second file, where one is open. A step that does not fit (its column is missing or of another
 * type, as may happen with the next file) is passed over and reported. O(steps × rows × columns) at most.
 */
export function applyRecipe(table: Table, recipe: Recipe, factors: Table | null = null): CleanedTable {
  return runAtOnce(applyRecipeInSlices(table, recipe, factors, () => {}));
}

/** The same, pausing; `onStep` is told how many steps are done. */
export function* applyRecipeInSlices(
  table: Table,
  recipe: Recipe,
  factors: Table | null,
  onStep: (done: number) => void,
): Sliced<CleanedTable> {
  let working: WorkingTable = { table, rowOrigins: range(table.nRows) };
  const removedBy = new Int32Array(table.nRows).fill(-1);
  const report: StepReport[] = [];
  for (const [position, step] of recipe.steps.entries()) {
    onStep(position);
    yield;
    const outcome = yield* tryStep(working, step, factors);
    if (typeof outcome === 'string') {
      report.push({ id: step.id, status: outcome, nRowsRemoved: 0, nCellsChanged: 0 });
      continue;
    }
    const nRowsRemoved = working.table.nRows - outcome.table.nRows;
    const { nCells: nCellsChanged, match } = outcome;
    report.push({ id: step.id, status: 'applied', nRowsRemoved, nCellsChanged, ...(match && { match }) });
    if (nRowsRemoved > 0) yield* markRemoved(working, outcome, position, removedBy);
    working = outcome;
  }
  return { table: working.table, rowOrigins: working.rowOrigins, removedBy, report };
}

function* markRemoved(
  before: WorkingTable,
  after: WorkingTable,
  position: number,
  outRemovedBy: Int32Array,
): Sliced<void> {
  for (const [i, row] of before.rowOrigins.entries()) {
    if (isSliceEnd(i)) yield;
    outRemovedBy[row] = position;
  }
  for (const [i, row] of after.rowOrigins.entries()) {
    if (isSliceEnd(i)) yield;
    outRemovedBy[row] = -1;
  }
}

function* tryStep(
  working: WorkingTable,
  step: RecipeStep,
  factors: Table | null,
): Sliced<StepOutcome | 'disabled' | StepProblem> {
  if (!step.isEnabled) return 'disabled';
  try {
    return yield* applyAction(working, step.action, factors);
  } catch (thrown) {
    if (thrown instanceof StepMisfit) return thrown.problem;
    throw thrown;
  }
}

function* applyAction(
  working: WorkingTable,
  action: RecipeAction,
  factors: Table | null,
): Sliced<StepOutcome> {
  switch (action.kind) {
    case 'exclude-rows':
      return yield* rows.excludeRows(working, action.rows);
    case 'exclude-outside':
      return yield* rows.excludeOutside(working, action.column, action.bounds);
    case 'exclude-span-outside':
      return yield* rows.excludeSpanOutside(working, action.start, action.end, action.bounds);
    case 'exclude-labels':
      return yield* rows.excludeLabels(working, action.column, action.labels);
    case 'keep-labels':
      return yield* rows.keepLabels(working, action.column, action.labels);
    case 'exclude-duplicates':
      return yield* rows.excludeDuplicates(working, action.ignoring);
    case 'keep-latest-version':
      return yield* rows.keepLatestVersion(working, action.identifier, action.version);
    case 'merge-rows':
      return yield* mergeRows(working, action.identifier, action.start, action.end);
    case 'merge-labels':
      return yield* cells.mergeLabels(working, action.column, action.from, action.into);
    case 'group-rare-labels':
      return yield* cells.groupRareLabels(working, action.column, action.minRows, action.into);
    case 'set-missing':
      return yield* cells.setMissing(working, action.column, action.rows);
    case 'set-missing-outside':
      return yield* cells.setMissingOutside(working, action.column, action.bounds);
    case 'clip':
      return yield* cells.clip(working, action.column, action.min, action.max);
    case 'convert-unit':
      return yield* cells.convertUnit(working, action.column, action.factor, action.renamed);
    case 'fill-duration':
      return yield* cells.fillDuration(working, action);
    case 'fill-missing':
      return yield* cells.fillMissing(working, action.column, action.value);
    case 'join-factors':
      return joinStep(working, action, factors);
    default: // set-role leaves the cells as they are
      needColumn(working.table, action.column, 'number', 'date', 'category');
      return { ...working, nCells: 0 };
  }
}

/**
 * The roles of the cleaned table: those of the file under the columns' new names, then the recipe's
 * overrules, the last one of a column winning. An overruled role has the reason `user` and keeps the
 * leak that was found, so that the evidence stays in view.
 */
export function applyRoleSteps(roles: readonly RoleAssignment[], recipe: Recipe): readonly RoleAssignment[] {
  let current = roles;
  for (const { action, isEnabled } of recipe.steps) {
    if (!isEnabled) continue;
    if (action.kind === 'join-factors') current = addJoinedRoles(current, action);
    if (action.kind === 'set-role') {
      current = current.map((assignment) =>
        assignment.column === action.column
          ? { ...assignment, role: action.role, reason: 'user' }
          : assignment,
      );
    } else if (action.kind === 'convert-unit' && action.renamed !== undefined) {
      const { column, renamed } = action;
      if (current.some((assignment) => assignment.column === renamed)) continue;
      current = current.map((assignment) =>
        assignment.column === column ? { ...assignment, column: renamed } : assignment,
      );
    }
  }
  return current;
}
