import { countCodes } from '#base/arrays.ts';
import type { CodeUnits } from '../code-units.ts';
import { tellMeaning, type CellMeaning } from '../cell-meaning.ts';
import { isMissing } from '../missing-words.ts';
import { parsePlainNumber } from '../numbers.ts';
import { parseIsoDate } from '../dates.ts';
import type { Column, ColumnType } from '../table.ts';
import { blockOfCells, detach, sliceCell, type CellBlock } from './cell-block.ts';
import { unescapeFormula } from './formula-escape.ts';
import {
  createCellReader,
  tellsTime,
  type CellFormat,
  type CellMarks,
  type ReadRemark,
} from './cell-reader.ts';
import { unwrapExcelText } from './excel-text.ts';
import { inferReading, type ColumnReading } from './infer-type.ts';

/** What is to be told of a cell beside its value: what its text says that no value holds, or that it may stand wrong. */
export type CellRemark = ReadRemark | CellMeaning | 'maybe-shifted';

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
  /** The type a person chose for the column. */
  readonly wanted: ColumnType | null;
  /** Told of each cell that is neither missing nor readable. */
  readonly onUnread: (row: number, column: string, raw: string) => void;
  readonly onRemark: (kind: CellRemark, row: number, column: string, raw: string) => void;
}

export function createColumnBuilder(plan: BuilderPlan): ColumnBuilder {
  if (plan.reading?.type === 'number') return createNumberBuilder(plan, plan.reading);
  if (plan.reading?.type === 'date') return createDateBuilder(plan, plan.reading);
  return createLabelBuilder(plan);
}

function createNumberBuilder(plan: BuilderPlan, { format }: ColumnReading): ColumnBuilder {
  const { name } = plan;
  const decimalCode = plan.marks.decimalMark.charCodeAt(0);
  const isPlain = format.kind === 'numbers' || format.kind === 'measures';
  const unit = unitOf(format);
  return createValueBuilder(plan, format, {
    readPlain: isPlain ? (units, from, to) => parsePlainNumber(units, from, to, decimalCode) : () => NaN,
    onText: () => {},
    toColumn: (values) => ({ type: 'number', name, values, ...(unit && { unit }) }),
  });
}

/** The unit that values are in which were written with one. */
function unitOf(format: CellFormat): string | undefined {
  if (format.kind === 'clock-digits') return 'hour';
  return 'unit' in format ? format.unit : undefined;
}

function createDateBuilder(plan: BuilderPlan, { format }: ColumnReading): ColumnBuilder {
  const { name } = plan;
  let hasTime = false;
  return createValueBuilder(plan, format, {
    readPlain(units, from, to) {
      if (format.kind !== 'dates') return NaN;
      const value = parseIsoDate(units, from, to);
      // A day alone takes ten characters.
      if (to - from > 10 && value === value) hasTime = true;
      return value;
    },
    onText(text, value) {
      hasTime ||= tellsTime(text, format, value);
    },
    toColumn: (values) => ({ type: 'date', name, values, hasTime }),
  });
}

/** How cells become values, NaN where they do not: first from the code units, allocating nothing, then from the text. */
interface ValueReading {
  readonly readPlain: (units: CodeUnits, from: number, to: number) => number;
  /** Told of each cell that was read from its text. */
  readonly onText: (text: string, value: number) => void;
  readonly toColumn: (values: Float64Array) => Column;
}

function createValueBuilder(plan: BuilderPlan, format: CellFormat, reading: ValueReading): ColumnBuilder {
  const { readPlain, onText, toColumn } = reading;
  const maxUnreadShare = plan.reading?.maxUnreadShare ?? 1;
  let values = new Float64Array(plan.nRowsExpected);
  let nRows = 0;
  let nMissing = 0;
  let nUnread = 0;
  const read = createTextReader(plan, format, {
    row: () => nRows,
    onMissing: () => nMissing++,
    onUnread: () => nUnread++,
  });

  function readSlowly(text: string): number {
    const value = read(text);
    // NaN is the one value that differs from itself.
    if (value === value) onText(text, value);
    return value;
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
      return nUnread > maxUnreadShare * (nRows - nMissing);
    },
    finish: (n) => toColumn(values.slice(0, n)),
  };
}

interface TextCounts {
  /** Of the cell that is read. */
  readonly row: () => number;
  readonly onMissing: () => void;
  readonly onUnread: () => void;
}

/** Reads the text of a cell; a word that says why there is no value counts as missing, and is told. */
function createTextReader(
  { name, marks, onUnread, onRemark }: BuilderPlan,
  format: CellFormat,
  counts: TextCounts,
): (text: string) => number {
  let remarks: ReadRemark[] = [];
  const readCell = createCellReader(format, marks, (kind) => remarks.push(kind));
  return (raw) => {
    const text = unwrapExcelText(raw);
    const value = readCell(text);
    const isRead = value === value;
    if (remarks.length > 0) {
      if (isRead) for (const kind of remarks) onRemark(kind, counts.row(), name, raw);
      remarks = [];
    }
    if (isRead) return value;
    if (isMissing(text)) {
      counts.onMissing();
      return NaN;
    }
    const meaning = tellMeaning(text, readCell);
    remarks = [];
    if (meaning === null) {
      counts.onUnread();
      onUnread(counts.row(), name, raw);
    } else {
      counts.onMissing();
      onRemark(meaning, counts.row(), name, raw);
    }
    return NaN;
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
    const label = detach(unescapeFormula(unwrapExcelText(text.trim())));
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
      const reading = plan.reading ?? inferReading(name, categories, plan.marks, counts, plan.wanted);
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

/** Labels read again as values, once the whole file is known. */
function typeLabels(
  plan: BuilderPlan,
  codes: Int32Array,
  labels: readonly string[],
  reading: ColumnReading,
): Column {
  const builder = createColumnBuilder({ ...plan, reading, nRowsExpected: codes.length });
  builder.append(blockOfCells(Array.from(codes, (code) => labels[code] ?? '')), 0);
  return builder.finish(codes.length);
}

function grow<A extends Float64Array | Int32Array>(values: A, needed: number): A {
  if (values.length >= needed) return values;
  const Kind = values.constructor as new (length: number) => A;
  const larger = new Kind(Math.max(needed, Math.ceil(values.length * 1.5), 1024));
  larger.set(values);
  return larger;
}
