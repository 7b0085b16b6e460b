import type { JobContext } from '#base/job-context.ts';
import { readCell } from '#data/cell.ts';
import { writeDay } from '#data/dates.ts';
import { matchRows, type RowMatch } from '#data/match-rows.ts';
import { findColumn, type Table } from '#data/table.ts';
import { type JoinedRow, joinReadings, writeJoined } from './append-file.ts';
import type { FileMerge, MergedRow, MergeFileRequest } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';
import { readDataset } from './read-dataset.ts';

const MAX_EXAMPLES = 20;

/**
 * What adding a file to the open one would do, each outage once: new ones stand behind, of a changed one what the file tells is
 * taken over, where the two contradict each other what is there stays. Throws `nothing-in-common`, and what reading throws.
 */
export async function mergeFile(
  { read, summary }: OpenDataset,
  { datasetId, file, overrides, roles }: MergeFileRequest,
  context: JobContext,
): Promise<FileMerge> {
  const { read: more } = await readDataset({ datasetId, file, overrides }, context);
  const [table, added] = [read.table, more.table];
  const matches = matchRows(table, added, roles);
  const files = [
    { name: summary.name, read },
    { name: file.name, read: more },
  ];
  const joined = joinReadings(files, placeRows(table.nRows, matches));
  const count = (kind: RowMatch['kind']) => matches.filter((match) => match.kind === kind).length;
  return {
    nNew: count('new'),
    nChanged: count('changed'),
    nSame: count('same'),
    nConflicts: count('conflict'),
    examples: listExamples(table, added, matches, roles),
    merged: writeJoined(summary.name, file.name, joined),
    hasSameColumns: joined.columns.length === table.columns.length,
  };
}

function placeRows(nOwn: number, matches: readonly RowMatch[]): readonly JoinedRow[] {
  const changedBy = new Map<number, number>();
  const behind: JoinedRow[] = [];
  matches.forEach((match, added) => {
    if (match.kind === 'new') behind.push({ own: null, added });
    else if (match.kind === 'changed' && !changedBy.has(match.row)) changedBy.set(match.row, added);
  });
  const own = Array.from({ length: nOwn }, (_, row) => ({ own: row, added: changedBy.get(row) ?? null }));
  return [...own, ...behind];
}

function listExamples(
  table: Table,
  added: Table,
  matches: readonly RowMatch[],
  roles: MergeFileRequest['roles'],
): readonly MergedRow[] {
  const ends = roles.flatMap(({ column, role }) => (role === 'target' || role === 'end' ? [column] : []));
  const examples: MergedRow[] = [];
  for (const [row, match] of matches.entries()) {
    if (match.kind !== 'changed' && match.kind !== 'conflict') continue;
    if (examples.length === MAX_EXAMPLES) break;
    const isWithin = match.kind === 'conflict' && match.within !== null;
    const other = isWithin ? added : table;
    const otherRow = match.kind === 'conflict' ? (match.within ?? match.row) : match.row;
    const columns = match.kind === 'changed' ? match.columns : ends;
    const cells = columns
      .filter((column) => findColumn(added, column) && findColumn(other, column))
      .map((column) => ({ column, own: write(other, column, otherRow), added: write(added, column, row) }));
    examples.push({ kind: match.kind, row, cells });
  }
  return examples;
}

function write(table: Table, name: string, row: number | null): string {
  const column = findColumn(table, name);
  const cell = column && row !== null ? readCell(column, row) : null;
  if (cell === null) return '–';
  return column?.type === 'date' && typeof cell === 'number' ? writeDay(cell) : String(cell);
}
