import { parse } from 'csv-parse/sync';
import { errorCodes, toAppError } from '#base/errors.ts';
import { createSilentContext } from '#base/job-context.ts';
import type { Rng } from '#base/random.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { isSubtotal, isTotal } from '#data/csv/side-lines.ts';
import type { Dialect, UnevenRecords } from '#data/csv/dialect.ts';
import { createDecoder } from '#data/csv/encoding.ts';
import { isBalanced } from '#data/csv/ledger.ts';
import { readTable, type ReadResult } from '#data/csv/read-table.ts';
import { parseNumber } from '#data/numbers.ts';
import { parseDate } from '#data/dates.ts';
import { parseDuration } from '#data/durations.ts';
import { parseMeasure } from '#data/measures.ts';
import type { Column } from '#data/table.ts';

export type Verdict =
  | { readonly kind: 'same-grid' | 'reject-shown' | 'asked' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'wrong'; readonly why: string };

/**
 * Reads bytes with our reader and judges the result: the ledger must balance, and the table must hold
 * exactly the cells that csv-parse finds, unless a reject is shown; lines of another length must be rejected,
 * filled or cut as told, and counted. Anything but a foreseen error is wrong.
 */
export async function checkReading(
  bytes: Uint8Array,
  chunkSize: number,
  unevenRecords: UnevenRecords = 'reject',
): Promise<Verdict> {
  let result: ReadResult;
  let all: ReadResult;
  try {
    const source = createByteSource('fuzz.csv', bytes, chunkSize);
    result = await readTable(source, { unevenRecords }, createSilentContext());
    all = await readTable(source, { unevenRecords, sideLines: 'keep' }, createSilentContext());
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'internal' || !errorCodes.includes(error.code)) {
      return { kind: 'wrong', why: `crash: ${error.message}` };
    }
    return { kind: 'refused', code: error.code };
  }
  const { ledger, table } = result;
  if (!isBalanced(ledger))
    return { kind: 'wrong', why: `ledger ${JSON.stringify({ ...ledger, rejects: [] })}` };
  if (ledger.kept !== table.nRows) return { kind: 'wrong', why: `${ledger.kept} kept, ${table.nRows} rows` };
  if (ledger.rejected !== ledger.rejects.length) return { kind: 'wrong', why: 'rejects are not all listed' };
  const quoteFault = ledger.rejects.some(({ reason }) => reason.startsWith('quote'));
  if (quoteFault) return { kind: 'reject-shown' };
  const nAside = ledger.sideLines.length - all.ledger.sideLines.length;
  const nLost = all.ledger.kept + all.ledger.rejected - ledger.kept - ledger.rejected;
  if (nLost > nAside + ledger.totals)
    return { kind: 'wrong', why: `${nLost} records lost, ${nAside} listed` };
  // Cells put together on a person's word: no second parser does that.
  if (all.evidence.some(({ because }) => because === 'split-decimals')) return { kind: 'asked' };
  // Lines that are no outages are told by their content: the cells are compared where all are rows.
  const difference = compareWithSecondParser(bytes, all);
  if (difference !== null) return { kind: 'wrong', why: difference };
  return { kind: ledger.rejected > 0 ? 'reject-shown' : 'same-grid' };
}

/** What to do with uneven lines in one run of the fuzz. */
export function pickUneven(rng: Rng): UnevenRecords {
  return (['reject', 'fill', 'fit'] as const)[rng.nextBelow(3)] ?? 'reject';
}

/** Not the platform's decoder: some Node versions read windows-1252 as Latin-1. */
function decodeWhole(bytes: Uint8Array, { encoding }: Dialect): string {
  const decoder = createDecoder(encoding, true);
  return decoder.push(bytes) + decoder.end();
}

/** The first difference between the table and csv-parse's grid of the same text; null for none. */
function compareWithSecondParser(bytes: Uint8Array, result: ReadResult): string | null {
  const { dialect, ledger, table } = result;
  const text = decodeWhole(bytes, dialect);
  let grid: string[][];
  try {
    grid = parse(text, {
      delimiter: dialect.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      rtrim: true,
      bom: true,
    });
  } catch (thrown) {
    return `csv-parse refuses: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
  const data = grid.slice(Math.max(0, dialect.headerRow + dialect.headerRows));
  const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');
  const filled = data.filter((cells) => !isBlank(cells));
  if (filled.length !== ledger.kept + ledger.rejected + ledger.totals) {
    return `${filled.length} filled records, ledger says ${JSON.stringify({ ...ledger, rejects: [] })}`;
  }
  const isDamaged = ledger.rejects.some(({ reason }) => reason === 'damaged-character');
  const { width } = result.preview;
  const { unevenRecords } = dialect;
  const isLong = (cells: readonly string[]) => cells.slice(width).some((cell) => cell.trim() !== '');
  const isShort = (cells: readonly string[]) => !isLong(cells) && cells.length < width;
  const shifted = new Set(
    ledger.rejects.flatMap(({ reason, raw }) => (reason === 'too-many-cells' ? [raw.trim()] : [])),
  );
  const isKept = (cells: readonly string[]) => {
    if (cells.length > width && !isLong(cells) && shifted.has(cells.join(dialect.delimiter).trim()))
      return false;
    if (cells.some((cell) => cell.includes('\0') || (isDamaged && cell.includes('\uFFFD')))) return false;
    if (isLong(cells)) return unevenRecords === 'fit' && !isTotal(cells);
    if (isSubtotal(cells)) return false;
    return !isShort(cells) || (unevenRecords !== 'reject' && !isTotal(cells));
  };
  const kept = filled.filter(isKept).slice(0, table.nRows);
  const counts = [kept.filter(isShort).length, kept.filter(isLong).length];
  if (counts[0] !== ledger.filled || counts[1] !== ledger.cut) {
    return `${counts.join(' and ')} uneven rows, ledger says ${ledger.filled} and ${ledger.cut}`;
  }
  for (const column of table.columns) {
    const at = positionOf(column, result);
    for (let row = 0; row < table.nRows; row++) {
      const cells = kept[row];
      if (cells === undefined) return `row ${row} is not in csv-parse's grid`;
      const cell = cells[at] ?? '';
      if (!holds(column, row, cell, result))
        return `row ${row}, ${column.name}: csv-parse has ${JSON.stringify(cell)}`;
    }
  }
  return null;
}

function positionOf(column: Column, result: ReadResult): number {
  return result.preview.positions[result.table.columns.indexOf(column)] as number;
}

/** A cell of the table says what the text says; unread and missing cells are those that no reading gives. */
function holds(column: Column, row: number, cell: string, { dialect, unread }: ReadResult): boolean {
  const text = cell.trim();
  if (column.type === 'category') {
    const label = column.categories[column.codes[row] as number];
    return label === undefined ? text.length <= 8 : label === text || `'${label}` === text;
  }
  const value = column.values[row] as number;
  if (Number.isNaN(value)) {
    return (
      text.length <= 8 || unread.cells.some((entry) => entry.row === row && entry.column === column.name)
    );
  }
  // Written with a unit: what each way of writing gives is the reader's own tests' to say.
  if (column.type === 'number' && column.unit !== undefined) {
    const isWritten = parseMeasure(text, dialect) !== null || parseDuration(text, dialect) !== null;
    return isWritten || Object.is(value, parseNumber(text, dialect));
  }
  const expected = column.type === 'number' ? parseNumber(text, dialect) : parseDate(text, dialect.dateOrder);
  return Object.is(value, expected) || (column.type === 'date' && Number.isNaN(expected));
}
