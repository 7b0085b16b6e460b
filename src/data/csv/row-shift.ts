import type { CodeUnits } from '../code-units.ts';
import { tellMeaning } from '../cell-meaning.ts';
import { isMissing } from '../missing-words.ts';
import { createCellReader, type CellMarks } from './cell-reader.ts';
import type { Delimiter } from './dialect.ts';
import type { ColumnReading } from './infer-type.ts';
import { limits } from './limits.ts';

/** Tells the rows that one delimiter too many has moved to the right, by what the other rows hold in each column. */
export interface ShiftTest {
  /**
   * Whether a record may be shifted: a cell begins or is long as few of its column are. `bounds` from `base` on as a
   * `CellBlock` has them. O(columns), no more than a comparison each where no cell is empty.
   */
  hasOddCell(units: CodeUnits, bounds: Int32Array, base: number): boolean;
  /** Null where the cells fit their columns as they stand; `isLong`: there is a cell too many anyway. */
  judge(cells: readonly string[], isLong: boolean): Shift | null;
}

/** How much better the cells fit without one of the delimiters. */
export interface Shift {
  readonly isSure: boolean;
  /** Position of the first cell that stands wrong. */
  readonly from: number;
}

export interface ShiftEvidence {
  readonly width: number;
  readonly delimiter: Delimiter;
  readonly marks: CellMarks;
  /** The first rows, at least as wide. */
  readonly rows: readonly (readonly string[])[];
  /** By position in the record; null for labels. */
  readonly readings: readonly (ColumnReading | null)[];
}

/** How a cell begins, as bits of a mask. */
const EMPTY = 1;
const DIGIT = 2;
const LETTER = 4;
const SIGN = 8;

function classOf(code: number): number {
  if (code >= 48 && code <= 57) return DIGIT;
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 191;
  return isLetter ? LETTER : SIGN;
}

function classOfText(text: string): number {
  return isMissing(text) ? EMPTY : classOf(text.trimStart().charCodeAt(0));
}

/** A beginning or a length that fewer of a column's cells have is looked at. */
const usualShare = 0.05;
/** With fewer rows than these nothing is usual. */
const minRows = 10;
const maxRows = 3_000;
/** How many times likelier the shift must make the row, as a power of two: most rows are as they were meant. */
const minGain = 8;
/** From here on a person is asked to look; one cell too many needs no more. */
const minDoubt = 3;
/** That a cell is empty is no proof, however rare. */
const mostOfEmpty = 6;
const mostOfClass = 8;
const bitsOfUnread = 10;
/** Values and labels that the file's beginning does not hold may well come later. */
const mostOfValue = 3;
const mostOfLabel = 4;

/** Reads nothing but the beginning: O(rows × columns), at most 3,000 rows. */
export function createShiftTest(evidence: ShiftEvidence): ShiftTest {
  const { width, delimiter } = evidence;
  const rows = evidence.rows.slice(0, maxRows);
  const models = Array.from({ length: width }, (_, c) =>
    modelColumn(
      rows.map((cells) => cells[c] ?? ''),
      evidence.readings[c] ?? null,
      evidence.marks,
    ),
  );
  const hasEvidence = rows.length >= minRows && width > 2;
  const usual = Uint8Array.from(models, ({ usualClasses }) => usualClasses);
  const shortest = Int32Array.from(models, ({ lengths }) => lengths[0]);
  const longest = Int32Array.from(models, ({ lengths }) => lengths[1]);

  function findBest(
    cells: readonly string[],
    isLong: boolean,
  ): { readonly gain: number; readonly from: number } {
    const bits = (c: number, text: string) => models[c]?.surprise(text) ?? 0;
    let best = { gain: -Infinity, from: 0 };
    // Bits of the cells behind the delimiter in question, as they stand and one column to the left.
    let asWritten = bits(width - 1, cells[width - 1] ?? '');
    let moved = bits(width - 1, '');
    for (let k = width - 2; k >= 0; k--) {
      const [left = '', right = ''] = [cells[k], cells[k + 1]];
      asWritten += bits(k, left);
      const joined = left === '' || right === '' ? left + right : `${left}${delimiter}${right}`;
      const gain = asWritten - moved - bits(k, joined);
      // Text that was divided has left a cell too many; where none is, an empty cell or a decimal comma must have made it.
      const isPossible = isLong || joined === left + right || isDecimal(joined);
      if (isPossible && gain > best.gain) best = { gain, from: k };
      moved += bits(k, right);
    }
    return best;
  }

  return {
    hasOddCell(units, bounds, base) {
      if (!hasEvidence) return false;
      // What shifts a row leaves an empty cell, or has divided a decimal: then the last cell is of another kind.
      let at = base + 1;
      while (at < base + width && (bounds[at + 1] as number) - (bounds[at] as number) !== 1) at++;
      if (at === base + width && delimiter !== ',') return false;
      for (let c = at === base + width ? width - 1 : 0; c < width; c++) {
        const from = bounds[base + c] as number;
        const length = (bounds[base + c + 1] as number) - 1 - from;
        const found = length === 0 ? EMPTY : classOf(units[from] as number);
        if (((usual[c] as number) & found) === 0) return true;
        if (length > 0 && (length < (shortest[c] as number) || length > (longest[c] as number))) return true;
      }
      return false;
    },
    judge(cells, isLong) {
      if (!hasEvidence) return null;
      const { gain, from } = findBest(cells, isLong);
      return gain < minDoubt ? null : { isSure: isLong || gain >= minGain, from };
    },
  };
}

function isDecimal(text: string): boolean {
  return /^[-−]?\d+,\d+$/u.test(text.trim());
}

interface ColumnModel {
  readonly usualClasses: number;
  /** Of values, the shortest and the longest text. */
  readonly lengths: readonly [number, number];
  /** Bits of surprise at that text in the column. */
  readonly surprise: (text: string) => number;
}

function modelColumn(texts: readonly string[], reading: ColumnReading | null, marks: CellMarks): ColumnModel {
  const classes = countAll(texts.map(classOfText));
  const filled = texts.filter((text) => !isMissing(text)).map((text) => text.trim());
  const usualClasses = [EMPTY, DIGIT, LETTER, SIGN].reduce(
    (mask, each) => ((classes.get(each) ?? 0) > usualShare * texts.length ? mask | each : mask),
    0,
  );
  const values = reading === null || reading.type === 'category' ? null : reading;
  const ofValue = values === null ? modelLabels(filled) : modelValues(filled, values, marks);
  return {
    usualClasses,
    lengths: values === null ? [0, limits.recordLength] : findUsualLengths(filled),
    surprise(text) {
      const found = classOfText(text);
      const ofClass = bitsOf(classes.get(found) ?? 0, texts.length, 4);
      return found === EMPTY
        ? Math.min(mostOfEmpty, ofClass)
        : Math.min(mostOfClass, ofClass) + ofValue(text.trim());
    },
  };
}

/** Without one in twenty at either end. */
function findUsualLengths(texts: readonly string[]): readonly [number, number] {
  const sorted = Int32Array.from(texts, ({ length }) => length).sort();
  const nOdd = Math.floor(usualShare * sorted.length);
  return [sorted[nOdd] ?? 0, sorted[sorted.length - 1 - nOdd] ?? 0];
}

/** Labels seen before by how often; new ones by how many were seen once only (Good and Turing), each as one of as many again. */
function modelLabels(labels: readonly string[]): (text: string) => number {
  const counts = countAll(labels);
  let nOnce = 0;
  for (const count of counts.values()) if (count === 1) nOnce++;
  const ofNew = bitsOf(nOnce + 1, labels.length, 1) + Math.log2(counts.size + 1);
  return (text) => Math.min(mostOfLabel, ofNew, bitsOf(counts.get(text) ?? 0, labels.length, 1));
}

/** Numbers and dates by their order of magnitude. */
function modelValues(
  texts: readonly string[],
  { type, format }: ColumnReading,
  marks: CellMarks,
): (text: string) => number {
  const read = createCellReader(format, marks, () => {});
  const sizeOf = (value: number) =>
    type === 'date'
      ? Math.floor(value / (365.25 * 86_400_000))
      : Math.sign(value) * Math.round(2 * Math.log2(1 + Math.abs(value)));
  const values = texts.map(read).filter((value) => !Number.isNaN(value));
  const counts = countAll(values.map(sizeOf));
  return (text) => {
    const value = read(text);
    if (!Number.isNaN(value)) {
      return Math.min(mostOfValue, bitsOf(counts.get(sizeOf(value)) ?? 0, values.length, counts.size + 1));
    }
    return tellMeaning(text, read) === null ? bitsOfUnread : 0;
  };
}

/** Of what was seen so often of so many, the row itself left out, where so many things may be seen. */
function bitsOf(count: number, total: number, nKinds: number): number {
  return Math.log2((total + 0.5 * nKinds) / (Math.max(0, count - 1) + 0.5));
}

function countAll<Key>(items: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
