import { isMissing } from '../missing-words.ts';
import { parseNumber } from '../numbers.ts';
import type { Column } from '../table.ts';
import {
  inferReading,
  minReadableShare,
  readDateCell,
  tellsTime,
  type CellMarks,
  type ColumnReading,
} from './infer-type.ts';

/** Takes the cells of one column, block by block, and gives a typed column. */
export interface ColumnBuilder {
  readonly name: string;
  /** Appends cell `columnIndex` of each record; cells that cannot be read go to `onUnread`. */
  append(records: readonly (readonly string[])[], columnIndex: number, onUnread: UnreadListener): void;
  /** The typed reading failed on too many cells: read the column again as labels. */
  readonly isMisread: boolean;
  finish(nRows: number, onUnread: UnreadListener): Column;
}

export type UnreadListener = (row: number, column: string, raw: string) => void;

/**
 * A builder for a column whose type is known (`reading`), or to be decided from all its distinct texts
 * once they are known (`reading` null: the file's beginning held none).
 */
export function createColumnBuilder(
  name: string,
  reading: ColumnReading | null,
  marks: CellMarks,
  nRowsExpected: number,
): ColumnBuilder {
  if (reading?.type === 'number') return createNumberBuilder(name, marks, nRowsExpected);
  if (reading?.type === 'date') return createDateBuilder(name, reading, marks, nRowsExpected);
  return createLabelBuilder(name, reading === null, marks, nRowsExpected);
}

function createNumberBuilder(name: string, marks: CellMarks, nRowsExpected: number): ColumnBuilder {
  let values = new Float64Array(nRowsExpected);
  let nRows = 0;
  let nMissing = 0;
  let nUnread = 0;
  return {
    name,
    append(records, columnIndex, onUnread) {
      values = grow(values, nRows + records.length);
      for (let i = 0; i < records.length; i++) {
        const text = (records[i] as readonly string[])[columnIndex] as string;
        const value = text === '' ? NaN : parseNumber(text, marks);
        // NaN is the one value that differs from itself.
        if (value !== value) {
          if (isMissing(text)) nMissing++;
          else {
            nUnread++;
            onUnread(nRows, name, text);
          }
        }
        values[nRows++] = value;
      }
    },
    get isMisread() {
      return isTooMany(nUnread, nRows - nMissing);
    },
    finish: (n) => ({ type: 'number', name, values: values.slice(0, n) }),
  };
}

function createDateBuilder(
  name: string,
  reading: ColumnReading,
  marks: CellMarks,
  nRowsExpected: number,
): ColumnBuilder {
  let values = new Float64Array(nRowsExpected);
  let nRows = 0;
  let nMissing = 0;
  let nUnread = 0;
  let hasTime = false;
  return {
    name,
    append(records, columnIndex, onUnread) {
      values = grow(values, nRows + records.length);
      for (let i = 0; i < records.length; i++) {
        const text = (records[i] as readonly string[])[columnIndex] as string;
        const value = text === '' ? NaN : readDateCell(text, reading, marks);
        if (Number.isNaN(value)) {
          if (isMissing(text)) nMissing++;
          else {
            nUnread++;
            onUnread(nRows, name, text);
          }
        } else if (!hasTime) hasTime = tellsTime(text, reading, value);
        values[nRows++] = value;
      }
    },
    get isMisread() {
      return isTooMany(nUnread, nRows - nMissing);
    },
    finish: (n) => ({ type: 'date', name, values: values.slice(0, n), hasTime }),
  };
}

/** Labels lose nothing, so a column of unknown type is kept as labels until its type is decided. */
function createLabelBuilder(
  name: string,
  isUndecided: boolean,
  marks: CellMarks,
  nRowsExpected: number,
): ColumnBuilder {
  const codeOf = new Map<string, number>();
  const categories: string[] = [];
  let codes = new Int32Array(nRowsExpected);
  let nRows = 0;

  function encode(text: string): number {
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    const label = unescapeLabel(text.trim());
    let code = isMissing(label) ? -1 : codeOf.get(label);
    if (code === undefined) {
      // A slice of the block's text would keep the whole block alive.
      code = categories.push(detach(label)) - 1;
      codeOf.set(categories[code] as string, code);
    }
    if (text !== label) codeOf.set(detach(text), code);
    return code;
  }

  return {
    name,
    append(records, columnIndex) {
      codes = grow(codes, nRows + records.length);
      for (let i = 0; i < records.length; i++) {
        codes[nRows++] = encode((records[i] as readonly string[])[columnIndex] as string);
      }
    },
    isMisread: false,
    finish(n, onUnread) {
      const kept = codes.slice(0, n);
      const reading = isUndecided
        ? inferReading(name, categories, marks, countCodes(kept, categories.length))
        : null;
      if (reading === null || reading.type === 'category') {
        return { type: 'category', name, codes: kept, categories };
      }
      return typeLabels(name, kept, categories, reading, marks, onUnread);
    },
  };
}

function typeLabels(
  name: string,
  codes: Int32Array,
  labels: readonly string[],
  reading: ColumnReading,
  marks: CellMarks,
  onUnread: UnreadListener,
): Column {
  const instants = labels.map((label) =>
    reading.type === 'date' ? readDateCell(label, reading, marks) : parseNumber(label, marks),
  );
  const values = Float64Array.from(codes, (code, row) => {
    const value = code < 0 ? NaN : (instants[code] as number);
    if (code >= 0 && Number.isNaN(value)) onUnread(row, name, labels[code] as string);
    return value;
  });
  if (reading.type === 'number') return { type: 'number', name, values };
  const hasTime = labels.some((label, code) => tellsTime(label, reading, instants[code] as number));
  return { type: 'date', name, values, hasTime };
}

function countCodes(codes: Int32Array, nCategories: number): Int32Array {
  const counts = new Int32Array(nCategories);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}

function isTooMany(nUnread: number, nPresent: number): boolean {
  return nUnread > (1 - minReadableShare) * nPresent;
}

function grow<A extends Float64Array | Int32Array>(values: A, needed: number): A {
  if (values.length >= needed) return values;
  const Kind = values.constructor as new (length: number) => A;
  const larger = new Kind(Math.max(needed, Math.ceil(values.length * 1.5), 1024));
  larger.set(values);
  return larger;
}

function detach(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** Undoes the `'` that `writeCsv` puts before a label a spreadsheet would take for a formula. */
export function unescapeLabel(label: string): string {
  return label.charCodeAt(0) === 39 && needsEscape(label.slice(1)) ? label.slice(1) : label;
}

/** True for a label that a spreadsheet may run: its first visible character is = + - @, tab, CR or LF. */
export function needsEscape(label: string): boolean {
  return /^'*[=+\-@\t\r\n]/u.test(label.slice(0, 64).normalize('NFKC').replace(/^ +/, ''));
}
