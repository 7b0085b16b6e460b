import { type JobContext, createPacer } from '#base/job-context.ts';
import { AppError } from '#base/errors.ts';
import type { FileRow } from '../row-index.ts';
import type { Table } from '../table.ts';
import { alignToLines, openStream, type ByteSource } from './byte-source.ts';
import { createBoundsAllocator, cutCells, detach, sliceCell, type CellBlock } from './cell-block.ts';
import { isMissing } from '../missing-words.ts';
import { createCellReader } from './cell-reader.ts';
import { createCellNotes, type CellNote } from './cell-notes.ts';
import { createColumnBuilder, type ColumnBuilder } from './column-builder.ts';
import type { NamedColumn } from './column-names.ts';
import type { Dialect } from './dialect.ts';
import { createDecoder, findByteOrderMark } from './encoding.ts';
import type { ColumnReading } from './infer-type.ts';
import { maxListedRejects, type Ledger, type Reject, type SideLine, type SideLineKind } from './ledger.ts';
import { limits } from './limits.ts';
import { isTotal, type SideLineRules } from './side-lines.ts';
import { createRecordSplitter, type RecordBlock } from './records.ts';
import type { ShiftTest } from './row-shift.ts';
import type { SplitDecimals } from './split-decimals.ts';

/** A cell with text that its column's type cannot hold; it is missing in the table. */
export interface UnreadCell {
  readonly row: FileRow;
  readonly column: string;
  readonly raw: string;
}

export interface Unread {
  readonly count: number;
  /** By column, where there are any. */
  readonly counts: readonly { readonly column: string; readonly count: number }[];
  /** The first ones, at most `maxListedUnread`. */
  readonly cells: readonly UnreadCell[];
}

const maxListedUnread = 1_000;

export interface PassPlan {
  readonly dialect: Dialect;
  /** Cells in a record. */
  readonly width: number;
  readonly columns: readonly NamedColumn[];
  /** How each column is read, in the order of `columns`; null: decided at the end. */
  readonly readings: readonly (ColumnReading | null)[];
  readonly nRowsExpected: number;
  /** Cells of most records. */
  readonly usualWidth: number;
  readonly sideLines: SideLineRules;
  readonly shifts: ShiftTest;
  readonly split: SplitDecimals | null;
  /** Reject the records with bytes that are no characters, instead of failing. */
  readonly isLenient: boolean;
}

export type PassResult =
  | {
      readonly kind: 'read';
      readonly table: Table;
      readonly ledger: Ledger;
      readonly unread: Unread;
      readonly notes: readonly CellNote[];
    }
  /** These columns (positions in `columns`) must be read again as labels. */
  | { readonly kind: 'misread'; readonly columns: readonly number[] };

/** Reads the whole file once, by a plan made from its beginning. Memory: the typed columns and one block. */
export async function readPass(source: ByteSource, plan: PassPlan, context: JobContext): Promise<PassResult> {
  const pace = createPacer(context);
  const decoder = createDecoder(plan.dialect.encoding, plan.isLenient);
  const splitter = createRecordSplitter(plan.dialect.delimiter);
  const rows = createRowCollector(plan);
  let bytes = 0;
  let nextCheck = 0;
  const stream = openStream(source);
  for await (const piece of alignToLines(stream.chunks, pieceSize)) {
    const mark = bytes === 0 ? markLength(piece, plan.dialect) : 0;
    bytes += piece.length;
    refuseTooLarge(bytes);
    const text = decoder.push(piece.subarray(mark));
    const block = splitter.push(text, decoder.units);
    if (block !== null) rows.take(block, decoder.isDamaged);
    await pace(() => ({ phase: 'reading', done: stream.nTaken, total: source.size ?? stream.nTaken }));
    if (bytes >= nextCheck) {
      nextCheck = bytes + checkEvery;
      const misread = rows.findMisread();
      if (misread.length > 0 && rows.nRows >= 10_000) return { kind: 'misread', columns: misread };
    }
  }
  const last = splitter.push(decoder.end());
  if (last !== null) rows.take(last, decoder.isDamaged);
  const end = splitter.end();
  if (end !== null) rows.take(end, decoder.isDamaged);
  const misread = rows.findMisread();
  if (misread.length > 0) return { kind: 'misread', columns: misread };
  const expected = stream.isPacked ? null : source.size;
  return { kind: 'read', ...rows.finish(expected ?? bytes, bytes - splitter.nPending) };
}

const pieceSize = 1 << 19;
const checkEvery = 1 << 24;

function markLength(piece: Uint8Array, dialect: Dialect): number {
  const mark = findByteOrderMark(piece);
  return mark !== null && mark.encoding === dialect.encoding ? mark.length : 0;
}

export function refuseTooLarge(bytes: number): void {
  if (bytes > limits.bytes) {
    throw new AppError('file-too-large', `The file holds ${bytes} bytes; the limit is ${limits.bytes}.`, {
      bytes,
      limit: limits.bytes,
    });
  }
}

function createRowCollector(plan: PassPlan) {
  const { dialect, width, columns } = plan;
  const unread: UnreadCell[] = [];
  const unreadCounts = new Map<string, number>();
  const notes = createCellNotes();
  const wanted = new Map(dialect.columnTypes?.map(({ column, type }) => [column, type]));
  const builders: readonly ColumnBuilder[] = columns.map(({ name }, i) =>
    createColumnBuilder({
      name,
      reading: plan.readings[i] ?? null,
      marks: dialect,
      nRowsExpected: plan.nRowsExpected,
      wanted: wanted.get(name) ?? null,
      onUnread,
      onRemark: (...remark) => notes.add(...remark),
    }),
  );
  const nameAt = new Map(columns.map(({ index, name }) => [index, name]));
  const fits = createFitTest(plan);
  const allocateBounds = createBoundsAllocator();
  const nHeaders = dialect.headerRows;
  const nAbove = Math.max(0, dialect.headerRow) + nHeaders;
  const rejects: Reject[] = [];
  let nRecords = 0;
  let nAboveSeen = 0;
  let nRejected = 0;
  let nEmpty = 0;
  let nRows = 0;
  const sideLines: SideLine[] = [];
  const nAside: Record<SideLineKind, number> = { total: 0, 'repeated-header': 0, note: 0, 'other-table': 0 };
  let nFilled = 0;
  let nCut = 0;
  let areLastTotals: boolean[] = [];

  function onUnread(row: number, column: string, raw: string): void {
    unreadCounts.set(column, (unreadCounts.get(column) ?? 0) + 1);
    if (unread.length < maxListedUnread) unread.push({ row, column, raw: detach(raw.slice(0, 200)) });
  }

  function reject({ line, reason, raw }: Reject): void {
    nRejected++;
    if (rejects.length < maxListedRejects) rejects.push({ line, reason, raw: detach(raw.slice(0, 2_000)) });
  }

  function setAside({ line, kind, raw }: SideLine): void {
    nAside[kind]++;
    if (sideLines.length < maxListedRejects) sideLines.push({ line, kind, raw: detach(raw.slice(0, 2_000)) });
  }

  function take(block: RecordBlock, isDamaged: boolean): void {
    nRecords += block.nRecords + block.rejects.length;
    block.rejects.forEach(reject);
    const nSkipped = Math.min(block.nRecords, nAbove - nAboveSeen);
    nAboveSeen += nSkipped;
    const { delimiter, unevenRecords } = dialect;
    const cells = cutCells(block, nSkipped, {
      usualWidth: plan.usualWidth,
      fits,
      shifts: plan.shifts,
      split: plan.split,
      delimiter,
      width,
      unevenRecords,
      sideLines: plan.sideLines,
      isDamaged,
      allocateBounds,
    });
    nEmpty += cells.nEmpty;
    cells.sideLines.forEach(setAside);
    nFilled += cells.nFilled;
    nCut += cells.nCut;
    cells.rejects.forEach(reject);
    for (const { row, from, raw } of cells.doubtful) {
      notes.add('maybe-shifted', nRows + row, nameAt.get(from) ?? '', raw);
    }
    append(cells);
  }

  function append(cells: CellBlock): void {
    if (cells.nRows === 0) return;
    nRows += cells.nRows;
    const limit = Math.min(limits.rows, Math.floor(limits.cells / columns.length));
    if (nRows > limit) {
      throw new AppError('too-many-rows', `The file has more than ${limit} rows.`, { limit });
    }
    for (let c = 0; c < builders.length; c++) {
      (builders[c] as ColumnBuilder).append(cells, (columns[c] as NamedColumn).index);
    }
    for (let row = Math.max(0, cells.nRows - maxTotals); row < cells.nRows; row++) {
      areLastTotals.push(isTotal(Array.from({ length: width }, (_, c) => sliceCell(cells, row, c))));
    }
    areLastTotals = areLastTotals.slice(-maxTotals);
  }

  function finish(bytes: number, bytesConsumed: number) {
    let totals = 0;
    while (totals < nRows - 1 && areLastTotals.at(-1 - totals) === true) totals++;
    const kept = nRows - totals;
    const table: Table = { nRows: kept, columns: builders.map((builder) => builder.finish(kept)) };
    const headers = Math.min(nHeaders, nAboveSeen);
    const ledger: Ledger = {
      bytes,
      bytesConsumed,
      records: nRecords,
      titles: nAboveSeen - headers,
      headers,
      kept,
      filled: nFilled,
      cut: nCut,
      rejected: nRejected,
      empty: nEmpty,
      totals: totals + nAside.total,
      repeatedHeaders: nAside['repeated-header'],
      notes: nAside.note,
      otherTables: nAside['other-table'],
      sideLines,
      rejects: rejects.sort((a, b) => a.line - b.line),
    };
    return { table, ledger, unread: listUnread(kept), notes: notes.list(kept) };
  }

  /** Without the cells of total lines, which stand behind the last row kept. */
  function listUnread(kept: number): Unread {
    for (const { row, column } of unread) {
      if (row >= kept) unreadCounts.set(column, (unreadCounts.get(column) ?? 0) - 1);
    }
    const counts = [...unreadCounts].map(([column, count]) => ({ column, count }));
    return {
      count: counts.reduce((sum, { count }) => sum + count, 0),
      counts: counts.filter(({ count }) => count > 0),
      cells: unread.filter(({ row }) => row < kept),
    };
  }

  return {
    take,
    finish,
    findMisread: () => builders.flatMap((builder, i) => (builder.isMisread ? [i] : [])),
    get nRows() {
      return nRows;
    },
  };
}

/** Whether the cells of a record can be read as their columns are. */
function createFitTest({ columns, readings, dialect }: PassPlan): (cells: readonly string[]) => boolean {
  const readers = columns.flatMap(({ index }, i) => {
    const reading = readings[i] ?? null;
    if (reading === null || reading.type === 'category') return [];
    return [{ index, read: createCellReader(reading.format, dialect, () => {}) }];
  });
  return (cells) =>
    readers.every(
      ({ index, read }) => isMissing(cells[index] ?? '') || !Number.isNaN(read(cells[index] ?? '')),
    );
}

/** Total lines stand at the end; more than these are data. */
const maxTotals = 5;
