import { hasTimeOfDay, instantFromExcelSerial, parseDate, type DateOrder } from '../dates.ts';
import { isMissing } from '../missing-words.ts';
import { parseNumber, type NumberMarks } from '../numbers.ts';
import type { ColumnType } from '../table.ts';
import { isDateName } from '../column-words.ts';

/** How the cells of one column are read. */
export interface ColumnReading {
  readonly type: ColumnType;
  /** A date column written as Excel serial numbers. */
  readonly isSerial: boolean;
}

export type CellMarks = NumberMarks & { readonly dateOrder: DateOrder };

/** At least this share of a column's cells must read as its type; the others are listed as unread. */
export const minReadableShare = 0.9;

/**
 * The type most of the cells have; null where all are missing. `counts` weighs each text.
 *
 * A column in which numbers with leading zeros stand (`007`) and all have the same number of digits
 * holds labels. Whole numbers within Excel's range of recent days are dates where the name says "date".
 */
export function inferReading(
  name: string,
  texts: readonly string[],
  marks: CellMarks,
  counts: ArrayLike<number> | null = null,
): ColumnReading | null {
  let nPresent = 0;
  let nNumbers = 0;
  let nDates = 0;
  let nSerials = 0;
  let hasLeadingZero = false;
  const widths = new Set<number>();
  for (const [i, raw] of texts.entries()) {
    const text = raw.trim();
    if (isMissing(text)) continue;
    const weight = counts?.[i] ?? 1;
    nPresent += weight;
    const value = parseNumber(text, marks);
    if (/^\d+$/.test(text)) {
      widths.add(text.length);
      hasLeadingZero ||= text.length > 1 && text.startsWith('0');
    }
    if (!Number.isNaN(value)) {
      nNumbers += weight;
      if (value >= 20_000 && value < 80_000) nSerials += weight;
    } else if (!Number.isNaN(parseDate(text, marks.dateOrder))) nDates += weight;
  }
  if (nPresent === 0) return null;
  if (nNumbers >= minReadableShare * nPresent && !(hasLeadingZero && widths.size === 1)) {
    const isSerial = nSerials === nPresent && isDateName(name);
    return { type: isSerial ? 'date' : 'number', isSerial };
  }
  if (nDates >= minReadableShare * nPresent) return { type: 'date', isSerial: false };
  return { type: 'category', isSerial: false };
}

/** A date cell as an instant; NaN where it is none. */
export function readDateCell(text: string, reading: ColumnReading, marks: CellMarks): number {
  if (!reading.isSerial) return parseDate(text, marks.dateOrder);
  const serial = parseNumber(text, marks);
  return instantFromExcelSerial(serial);
}

export function tellsTime(text: string, reading: ColumnReading, instant: number): boolean {
  return reading.isSerial ? instant % 86_400_000 !== 0 : hasTimeOfDay(text);
}
