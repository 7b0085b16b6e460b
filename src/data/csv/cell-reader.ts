import {
  hasTimeOfDay,
  instantFromExcelSerial,
  isFlaggedDate,
  parseCompactDate,
  parseDate,
  type DateOrder,
} from '../dates.ts';
import { parseDuration } from '../durations.ts';
import { convertMeasure, parseMeasure } from '../measures.ts';
import { parseNumber, type NumberMarks } from '../numbers.ts';
import { parsePeriod } from '../periods.ts';
import { msPerUnit, type TimeUnit } from '../time-units.ts';

export type CellMarks = NumberMarks & { readonly dateOrder: DateOrder };

/** How the cells of one column are read: decided once, from the file's beginning. */
export type CellFormat =
  | { readonly kind: 'labels' }
  | { readonly kind: 'numbers'; readonly hasBrackets: boolean }
  /** With a unit or a currency: all are told in `unit`. */
  | { readonly kind: 'measures'; readonly unit: string }
  | { readonly kind: 'durations'; readonly unit: TimeUnit }
  /** `hhmmss`, as SAP writes a time of day; told in hours. */
  | { readonly kind: 'clock-digits' }
  /** Two-digit years may stand between points: `12.03.24`. */
  | { readonly kind: 'dates'; readonly isDotted: boolean }
  | { readonly kind: 'compact-dates' }
  | { readonly kind: 'serials' };

/** What a reading passes over, and a person is told of. */
export type ReadRemark = 'flagged' | 'estimated' | 'converted' | 'zoned';

/**
 * Reads the cells of one column: numbers in the column's unit, dates as instants; NaN for what is none. `remark` is
 * told what a value does not hold.
 */
export function createCellReader(
  format: CellFormat,
  marks: CellMarks,
  remark: (kind: ReadRemark) => void,
): (text: string) => number {
  const readUnflagged = createPlainReader(format, marks, remark);
  return (text) => {
    const value = readUnflagged(text);
    if (value === value) return value;
    const bare = withoutFlag(text);
    if (bare === null) return NaN;
    const flagged = readUnflagged(bare);
    if (flagged === flagged) remark('flagged');
    return flagged;
  };
}

/** A star or a dagger behind a value points at a footnote; null where there is none. */
function withoutFlag(text: string): string | null {
  return /[*†‡]\s*$/u.test(text) ? text.replace(/[\s*†‡]+$/u, '') : null;
}

function createPlainReader(
  format: CellFormat,
  marks: CellMarks,
  remark: (kind: ReadRemark) => void,
): (text: string) => number {
  switch (format.kind) {
    case 'numbers':
      return (text) => readNumber(text, marks, format.hasBrackets);
    case 'measures':
      return (text) => readMeasure(text, format.unit, marks, remark);
    case 'durations':
      return (text) => readDuration(text, format.unit, marks, remark);
    case 'clock-digits':
      return readClockDigits;
    case 'dates':
      return (text) => readDate(text, marks, format.isDotted, remark);
    case 'compact-dates':
      return (text) => parseCompactDate(text.trim());
    case 'serials':
      return (text) => readSerial(text, marks, remark);
    default:
      return () => NaN;
  }
}

function readNumber(text: string, marks: CellMarks, hasBrackets: boolean): number {
  const value = parseNumber(text, marks);
  const inside = hasBrackets && value !== value ? insideBrackets(text) : null;
  return inside === null ? value : -parseNumber(inside, marks);
}

/** `1 234` of `(1 234)`, which is how accountants write −1 234. */
export function insideBrackets(text: string): string | null {
  return /^\s*\((\s*\d[^()]*)\)\s*$/.exec(text)?.[1] ?? null;
}

function readMeasure(
  text: string,
  unit: string,
  marks: CellMarks,
  remark: (kind: ReadRemark) => void,
): number {
  const measure = parseMeasure(text, marks);
  if (measure === null) return parseNumber(text, marks);
  const factor = convertMeasure(measure.unit, unit);
  if (factor !== 1 && factor === factor) remark('converted');
  return measure.value * factor;
}

function readDuration(
  text: string,
  unit: TimeUnit,
  marks: CellMarks,
  remark: (kind: ReadRemark) => void,
): number {
  const duration = parseDuration(text, marks);
  // A nought is the same in any unit; another bare number tells nothing.
  if (duration === null) return parseNumber(text, marks) === 0 ? 0 : NaN;
  if (duration.isEstimate) remark('estimated');
  if (duration.unit !== unit) remark('converted');
  return duration.ms / msPerUnit[unit];
}

function readClockDigits(text: string): number {
  const digits = text.trim().padStart(6, '0');
  const match = /^([01]\d|2[0-4])([0-5]\d)([0-5]\d)$/.exec(digits);
  if (match === null) return NaN;
  return Number(match[1]) + Number(match[2]) / 60 + Number(match[3]) / 3600;
}

function readDate(
  text: string,
  marks: CellMarks,
  isDotted: boolean,
  remark: (kind: ReadRemark) => void,
): number {
  const value = parseDate(text, marks.dateOrder, isDotted);
  if (value !== value) return parsePeriod(text);
  if (isBare(text)) return value;
  if (isFlaggedDate(text)) remark('flagged');
  if (zoned.test(text)) remark('zoned');
  return value;
}

/** Nothing behind the day or the time, as in nearly all cells: spares looking for marks. */
function isBare(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 48 && last <= 57 && text.length <= 19 && !text.includes('+');
}

const zoned = /:\d{2}\s*\(?(?:[A-Z]{3,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)\)?$/;

function readSerial(text: string, marks: CellMarks, remark: (kind: ReadRemark) => void): number {
  const serial = parseNumber(text, marks);
  if (serial !== serial) return readDate(text, marks, true, remark);
  return isSerial(serial) ? instantFromExcelSerial(serial) : NaN;
}

/** Excel's days from 1954 to 2119. */
export function isSerial(value: number): boolean {
  return value >= 20_000 && value < 80_000;
}

/** Whether a cell that was read as this instant also gives a time of day. */
export function tellsTime(text: string, format: CellFormat, instant: number): boolean {
  return format.kind === 'serials' || format.kind === 'compact-dates'
    ? instant % msPerUnit.day !== 0
    : hasTimeOfDay(text);
}
