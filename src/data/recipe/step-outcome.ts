import type { Column, ColumnType, Table } from '../table.ts';

/** A table on its way through a recipe, with the row of the file that each of its rows comes from. */
export interface WorkingTable {
  readonly table: Table;
  readonly rowOrigins: Int32Array;
}

/** What one step made of the table; `nCells` counts the cells whose content changed. */
export interface StepOutcome extends WorkingTable {
  readonly nCells: number;
}

/** Why a step could not be applied to this table. */
export type StepProblem = 'column-missing' | 'wrong-type' | 'name-taken';

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
): Extract<Column, { type: T }> {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new StepMisfit('column-missing');
  if (!(types as readonly ColumnType[]).includes(column.type)) throw new StepMisfit('wrong-type');
  return column as Extract<Column, { type: T }>;
}

export function replaceColumn(working: WorkingTable, old: Column, changed: Column): WorkingTable {
  const columns = working.table.columns.map((column) => (column === old ? changed : column));
  return { table: { nRows: working.table.nRows, columns }, rowOrigins: working.rowOrigins };
}
