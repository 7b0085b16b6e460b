import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { type CellValue, buildColumn, readCell } from '#data/cell.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import type { UnreadCell } from '#data/csv/read-pass.ts';
import type { ReadResult } from '#data/csv/read-table.ts';
import { type Column, findColumn, type Table } from '#data/table.ts';
import type { AppendFileRequest, TextFile } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';
import { readDataset } from './read-dataset.ts';

/**
 * The rows of a file behind those of the open one, as a file of their own: columns are matched by their names, those that
 * one of them lacks are left empty there. Throws `nothing-in-common`, and what reading throws.
 */
export async function appendFile(
  { read, summary }: OpenDataset,
  { datasetId, file, overrides }: AppendFileRequest,
  context: JobContext,
): Promise<TextFile> {
  const { read: more } = await readDataset({ datasetId, file, overrides }, context);
  const joined = joinReadings([
    { name: summary.name, read },
    { name: file.name, read: more },
  ]);
  return writeJoined(summary.name, file.name, joined);
}

/** Two files as one that can be opened. */
export function writeJoined(name: string, addedName: string, joined: Table): TextFile {
  const base = (each: string) => each.replace(/\.\w+(\.gz)?$/u, '');
  return { name: `${base(name)} + ${base(addedName)}.csv`, text: writeCsv(joined, 'international') };
}

/** Where a row of two joined files comes from: the first, the second, or both, where what the second tells counts. */
export interface JoinedRow {
  readonly own: number | null;
  readonly added: number | null;
}

/**
 * The rows of files one behind the other, by the names of their columns; of two files those that `rows` names. Throws
 * `nothing-in-common`.
 */
export function joinReadings(
  files: readonly { readonly name: string; readonly read: Pick<ReadResult, 'table' | 'unread'> }[],
  rows: readonly JoinedRow[] | null = null,
): Table {
  const columns = files.flatMap(({ read }) => read.table.columns);
  const [first] = files;
  for (const { name, read } of files.slice(1)) {
    if (read.table.columns.some((column) => first && findColumn(first.read.table, column.name))) continue;
    throw new AppError('nothing-in-common', 'the files have no column in common', {
      name,
      columns: read.table.columns.map((column) => column.name).slice(0, 6),
    });
  }
  const names = [...new Set(columns.map(({ name }) => name))];
  const parts = files.map(({ read }) => ({ table: read.table, unread: read.unread.cells }));
  return {
    nRows: rows?.length ?? parts.reduce((sum, { table }) => sum + table.nRows, 0),
    columns: names.map((name) => joinColumns(name, parts, rows)),
  };
}

interface Part {
  readonly table: Table;
  readonly unread: readonly UnreadCell[];
}

/**
 * A column of both. Where they differ in type, say a unit, or hold something that could not be read, a column of what is
 * written in them: it is read again as a whole.
 */
function joinColumns(name: string, parts: readonly Part[], rows: readonly JoinedRow[] | null): Column {
  const columns = parts.map(({ table }) => findColumn(table, name));
  const there = columns.filter((column) => column !== undefined);
  const types = new Set(there.map(({ type }) => type));
  const hasUnit = there.some((column) => column.type === 'number' && column.unit !== undefined);
  const isUnread = parts.some(({ unread }) => unread.some(({ column }) => column === name));
  const type = types.size > 1 || hasUnit || isUnread ? null : there[0]?.type;
  const all = parts.flatMap((part, i) => readCells(columns[i], part, name, type === null));
  const nOwn = parts[0]?.table.nRows ?? 0;
  const cellAt = (row: number | null, from: number) => (row === null ? null : (all[from + row] ?? null));
  const pick = ({ own, added }: JoinedRow) => cellAt(added, nOwn) ?? cellAt(own, 0);
  const cells = rows === null ? all : rows.map(pick);
  const joined = buildColumn(name, type ?? 'category', cells);
  if (joined.type !== 'date') return joined;
  return { ...joined, hasTime: there.some((column) => column.type === 'date' && column.hasTime) };
}

function readCells(
  column: Column | undefined,
  { table, unread }: Part,
  name: string,
  asWritten: boolean,
): CellValue[] {
  const cells = Array.from({ length: table.nRows }, (_, row) => {
    const cell = column ? readCell(column, row) : null;
    return asWritten && column && cell !== null ? write(column, cell) : cell;
  });
  for (const { row, column: of, raw } of unread) if (of === name) cells[row] = raw;
  return cells;
}

function write(column: Column, cell: string | number): string {
  if (column.type === 'number') return column.unit === undefined ? String(cell) : `${cell} ${column.unit}`;
  if (column.type === 'category' || typeof cell === 'string') return String(cell);
  return new Date(cell)
    .toISOString()
    .slice(0, column.hasTime ? 16 : 10)
    .replace('T', ' ');
}
