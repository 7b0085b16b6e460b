import { isMissing } from '../missing-words.ts';
import { alignHeader, isDatum } from './align-header.ts';
import { findFilledWidth, findModalWidth, type HeadRecord } from './detect-delimiter.ts';
import type { DialectEvidence } from './dialect.ts';
import type { CellMarks } from './cell-reader.ts';
import { parseNumber } from '../numbers.ts';
import { findMarkedTable } from './side-lines.ts';
import { findNextHeader } from './stacked-tables.ts';

export interface HeaderGuess {
  /** 0-based record of the header, −1 for none. */
  readonly headerRow: number;
  /** Records the header takes: 1, 2 where the next record holds units or refines the names, 3 for both. */
  readonly headerRows: number;
  readonly evidence: DialectEvidence[];
}

const unit =
  /^[([]?\s*(%|j|jours?|d|days?|h|hr|heures?|hours?|min|minutes?|s|mw[eh]?|gwh|kw[h]?|w|€|k€|m€|eur|keur|usd|\$|an|ans|years?|mois|months?|pers\.?|personnes?|people|staff|etp|fte|°c|bar|m3|m|km|kg|t|nb|nombre|count|-)\s*[)\]]?$/i;

/**
 * Of several tables below one another that of the one with most rows; of a table
 * the header is the first record as wide as the data that is not data itself: above it stand titles,
 * below it perhaps a record of units (`j`, `MW`, `%`), or it is the second of two, where the first
 * names groups of columns and leaves cells of a group empty.
 */
export function detectHeader(
  records: readonly HeadRecord[],
  marks: CellMarks,
  isWhole: boolean,
): HeaderGuess {
  const marked = findMarkedTable(records);
  if (marked) return decide(marked.headerRow, 1, 'marked-tables', false, []);
  const first = detectFirstHeader(records, marks);
  const largest = findLargestTable(records, first.headerRow + Math.max(1, first.headerRows), marks, isWhole);
  if (largest === null) return first;
  return decide(largest, 1, 'largest-table', true, listFilled(records[largest]));
}

/** The header of a table below the first one that has more rows than any other; null where the first one has most. */
function findLargestTable(
  records: readonly HeadRecord[],
  firstRow: number,
  marks: CellMarks,
  isWhole: boolean,
): number | null {
  let best: { readonly header: number | null; readonly nRows: number } = { header: null, nRows: 0 };
  let header: number | null = null;
  let from = firstRow;
  for (;;) {
    const next = findNextHeader(records, from, marks);
    // What the beginning of a large file ends with goes on.
    const nRows = next === null && !isWhole ? Infinity : (next ?? records.length) - from;
    if (nRows > best.nRows) best = { header, nRows };
    if (next === null) return best.header;
    header = next;
    from = next + 1;
  }
}

function detectFirstHeader(records: readonly HeadRecord[], marks: CellMarks): HeaderGuess {
  const width = findFilledWidth(records, findModalWidth(records).width);
  const row = records.findIndex(({ cells }) => isFull(cells, width));
  if (row < 0) return decide(0, 1, 'first-full-record', false, []);
  const cells = (records[row] as HeadRecord).cells;
  const filled = cells.filter((cell) => cell.trim() !== '');
  const dataShare = filled.filter((cell) => isDatum(cell, marks)).length / filled.length;
  if (areYears(cells, records.slice(row + 1)))
    return decide(row, 1, 'years-as-names', false, filled.slice(0, 3));
  const above = records[row - 1];
  if (above && (dataShare > 0 || comesAgain(cells, records.slice(row + 1)))) {
    const { because, cells: aligned } = alignHeader(above.cells, records.slice(row), marks);
    if (because !== null) return decide(row - 1, 1, because, because !== 'row-names', aligned);
  }
  if (dataShare >= 0.5) return decide(-1, 0, 'first-record-is-data', dataShare < 1, filled.slice(0, 3));
  const next = records[row + 1]?.cells;
  const isUnits = (at: number) => {
    const below = records[at]?.cells;
    return below !== undefined && isUnitRow(below, records.slice(at + 1, at + 11), marks);
  };
  if (isUnits(row + 1)) return decide(row, 2, 'units-below', false, listFilled(records[row + 1]));
  if (next !== undefined && isLabelRow(next, width, marks)) {
    const isRefined = refinesNames(next, cells);
    if (isRefined || namesGroups(cells)) {
      const headerRows = isUnits(row + 2) ? 3 : 2;
      return decide(row, headerRows, 'two-header-rows', !isRefined, listFilled(records[row + 1]));
    }
  }
  const { because, cells: aligned } = alignHeader(cells, records.slice(row + 1), marks);
  if (because !== null) return decide(row, 1, because, because !== 'row-names', aligned);
  return decide(row, 1, 'first-full-record', false, filled.slice(0, 3));
}

/** Whether the record names years, one after the other, over columns that hold something else. */
function areYears(cells: readonly string[], below: readonly HeadRecord[]): boolean {
  const isYear = (cell: string) => /^(19|20)\d\d$/.test(cell.trim());
  const columns = cells.flatMap((cell, column) => (isYear(cell) ? [column] : []));
  const years = columns.map((column) => Number(cells[column]));
  if (years.length < 3 || years.some((year, i) => i > 0 && year !== (years[i - 1] ?? 0) + 1)) return false;
  const data = below.flatMap((record) => columns.map((column) => record.cells[column] ?? ''));
  return data.filter((cell) => isYear(cell)).length < data.length / 2;
}

/** Whether the labels of a record stand in their columns again: it is a row, not the names of columns. */
function comesAgain(cells: readonly string[], below: readonly HeadRecord[]): boolean {
  const filled = cells.flatMap((cell, column) => (cell.trim() === '' ? [] : [column]));
  const again = filled.filter((column) => below.some((record) => record.cells[column] === cells[column]));
  return again.length >= filled.length / 2;
}

/** As wide as the data and at least half filled; a header of groups leaves more cells empty. */
function isFull(cells: readonly string[], width: number): boolean {
  if (/^sep=/i.test((cells[0] as string).trim())) return false;
  const nFilled = cells.filter((cell) => cell.trim() !== '').length;
  if (cells.length < width || nFilled === 0) return false;
  return nFilled >= width / 2 || (nFilled > 1 && namesGroups(cells));
}

/** A record of units only, and over at least one column of numbers: else `h` may be a label as any other. */
export function isUnitRow(cells: readonly string[], below: readonly HeadRecord[], marks: CellMarks): boolean {
  const filled = cells.flatMap((cell, column) => (cell.trim() === '' ? [] : [column]));
  if (filled.length === 0 || !filled.every((column) => unit.test((cells[column] as string).trim())))
    return false;
  return filled.some((column) => {
    const data = below.map((record) => record.cells[column] ?? '').filter((cell) => !isMissing(cell));
    return data.length > 0 && data.every((cell) => !Number.isNaN(parseNumber(cell.trim(), marks)));
  });
}

function listFilled(record: HeadRecord | undefined): string[] {
  return (record?.cells ?? []).filter((cell) => cell.trim() !== '').slice(0, 3);
}

function namesGroups(cells: readonly string[]): boolean {
  const nEmpty = cells.filter((cell, index) => index > 0 && cell.trim() === '').length;
  return (cells[0] as string).trim() !== '' && nEmpty >= cells.length / 3 && nEmpty < cells.length - 1;
}

/** Whether a record gives a name where the header has none, and repeats some of the others: cells merged over both. */
function refinesNames(cells: readonly string[], header: readonly string[]): boolean {
  const isNew = header.map((name, i) => name.trim() === '' && (cells[i] ?? '').trim() !== '');
  const isRepeated = header.map((name, i) => name.trim() !== '' && name === cells[i]);
  return isNew.includes(true) && isRepeated.includes(true);
}

function isLabelRow(cells: readonly string[], width: number, marks: CellMarks): boolean {
  const filled = cells.filter((cell) => !isMissing(cell));
  return (
    cells.length >= width &&
    filled.length >= width / 2 &&
    filled.every((cell) => !isDatum(cell, marks)) &&
    new Set(filled).size > filled.length / 2
  );
}

function decide(
  headerRow: number,
  headerRows: number,
  because: DialectEvidence['because'],
  isAmbiguous: boolean,
  examples: readonly string[],
): HeaderGuess {
  return {
    headerRow,
    headerRows,
    evidence: [{ field: 'headerRow', value: String(headerRow), because, examples, isAmbiguous }],
  };
}
