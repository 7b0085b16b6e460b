import { countCodes } from '#base/arrays.ts';
import type { CodeUnits } from '../code-units.ts';
import { isMissing } from '../missing-words.ts';
import { parseNumber, parsePlainNumber } from '../numbers.ts';
import { parseIsoDate } from '../dates.ts';
import type { Column } from '../table.ts';
import { detach, sliceCell, type CellBlock } from './cell-block.ts';
import { unescapeFormula } from './formula-escape.ts';
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
  /** Appends the cells of column `columnIndex` of all rows of the block. */
  append(block: CellBlock, columnIndex: number): void;
  /** The typed reading failed on too many cells: read the column again as labels. */
  readonly isMisread: boolean;
  /** The column of the first `nRows` rows. */
  finish(nRows: number): Column;
}

/** What a builder is made for. */
export interface BuilderPlan {
  readonly name: string;
  /** Null: the file's beginning held no value; decided at the end from all distinct texts. */
  readonly reading: ColumnReading | null;
  readonly marks: CellMarks;
  readonly nRowsExpected: number;
  /** Told of each cell that is neither missing nor readable. */
  readonly onUnread: (row: number, column: string, raw: string) => void;
}

export function createColumnBuilder(plan: BuilderPlan): ColumnBuilder {
  if (plan.reading?.type === 'number') return createNumberBuilder(plan);
  if (plan.reading?.type === 'date') return createDateBuilder(plan, plan.reading);
  return createLabelBuilder(plan);
}

function createNumberBuilder(plan: BuilderPlan): ColumnBuilder {
  const { name, marks } = plan;
  const decimalCode = marks.decimalMark.charCodeAt(0);
  return createValueBuilder(plan, {
    readPlain: (units, from, to) => parsePlainNumber(units, from, to, decimalCode),
    readText: (text) => parseNumber(text, marks),
    toColumn: (values) => ({ type: 'number', name, values }),
  });
}

function createDateBuilder(plan: BuilderPlan, reading: ColumnReading): ColumnBuilder {
  const { name, marks } = plan;
  let hasTime = false;
  return createValueBuilder(plan, {
    readPlain(units, from, to) {
      if (reading.isSerial) return NaN;
      const value = parseIsoDate(units, from, to);
      // A day alone takes ten characters.
      if (to - from > 10 && value === value) hasTime = true;
      return value;
    },
    readText(text) {
      const value = readDateCell(text, reading, marks);
      if (value === value) hasTime ||= tellsTime(text, reading, value);
      return value;
    },
    toColumn: (values) => ({ type: 'date', name, values, hasTime }),
  });
}

/** How cells become values, NaN where they do not: first from the code units, allocating nothing, then from the text. */
interface ValueReading {
  readonly readPlain: (units: CodeUnits, from: number, to: number) => number;
  readonly readText: (text: string) => number;
  readonly toColumn: (values: Float64Array) => Column;
}

function createValueBuilder(
  { name, nRowsExpected, onUnread }: BuilderPlan,
  reading: ValueReading,
): ColumnBuilder {
  const { readPlain, readText, toColumn } = reading;
  let values = new Float64Array(nRowsExpected);
  let nRows = 0;
  let nMissing = 0;
  let nUnread = 0;

  function readSlowly(text: string): number {
    const value = readText(text);
    // NaN is the one value that differs from itself.
    if (value === value) return value;
    if (isMissing(text)) nMissing++;
    else {
      nUnread++;
      onUnread(nRows, name, text);
    }
    return NaN;
  }

  return {
    append(block, columnIndex) {
      const { text, units, bounds } = block;
      const stride = block.width + 1;
      values = grow(values, nRows + block.nRows);
      for (let row = 0, at = columnIndex; row < block.nRows; row++, at += stride) {
        const from = bounds[at] as number;
        const to = (bounds[at + 1] as number) - 1;
        let value = NaN;
        if (from === to) nMissing++;
        else {
          value = readPlain(units, from, to);
          if (value !== value) value = readSlowly(text.slice(from, to));
        }
        values[nRows++] = value;
      }
    },
    get isMisread() {
      return isTooMany(nUnread, nRows - nMissing);
    },
    finish: (n) => toColumn(values.slice(0, n)),
  };
}

/** Labels lose nothing, so a column of unknown type is kept as labels until its type is decided. */
function createLabelBuilder(plan: BuilderPlan): ColumnBuilder {
  const { name } = plan;
  const codeOf = new Map<string, number>();
  const categories: string[] = [];
  let codes = new Int32Array(plan.nRowsExpected);
  let nRows = 0;

  function encode(text: string): number {
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    const label = detach(unescapeFormula(text.trim()));
    let code = isMissing(label) ? -1 : codeOf.get(label);
    if (code === undefined) {
      code = categories.push(label) - 1;
      codeOf.set(label, code);
    }
    if (text !== label) codeOf.set(detach(text), code);
    return code;
  }

  return {
    append(block, columnIndex) {
      codes = grow(codes, nRows + block.nRows);
      for (let row = 0; row < block.nRows; row++) codes[nRows++] = encode(sliceCell(block, row, columnIndex));
    },
    isMisread: false,
    finish(n) {
      const kept = codes.slice(0, n);
      const counts = countCodes(kept, categories.length);
      const reading = plan.reading ?? inferReading(name, categories, plan.marks, counts);
      if (reading === null || reading.type === 'category') return dropUnused(name, kept, categories, counts);
      return typeLabels(plan, kept, categories, reading);
    },
  };
}

/** Labels that only lines of totals had are not categories of the table. */
function dropUnused(
  name: string,
  codes: Int32Array,
  categories: readonly string[],
  counts: Int32Array,
): Column {
  if (counts.every((count) => count > 0)) return { type: 'category', name, codes, categories };
  const used = categories.filter((_, code) => counts[code] !== 0);
  const newCode = new Map(used.map((label, code) => [label, code]));
  const recoded = codes.map((code) => newCode.get(categories[code] ?? '') ?? -1);
  return { type: 'category', name, codes: recoded, categories: used };
}

function typeLabels(
  { name, marks, onUnread }: BuilderPlan,
  codes: Int32Array,
  labels: readonly string[],
  reading: ColumnReading,
): Column {
  const readings = labels.map((label) => ({
    label,
    value: reading.type === 'date' ? readDateCell(label, reading, marks) : parseNumber(label, marks),
  }));
  const values = Float64Array.from(codes, (code, row) => {
    const cell = readings[code];
    if (cell !== undefined && Number.isNaN(cell.value)) onUnread(row, name, cell.label);
    return cell?.value ?? NaN;
  });
  if (reading.type === 'number') return { type: 'number', name, values };
  const hasTime = readings.some(({ label, value }) => tellsTime(label, reading, value));
  return { type: 'date', name, values, hasTime };
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
