import type { FactorChoices } from '#data/factors/propose-factors.ts';
import type { ReadResult } from '#data/csv/read-table.ts';
import type { CleanedTable } from '#data/recipe/apply-recipe.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { Table } from '#data/table.ts';
import type { DatasetSummary } from './contract.ts';

/** An open file: what stays in the workbench, and the summary, which leaves it. Rows are named by the file's rows. */
export interface OpenDataset {
  /** The table as the file has it, and its ledger. */
  readonly read: ReadResult;
  readonly recipe: Recipe;
  /** The table after the recipe: what is learnt from and predicted. */
  readonly cleaned: CleanedTable;
  readonly summary: DatasetSummary;
  /** The second file, where one was added. */
  readonly factors: OpenFactors | null;
}

/** A file of outside factors, beside the outages. */
export interface OpenFactors {
  readonly name: string;
  readonly table: Table;
  /** What was said of its columns: where a model's join calls them otherwise. */
  readonly choices: FactorChoices;
}
