import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { Table } from '../table.ts';
import { alignHeader } from './align-header.ts';
import { arrangeColumns, type Arrangement } from './arrange-columns.ts';
import { openStream, type ByteSource } from './byte-source.ts';
import type { CellNote } from './cell-notes.ts';
import { nameColumns } from './column-names.ts';
import { findModalWidth, type HeadRecord } from './detect-delimiter.ts';
import { detectDialect, type DialectGuess } from './detect-dialect.ts';
import type { Dialect, DialectEvidence, Encoding } from './dialect.ts';
import { isUnitRow } from './detect-header.ts';
import { createDecoder, findByteOrderMark, guessEncoding, type EncodingGuess } from './encoding.ts';
import { inferReading, labelReading } from './infer-type.ts';
import type { Ledger } from './ledger.ts';
import { limits } from './limits.ts';
import { readPass, refuseTooLarge, type PassPlan, type PassResult, type Unread } from './read-pass.ts';
import { findMarkedTable, findSideLine, findSideLineRules, isTotal, noSideLines } from './side-lines.ts';
import { findTablesBelow } from './stacked-tables.ts';
import { refuseBinary } from './refuse-binary.ts';
import { createShiftTest } from './row-shift.ts';

export interface ReadResult {
  readonly table: Table;
  readonly dialect: Dialect;
  readonly evidence: readonly DialectEvidence[];
  readonly ledger: Ledger;
  readonly unread: Unread;
  /** Words and marks among the values, and what became of them. */
  readonly notes: readonly CellNote[];
  /** Columns of the table that were made of others of the file. */
  readonly arrangements: readonly Arrangement[];
  readonly preview: {
    /** The file's first lines as they stand in it. */
    readonly rawLines: readonly string[];
    /** Titles above the header. */
    readonly titles: readonly string[];
    /** 1-based physical lines of the header, from the first to the last; null without one. */
    readonly headerLines: readonly [first: number, last: number] | null;
    /** Cells each record must have. */
    readonly width: number;
    /** Position (0-based) in the record of each column of the table; columns with neither name nor value are left out. */
    readonly positions: readonly number[];
    /** Of the file's columns, before any was joined or divided. */
    readonly names: readonly string[];
  };
}

/**
 * Reads a delimited text file into a typed table.
 *
 * The beginning (256 KiB) gives the dialect and each column's type; one pass over the whole file then
 * fills typed arrays. A column whose type proves wrong further on is read again as labels, a file that
 * proves not to be UTF-8 as windows-1252: a second pass, so `source.chunks` must be repeatable.
 *
 * Errors: file-empty, file-not-text, file-damaged, file-too-large, encoding-unknown, file-header-only,
 * file-no-rows, too-many-rows, too-many-columns, record-too-long. O(bytes).
 */
export async function readTable(
  source: ByteSource,
  overrides: Partial<Dialect>,
  context: JobContext,
): Promise<ReadResult> {
  if (source.size !== null) refuseTooLarge(source.size);
  const head = await readHead(source);
  if (head.bytes.length === 0) throw new AppError('file-empty', 'The file is empty.', { name: source.name });
  const guess = guessEncoding(head.bytes);
  refuseBinary(head.bytes, guess.encoding.startsWith('utf-16'));
  if (guess.isUnknown && overrides.encoding === undefined) {
    throw new AppError('encoding-unknown', 'The file is in none of the known encodings.', { encoding: null });
  }
  const encoding = overrides.encoding ?? guess.encoding;
  const read = (reading: EncodingReading) => readAs(source, head, reading, overrides, context);
  try {
    return await read({ encoding, guess, isLenient: false });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'encoding-unknown') throw thrown;
    if (encoding === guess.encoding && guess.isCertain) return read({ encoding, guess, isLenient: true });
    if (overrides.encoding !== undefined) throw thrown;
    const fallback: EncodingGuess = { ...guess, encoding: 'windows-1252', because: 'invalid-utf8' };
    return read({ encoding: 'windows-1252', guess: fallback, isLenient: false });
  }
}

interface EncodingReading {
  readonly encoding: Encoding;
  readonly guess: EncodingGuess;
  /** Records with damaged characters are rejected; otherwise they make the reading fail. */
  readonly isLenient: boolean;
}

const headSize = 256 * 1024;

interface Head {
  /** Unpacked. */
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
  readonly isWhole: boolean;
}

async function readHead(source: ByteSource): Promise<Head> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let isWhole = true;
  const stream = openStream(source);
  for await (const chunk of stream.chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > headSize) {
      isWhole = false;
      break;
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes: bytes.slice(0, headSize), isPacked: stream.isPacked, isWhole };
}

async function readAs(
  source: ByteSource,
  head: Head,
  reading: EncodingReading,
  overrides: Partial<Dialect>,
  context: JobContext,
): Promise<ReadResult> {
  const { encoding, guess, isLenient } = reading;
  const text = decodeHead(head, encoding, isLenient);
  if (text.trim() === '')
    throw new AppError('file-empty', 'The file holds only blank lines.', { name: source.name });
  const found = detectDialect(text, head.isWhole, encoding, overrides);
  const { plan, titles, headerLines } = makePlan(found, head, source, isLenient);
  const result = await readUntilTyped(source, plan, context);
  if (result.ledger.kept === 0) {
    const code = result.ledger.rejected === 0 ? 'file-header-only' : 'file-no-rows';
    const { rejected } = result.ledger;
    throw new AppError(code, `The file has no row of data (${rejected} rejected).`, { rejected });
  }
  const evidence: DialectEvidence = {
    field: 'encoding',
    value: encoding,
    because: overrides.encoding === undefined ? guess.because : 'user',
    examples: [],
    isAmbiguous: overrides.encoding === undefined && guess.isAmbiguous,
  };
  const { apart = [] } = found.dialect;
  const { table, arrangements } = arrangeColumns(result.table, found.dialect.dateOrder, new Set(apart));
  const positionOf = new Map(plan.columns.map(({ name, index }) => [name, index]));
  const sourceOf = new Map(arrangements.flatMap(({ from, into }) => into.map((name) => [name, from[0]])));
  return {
    table,
    arrangements,
    dialect: found.dialect,
    evidence: [evidence, ...found.evidence],
    ledger: result.ledger,
    unread: result.unread,
    notes: result.notes,
    preview: {
      names: plan.columns.map(({ name }) => name),
      rawLines: text
        .slice(0, 20_000)
        .split(/\r\n|\n|\r/)
        .slice(0, 20),
      titles,
      headerLines,
      width: plan.width,
      positions: table.columns.map(({ name }) => positionOf.get(sourceOf.get(name) ?? name) ?? -1),
    },
  };
}

function decodeHead(head: Head, encoding: Encoding, isLenient: boolean): string {
  const mark = findByteOrderMark(head.bytes);
  const skip = mark !== null && mark.encoding === encoding ? mark.length : 0;
  const decoder = createDecoder(encoding, isLenient);
  const text = decoder.push(head.bytes.subarray(skip));
  return head.isWhole ? text + decoder.end() : text;
}

function makePlan(found: DialectGuess, head: Head, source: ByteSource, isLenient: boolean) {
  const { dialect, records } = found;
  const first = Math.max(0, dialect.headerRow);
  const written = records.slice(first, first + dialect.headerRows).map(({ cells }) => cells);
  const firstRow = dialect.headerRow + dialect.headerRows + (dialect.headerRow < 0 ? 1 : 0);
  const marked = findMarkedTable(records);
  const otherTables =
    marked || !head.isWhole || dialect.sideLines === 'keep'
      ? []
      : findTablesBelow(records, firstRow, dialect);
  const data = records.slice(firstRow, records.length - otherTables.length);
  const [only] = written;
  const aligned = written.length === 1 && only !== undefined ? alignHeader(only, data, dialect) : null;
  const headers = aligned === null ? written : [aligned.cells];
  const modal = findModalWidth(records).width;
  const width = Math.max(headers.length === 0 ? modal : findHeaderWidth(headers, modal), 1);
  if (width > limits.columns) {
    throw new AppError('too-many-columns', `The file has ${width} columns; the limit is ${limits.columns}.`, {
      columns: width,
      limit: limits.columns,
    });
  }
  const table = marked?.prefix ?? null;
  const sideLines =
    dialect.sideLines === 'keep'
      ? { ...noSideLines, table }
      : findSideLineRules(headers, data, table, otherTables, dialect.delimiter, dialect);
  const full = data.filter(
    ({ cells }) => cells.length >= width && findSideLine(cells, width, sideLines) === null && !isTotal(cells),
  );
  const hasUnits = headers.length > 1 && isUnitRow(headers.at(-1) ?? [], data.slice(0, 10), dialect);
  const named = nameColumns(headers, width, hasUnits);
  const isBlankColumn = (index: number) =>
    head.isWhole &&
    headers.every((cells) => (cells[index] ?? '').trim() === '') &&
    full.every(({ cells }) => (cells[index] as string).trim() === '');
  // The first cells of a marked table's rows say that they are its rows.
  const isMark = (index: number) => table !== null && index < table.length;
  const columns =
    headers.length === 0 ? named : named.filter(({ index }) => !isMark(index) && !isBlankColumn(index));
  const bytesPerRow = head.bytes.length / Math.max(1, records.length);
  const size = head.isPacked ? null : source.size;
  const wanted = new Map(dialect.columnTypes?.map(({ column, type }) => [column, type]));
  const readings = columns.map(({ name, index }) =>
    inferReading(name, cellsAt(full, index), dialect, null, wanted.get(name) ?? null),
  );
  const readingAt = new Map(columns.map(({ index }, i) => [index, readings[i] ?? null]));
  const plan: PassPlan = {
    dialect,
    isLenient,
    sideLines,
    usualWidth: Math.max(modal, width),
    width,
    columns,
    readings,
    split: found.split,
    shifts: createShiftTest({
      width,
      delimiter: dialect.delimiter,
      marks: dialect,
      rows: full.map(({ cells }) => cells),
      readings: Array.from({ length: width }, (_, index) => readingAt.get(index) ?? null),
    }),
    nRowsExpected: Math.min(limits.rows, Math.ceil(((size ?? head.bytes.length) / bytesPerRow) * 1.02) + 16),
  };
  const below = records[first + dialect.headerRows]?.line;
  const firstLine = records[first]?.line ?? 1;
  return {
    plan,
    headerLines:
      headers.length === 0
        ? null
        : ([firstLine, Math.max(firstLine, (below ?? firstLine + headers.length) - 1)] as const),
    titles: records
      .slice(0, Math.max(0, dialect.headerRow))
      .map(({ cells }) => cells.join(dialect.delimiter)),
  };
}

/** Empty names behind the last one count as columns only where the data has cells for them. */
function findHeaderWidth(headers: readonly (readonly string[])[], modal: number): number {
  const filled = headers.map((cells) => cells.findLastIndex((cell) => cell.trim() !== '') + 1);
  const written = Math.max(...headers.map((cells) => cells.length));
  return Math.min(written, Math.max(modal, ...filled));
}

function cellsAt(records: readonly HeadRecord[], index: number): string[] {
  return records.map(({ cells }) => cells[index] as string);
}

async function readUntilTyped(
  source: ByteSource,
  plan: PassPlan,
  context: JobContext,
): Promise<Extract<PassResult, { kind: 'read' }>> {
  let readings = plan.readings;
  for (;;) {
    const result = await readPass(source, { ...plan, readings }, context);
    if (result.kind === 'read') return result;
    const misread = new Set(result.columns);
    readings = readings.map((reading, i) => (misread.has(i) ? labelReading : reading));
  }
}
