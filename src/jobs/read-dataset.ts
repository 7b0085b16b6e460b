import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import type { ReadResult } from '#data/csv/read-table.ts';
import { readTable } from '#data/csv/read-table.ts';
import { guessRoles } from '#data/guess-roles.ts';
import type { ColumnProfile } from '#data/profile.ts';
import { profileColumn } from '#data/profile.ts';
import type { DatasetSummary, ReadDatasetRequest } from './dataset.ts';
import { toByteSource } from './file-source.ts';

/** An open file: the table and its ledger, which stay in the workbench, and the summary, which leaves it. */
export interface OpenDataset {
  readonly read: ReadResult;
  readonly summary: DatasetSummary;
}

/** Reads a file, profiles its columns and guesses their roles. Errors: those of `readTable`, `file-unreadable`. */
export async function readDataset(request: ReadDatasetRequest, context: JobContext): Promise<OpenDataset> {
  const { datasetId, file, overrides } = request;
  const startedAt = context.now();
  const read = await readTable(toByteSource(file), overrides, context);
  const { table, dialect, evidence, ledger, unread, preview } = read;
  const nUnread = new Map<string, number>();
  for (const { column } of unread.cells) nUnread.set(column, (nUnread.get(column) ?? 0) + 1);
  const pace = createPacer(context);
  const columns: ColumnProfile[] = [];
  for (const column of table.columns) {
    await pace(() => ({ phase: 'typing', done: columns.length, total: table.columns.length }));
    columns.push(profileColumn(column, nUnread.get(column.name)));
  }
  await pace();
  const roles = guessRoles(table, columns);
  const summary: DatasetSummary = {
    datasetId,
    name: file.name,
    nRows: table.nRows,
    dialect,
    evidence,
    questions: evidence.filter(({ isAmbiguous }) => isAmbiguous),
    ledger,
    unread,
    rawLines: preview.rawLines,
    titles: preview.titles,
    columns,
    roles,
    leaks: roles.flatMap(({ leak }) => (leak ? [leak] : [])),
    seconds: (context.now() - startedAt) / 1000,
  };
  return { read, summary };
}
