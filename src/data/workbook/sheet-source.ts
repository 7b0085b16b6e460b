import { AppError } from '#base/errors.ts';
import { createPacer, type JobContext } from '#base/job-context.ts';
import type { ByteSource } from '../csv/byte-source.ts';
import { sampleCells } from '../csv/detect-dialect.ts';
import { detectMarks } from '../csv/detect-marks.ts';
import type { Dialect } from '../csv/dialect.ts';
import { limits } from '../csv/limits.ts';
import { openWorkbook, workbookLimits, type SheetEntry, type Workbook } from './open-workbook.ts';
import { createSheetReader, type MergedArea, type SheetCell, type SheetRow } from './sheet-rows.ts';
import { writeSerial } from './serial-text.ts';
import { unpackEntry } from './zip.ts';

/** What a workbook holds that its rows do not show. */
export const sheetRemarkKinds = ['error', 'open-formula', 'no-date', 'merged', 'hidden-row'] as const;

export interface SheetRemark {
  readonly kind: (typeof sheetRemarkKinds)[number];
  readonly count: number;
  /** The first cells or rows, as a workbook names them (`B7`, `12`). */
  readonly examples: readonly string[];
}

/** Which sheet of a workbook was read, and which others there are. */
export interface SheetReading {
  readonly sheet: string;
  readonly sheets: readonly string[];
  readonly remarks: readonly SheetRemark[];
}

export interface SheetSource extends SheetReading {
  /** The sheet's rows as a text of the dialect below, one line a row of the sheet. */
  readonly source: ByteSource;
  readonly dialect: Pick<Dialect, 'encoding' | 'delimiter'>;
}

/**
 * The rows of one sheet as the reader of delimited text takes them, so that titles, headers, types, ledger and all that
 * follows are found as for any file. Numbers and dates of the workbook have one reading only: dates are written year
 * first, numbers with the decimal mark that its texts use. The first visible sheet with cells is read unless `sheet`
 * names one. Errors: those of `openWorkbook`; `unknown-sheet`, and those of a text.
 */
export async function openSheet(
  name: string,
  bytes: Uint8Array,
  overrides: Partial<Dialect>,
  context: JobContext,
): Promise<SheetSource> {
  const workbook = openWorkbook(bytes);
  const pace = createPacer(context);
  const { entry, survey } = await chooseSheet(workbook, overrides.sheet, pace, name);
  const written = await writeSheet(workbook, entry, survey, chooseMark(survey, overrides), pace);
  const size = written.pieces.reduce((sum, { length }) => sum + length, 0);
  return {
    sheet: entry.name,
    sheets: listByVisible(workbook.sheets).map((sheet) => sheet.name),
    remarks: written.remarks,
    dialect: { encoding: 'utf-8', delimiter: '\t' },
    source: {
      name,
      size,
      async *chunks() {
        yield* written.pieces;
      },
    },
  };
}

type Pace = () => Promise<void>;

function listByVisible(sheets: readonly SheetEntry[]): SheetEntry[] {
  return sheets.toSorted((a, b) => Number(a.isHidden) - Number(b.isHidden));
}

async function chooseSheet(workbook: Workbook, wanted: string | undefined, pace: Pace, name: string) {
  const listed = listByVisible(workbook.sheets);
  const candidates = wanted === undefined ? listed : listed.filter((sheet) => sheet.name === wanted);
  if (candidates.length === 0) {
    const sheets = listed.map((sheet) => sheet.name);
    throw new AppError('unknown-sheet', `The workbook has no sheet "${wanted}".`, {
      sheet: wanted ?? '',
      sheets,
    });
  }
  for (const entry of candidates) {
    const survey = await surveySheet(workbook, entry, pace);
    if (survey.width > 0) return { entry, survey };
  }
  throw new AppError('file-empty', 'No sheet of the workbook holds anything.', { name });
}

/** What must be known of a sheet before its first row can be written. */
interface Survey {
  readonly width: number;
  readonly merged: readonly MergedArea[];
  /** Its first rows, with texts only. */
  readonly texts: readonly (readonly string[])[];
}

const nSurveyed = 1_500;

async function surveySheet(workbook: Workbook, entry: SheetEntry, pace: Pace): Promise<Survey> {
  const merged: MergedArea[] = [];
  const texts: string[][] = [];
  let width = 0;
  const onRow = ({ cells }: SheetRow) => {
    width = Math.max(width, (cells.at(-1)?.column ?? -1) + 1);
    if (width > limits.columns) {
      throw new AppError('too-many-columns', `The sheet has ${width} columns.`, {
        limit: limits.columns,
        columns: width,
      });
    }
    if (texts.length < nSurveyed && cells.length > 0)
      texts.push(spread(cells, (cell) => (cell.kind === 'text' ? cell.text : '')));
  };
  await readSheet(workbook, entry, onRow, (area) => merged.push(area), pace);
  return { width, merged, texts };
}

async function readSheet(
  { bytes, tables }: Workbook,
  { part }: SheetEntry,
  onRow: (row: SheetRow) => void,
  onMerged: (area: MergedArea) => void,
  pace: Pace,
): Promise<void> {
  const reader = createSheetReader(tables, onRow, onMerged);
  for (const piece of unpackEntry(bytes, part, workbookLimits.sheet)) {
    reader.push(piece);
    await pace();
  }
  reader.end();
}

/** Cells at their places. */
function spread(cells: readonly SheetCell[], write: (cell: SheetCell) => string): string[] {
  const line: string[] = [];
  for (const cell of cells) {
    while (line.length < cell.column) line.push('');
    line.push(write(cell));
  }
  return line;
}

/** The decimal mark to write numbers with; null where they must not decide how texts like `1,234` are read. */
function chooseMark({ texts }: Survey, { decimalMark, thousandsMark }: Partial<Dialect>): '.' | ',' | null {
  if (decimalMark !== undefined) return decimalMark;
  const { marks, evidence } = detectMarks(sampleCells(texts.map((cells) => ({ cells, line: 0 }))), '\t');
  const { because, isAmbiguous } = evidence.find(({ field }) => field === 'decimalMark') ?? {};
  const found = because === 'no-such-value' ? '.' : marks.decimalMark;
  if (thousandsMark === found) return found === '.' ? ',' : '.';
  return isAmbiguous ? null : found;
}

function writeNumber(value: number, mark: '.' | ',' | null): string {
  const plain = String(value);
  if (mark === '.' || Number.isInteger(value)) return plain;
  if (mark === ',') return plain.replace('.', ',');
  // 12.5 as 125e-1: a number in any reading.
  const [digits = '', exponent = '0'] = plain.split('e');
  const [whole = '', decimals = ''] = digits.split('.');
  return `${Number(whole + decimals)}e${Number(exponent) - decimals.length}`;
}

async function writeSheet(
  workbook: Workbook,
  entry: SheetEntry,
  { width, merged }: Survey,
  mark: '.' | ',' | null,
  pace: Pace,
) {
  const remarks = createRemarks();
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  const fill = createMergedFiller(merged);
  let lines: string[] = [];
  let nPending = 0;
  let size = 0;
  let next = 0;

  function flush(): void {
    const piece = encoder.encode(lines.join(''));
    size += piece.length;
    if (size > limits.bytes) {
      throw new AppError('file-too-large', 'The sheet is too large.', { bytes: size, limit: limits.bytes });
    }
    pieces.push(piece);
    lines = [];
    nPending = 0;
  }

  function write(cell: SheetCell, row: number): string {
    switch (cell.kind) {
      case 'number': {
        if (cell.meaning === 'number') return writeNumber(cell.value, mark);
        const text = writeSerial(cell.value, cell.meaning, workbook.is1904);
        if (text === null) remarks.add('no-date', nameCell(row, cell.column));
        return text ?? '';
      }
      case 'error':
        remarks.add('error', `${nameCell(row, cell.column)} ${cell.text}`);
        return cell.text;
      case 'open-formula':
        remarks.add('open-formula', nameCell(row, cell.column));
        return '';
      default:
        return quote(cell.text);
    }
  }

  function onRow({ index, isHidden, cells }: SheetRow): void {
    // Rows that the workbook leaves out are lines too, so that line and row bear the same number.
    for (; next < index; next++) lines.push('\n');
    next = index + 1;
    if (isHidden && cells.length > 0) remarks.add('hidden-row', String(index + 1));
    const line = spread(cells, (cell) => write(cell, index));
    while (line.length < width) line.push('');
    for (const column of fill(index, line)) remarks.add('merged', nameCell(index, column));
    const text = line.every((cell) => cell === '') ? '\n' : `${line.join('\t')}\n`;
    if (text.length > limits.recordLength) {
      throw new AppError('record-too-long', `Row ${next} has ${text.length} characters.`, {
        line: next,
        limit: limits.recordLength,
      });
    }
    lines.push(text);
    nPending += text.length;
    if (nPending > pieceSize) flush();
  }

  await readSheet(workbook, entry, onRow, () => {}, pace);
  flush();
  return { pieces, remarks: remarks.list() };
}

const pieceSize = 1 << 18;

/** A text as one cell of a line. */
function quote(text: string): string {
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `B7` */
function nameCell(row: number, column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

/**
 * A cell merged over several rows says the same of each: what its first row holds is written into the others, in its
 * first column. Cells merged over columns only are titles, and the names of groups of columns.
 */
function createMergedFiller(merged: readonly MergedArea[]) {
  const pending = merged
    .filter(({ firstRow, lastRow }) => lastRow > firstRow)
    .toSorted((a, b) => a.firstRow - b.firstRow);
  let open: { readonly area: MergedArea; readonly text: string }[] = [];
  let at = 0;
  return (row: number, line: string[]): number[] => {
    open = open.filter(({ area }) => area.lastRow >= row);
    const filled: number[] = [];
    for (const { area, text } of open) {
      if (line[area.column] !== '' || text === '') continue;
      line[area.column] = text;
      filled.push(area.column);
    }
    for (; at < pending.length && (pending[at] as MergedArea).firstRow <= row; at++) {
      const area = pending[at] as MergedArea;
      if (area.firstRow === row) open.push({ area, text: line[area.column] ?? '' });
    }
    return filled;
  };
}

const maxExamples = 3;

function createRemarks() {
  const found = new Map<SheetRemark['kind'], { count: number; examples: string[] }>();
  return {
    add(kind: SheetRemark['kind'], example: string): void {
      const remark = found.get(kind) ?? { count: 0, examples: [] };
      remark.count++;
      if (remark.examples.length < maxExamples) remark.examples.push(example);
      found.set(kind, remark);
    },
    list: (): SheetRemark[] =>
      sheetRemarkKinds.flatMap((kind) => {
        const remark = found.get(kind);
        return remark ? [{ kind, ...remark }] : [];
      }),
  };
}
