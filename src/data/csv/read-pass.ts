import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import { AppError } from '#base/errors.ts';
import type { Table } from '../table.ts';
import { readUnpacked, type ByteSource } from './byte-source.ts';
import { createColumnBuilder, type ColumnBuilder } from './column-builder.ts';
import type { NamedColumn } from './column-names.ts';
import type { Dialect } from './dialect.ts';
import { createDecoder, findByteOrderMark } from './encoding.ts';
import type { ColumnReading } from './infer-type.ts';
import { maxListedRejects, type Ledger, type Reject, type RejectReason } from './ledger.ts';
import { limits } from './limits.ts';
import { createRecordSplitter, type RecordBlock } from './records.ts';
import { tokenize } from './tokenize.ts';
import { isTotalRecord } from './total-rows.ts';

/** A cell with text that its column's type cannot hold; it is missing in the table. */
export interface UnreadCell {
  readonly row: number;
  readonly column: string;
  readonly raw: string;
}

export interface Unread {
  readonly count: number;
  /** The first ones, at most `maxListedUnread`. */
  readonly cells: readonly UnreadCell[];
}

export const maxListedUnread = 1_000;

export interface PassPlan {
  readonly dialect: Dialect;
  /** Cells in a record. */
  readonly width: number;
  readonly columns: readonly NamedColumn[];
  /** How each column is read, in the order of `columns`; null: decided at the end. */
  readonly readings: readonly (ColumnReading | null)[];
  readonly nRowsExpected: number;
}

export type PassResult =
  | { readonly kind: 'read'; readonly table: Table; readonly ledger: Ledger; readonly unread: Unread }
  /** These columns (positions in `columns`) must be read again as labels. */
  | { readonly kind: 'misread'; readonly columns: readonly number[] };

/** Reads the whole file once, by a plan made from its beginning. Memory: the typed columns and one block. */
export async function readPass(source: ByteSource, plan: PassPlan, context: JobContext): Promise<PassResult> {
  const pace = createPacer(context);
  const decoder = createDecoder(plan.dialect.encoding);
  const splitter = createRecordSplitter(plan.dialect.delimiter);
  const rows = createRowCollector(plan);
  let bytes = 0;
  let nextCheck = 0;
  for await (const chunk of readUnpacked(source)) {
    for (let at = 0; at < chunk.length; at += pieceSize) {
      let piece = chunk.subarray(at, at + pieceSize);
      if (bytes === 0) piece = piece.subarray(markLength(piece, plan.dialect));
      bytes = bytes === 0 ? Math.min(chunk.length, pieceSize) : bytes + piece.length;
      refuseTooLarge(bytes);
      const text = decoder.push(piece);
      const block = splitter.push(text);
      if (block !== null) rows.take(block);
      await pace(() => ({ phase: 'reading', done: bytes, total: Math.max(bytes, source.size ?? bytes) }));
    }
    if (bytes >= nextCheck) {
      nextCheck = bytes + checkEvery;
      const misread = rows.findMisread();
      if (misread.length > 0 && rows.nRows >= 10_000) return { kind: 'misread', columns: misread };
    }
  }
  const last = splitter.push(decoder.end());
  if (last !== null) rows.take(last);
  const end = splitter.end();
  if (end !== null) rows.take(end);
  const misread = rows.findMisread();
  if (misread.length > 0) return { kind: 'misread', columns: misread };
  return { kind: 'read', ...rows.finish(bytes, bytes - splitter.nPending) };
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

interface RecentRow {
  readonly cells: readonly string[];
}

function createRowCollector(plan: PassPlan) {
  const { dialect, width, columns } = plan;
  const builders: readonly ColumnBuilder[] = columns.map(({ name }, i) =>
    createColumnBuilder(name, plan.readings[i] ?? null, dialect, plan.nRowsExpected),
  );
  const counts = { records: 0, titles: 0, headers: 0, rejected: 0, empty: 0 };
  const rejects: Reject[] = [];
  const unread: UnreadCell[] = [];
  let nUnread = 0;
  let nRows = 0;
  let recent: RecentRow[] = [];

  function onUnread(row: number, column: string, raw: string): void {
    nUnread++;
    if (unread.length < maxListedUnread) unread.push({ row, column, raw: raw.slice(0, 200) });
  }

  function reject(line: number, reason: RejectReason, raw: string): void {
    counts.rejected++;
    if (rejects.length < maxListedRejects) rejects.push({ line, reason, raw: raw.slice(0, 2_000) });
  }

  function take(block: RecordBlock): void {
    counts.records += block.rejects.length;
    for (const { line, reason, raw } of block.rejects) reject(line, reason, raw);
    const records = tokenize(block, dialect.delimiter);
    const hasNul = block.text.includes('\0');
    const kept: string[][] = [];
    for (let i = 0; i < records.length; i++) {
      const cells = records[i] as string[];
      const place = counts.records - block.rejects.length;
      counts.records++;
      if (place < dialect.headerRow) counts.titles++;
      else if (place < dialect.headerRow + dialect.headerRows) counts.headers++;
      else if (isBlank(cells)) counts.empty++;
      else {
        const fault = findFault(cells, hasNul);
        if (fault === null) kept.push(cells);
        else {
          const raw = block.raws?.[i] ?? cells.join(dialect.delimiter);
          reject(block.lines?.[i] ?? block.firstLine + i, fault, raw);
        }
      }
    }
    append(kept);
  }

  function findFault(cells: string[], hasNul: boolean): RejectReason | null {
    if (hasNul && cells.some((cell) => cell.includes('\0'))) return 'nul-character';
    if (cells.length < width) return 'too-few-cells';
    for (let i = width; i < cells.length; i++) {
      if ((cells[i] as string).trim() !== '') return 'too-many-cells';
    }
    return null;
  }

  function append(kept: readonly string[][]): void {
    if (kept.length === 0) return;
    nRows += kept.length;
    if (nRows > limits.rows) {
      throw new AppError('too-many-rows', `The file has more than ${limits.rows} rows.`, {
        limit: limits.rows,
      });
    }
    if (nRows * columns.length > limits.cells) {
      throw new AppError('too-many-rows', `The file has more than ${limits.cells} cells.`, {
        limit: Math.floor(limits.cells / columns.length),
      });
    }
    for (let c = 0; c < builders.length; c++) {
      (builders[c] as ColumnBuilder).append(kept, (columns[c] as NamedColumn).index, onUnread);
    }
    recent = [...recent, ...kept.slice(-maxTotals).map((cells) => ({ cells }))].slice(-maxTotals);
  }

  function finish(bytes: number, bytesConsumed: number) {
    let nTotals = 0;
    while (nTotals < recent.length && nTotals < nRows - 1) {
      if (!isTotalRecord((recent[recent.length - 1 - nTotals] as RecentRow).cells)) break;
      nTotals++;
    }
    const kept = nRows - nTotals;
    const table: Table = { nRows: kept, columns: builders.map((builder) => builder.finish(kept, onUnread)) };
    const inTotals = unread.filter(({ row }) => row >= kept).length;
    const ledger: Ledger = { bytes, bytesConsumed, ...counts, kept, totals: nTotals, rejects };
    const cells = unread.filter(({ row }) => row < kept);
    return { table, ledger, unread: { count: nUnread - inTotals, cells } };
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

/** Total lines stand at the end; more than these are data. */
const maxTotals = 5;

function isBlank(cells: readonly string[]): boolean {
  for (let i = 0; i < cells.length; i++) if ((cells[i] as string).trim() !== '') return false;
  return true;
}
