import type { FactorMatch } from '../factors/join-factors.ts';
import type { FileRows } from '../row-index.ts';
import { findColumn, isOfType, type Column, type ColumnOf, type ColumnType, type Table } from '../table.ts';

/** A table on its way through a recipe, with the row of the file that each of its rows comes from. */
export interface WorkingTable {
  readonly table: Table;
  readonly rowOrigins: FileRows;
}

/** What one step made of the table; `nCells` counts the cells whose content changed. */
export interface StepOutcome extends WorkingTable {
  readonly nCells: number;
  /** Of a join: how many rows found something. */
  readonly match?: FactorMatch;
}

/** Why a step could not be applied to this table. */
export type StepProblem =
  'column-missing' | 'wrong-type' | 'name-taken' | 'factors-missing' | 'labels-missing';

/** Thrown within an application to say that a step does not fit the table; never leaves `applyRecipe`. */
export class StepMisfit extends Error {
  readonly problem: StepProblem;

  constructor(problem: StepProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** The column of that name if it is of one of the types; else throws `StepMisfit`. */
export function needColumn<T extends ColumnType>(
  table: Table,
  name: string,
  ...types: readonly T[]
): ColumnOf<T> {
  const column = findColumn(table, name);
  if (column === undefined) throw new StepMisfit('column-missing');
  if (!isOfType(column, ...types)) throw new StepMisfit('wrong-type');
  return column;
}

export function replaceColumn(working: WorkingTable, old: Column, changed: Column): WorkingTable {
  const columns = working.table.columns.map((column) => (column === old ? changed : column));
  return { table: { nRows: working.table.nRows, columns }, rowOrigins: working.rowOrigins };
}
