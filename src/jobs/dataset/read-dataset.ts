import { type JobContext, createPacer } from '#base/job-context.ts';
import { runInSlices } from '#base/slices.ts';
import { readTable } from '#data/csv/read-table.ts';
import { findDoubtfulColumns } from '#data/doubtful-columns.ts';
import { findNumberCodes } from '#data/number-codes.ts';
import { guessRoles } from '#data/guess-roles.ts';
import { type ColumnProfile, profileColumnInSlices } from '#data/profile.ts';
import { computeTableShape } from '#data/recipe/table-shape.ts';
import { cleanTable, summariseCleaning } from './clean-dataset.ts';
import type { DatasetSummary, ReadDatasetRequest } from './contract.ts';
import { openTableSource } from './file-source.ts';
import type { OpenDataset } from './open-dataset.ts';
import { readFactors } from './read-factors.ts';
import { createStages } from '#base/stages.ts';
import { proposeRecipe } from './propose-recipe.ts';

/** Shares of the time of a large file of numbers, for an honest end. */
const stageWeights = { reading: 0.5, typing: 0.45, cleaning: 0.05 };

/**
 * Reads a file, profiles its columns, guesses their roles and cleans it by the recipe given, else by the one proposed.
 * Errors: those of `readTable`, `file-unreadable`.
 */
export async function readDataset(request: ReadDatasetRequest, context: JobContext): Promise<OpenDataset> {
  const { datasetId, file, overrides } = request;
  const startedAt = context.now();
  const stage = createStages(context, stageWeights);
  const opened = await openTableSource(file, overrides, stage('reading'));
  const read = await readTable(opened.source, opened.overrides, stage('reading'));
  const { table, dialect, evidence, ledger, unread, notes, arrangements, preview } = read;
  const nUnread = new Map(unread.counts.map(({ column, count }) => [column, count]));
  const pace = createPacer(stage('typing'));
  const columns: ColumnProfile[] = [];
  for (const column of table.columns) {
    const yieldNow = () =>
      pace(() => ({ phase: 'typing', done: columns.length, total: table.columns.length }));
    columns.push(await runInSlices(profileColumnInSlices(column, nUnread.get(column.name)), yieldNow));
  }
  await pace();
  const roles = guessRoles(table, columns);
  const proposedRecipe = await runInSlices(proposeRecipe(table, roles), pace);
  const recipe = request.recipe ?? proposedRecipe;
  const second = request.factors ? await readFactors(request.factors, stage('cleaning')) : null;
  const factors = second?.open ?? null;
  const cleaned = await cleanTable({ table, factors: factors?.table ?? null }, recipe, stage('cleaning'));
  const summary: DatasetSummary = {
    datasetId,
    name: file.name,
    workbook: opened.workbook,
    nRows: table.nRows,
    dialect,
    evidence,
    questions: evidence.filter(({ isAmbiguous }) => isAmbiguous),
    ledger,
    unread,
    notes,
    arrangements,
    doubtful: findDoubtfulColumns(table),
    codes: findNumberCodes(table, new Set(dialect.columnTypes?.map(({ column }) => column))),
    rawLines: preview.rawLines,
    titles: preview.titles,
    headerLines: preview.headerLines,
    columns,
    roles,
    leaks: roles.flatMap(({ leak }) => (leak ? [leak] : [])),
    shape: computeTableShape({ columns: preview.names.map((name) => ({ name })) }),
    proposedRecipe,
    recipe,
    cleaning: await summariseCleaning(table, columns, cleaned, stage('cleaning')),
    factors: second?.summary ?? null,
    seconds: (context.now() - startedAt) / 1000,
  };
  return { read, recipe, cleaned, summary, factors };
}
