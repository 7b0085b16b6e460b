import { unitsOfShort, type CodeUnits } from './code-units.ts';

/** In which order a date of three numbers is written, unless its year comes first. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export const MS_PER_DAY = 86_400_000;

/**
 * Days from 1970-01-01 to a day of the proleptic Gregorian calendar; NaN for a day that does not exist.
 * (H. Hinnant, "chrono-compatible low-level date algorithms".)
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export interface CivilTime {
  readonly year: number;
  readonly month: number; // 1–12
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly weekday: number; // 1 = Monday … 7 = Sunday
}

/** The calendar's reading of an instant, in UTC. Inverse of `daysFromCivil`. */
export function civilFromInstant(instant: number): CivilTime {
  const days = Math.floor(instant / MS_PER_DAY);
  const rest = instant - days * MS_PER_DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: Math.floor(rest) % 1000,
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
  };
}

const numericDate =
  /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:(?:[T,]?\s*|\s+à\s+)(\d{1,2})\s*[:hH](?:(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*([AaPp]\.?[Mm]\.?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/u;
const dayFirstWords =
  /^(?:[a-zà-ÿ]+\.?,?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+([a-zà-ÿ]+)\.?,?[\s-]+(\d{4})$/iu;
const monthFirstWords = /^([a-zà-ÿ]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu;
const monthWords: ReadonlyMap<string, number> = new Map(
  [
    'janvier janv jan january',
    'fevrier fevr fev february feb',
    'mars march mar',
    'avril avr april apr',
    'mai may',
    'juin june jun',
    'juillet juil july jul',
    'aout august aug',
    'septembre sept sep september',
    'octobre oct october',
    'novembre nov november',
    'decembre dec december',
  ].flatMap((words, index) => words.split(' ').map((word): [string, number] => [word, index + 1])),
);

/**
 * Reads a date or a date with a time as milliseconds since 1970 UTC; NaN where the text is none or the
 * day does not exist. Without a zone the text is taken as UTC, so that differences need no zone table.
 *
 * Grammar: `yyyy-mm-dd`, `dd/mm/yyyy` or `mm/dd/yyyy` by `order` (separators / - .), two-digit years
 * (70–99 → 19xx; not between points), `hh:mm[:ss[.fff]]`, `14h30`, AM/PM, `Z` or ±hh[:mm], month names in both languages.
 */
export function parseDate(text: string, order: DateOrder): number {
  const iso = text.length <= 19 ? parseIsoDate(unitsOfShort(text), 0, text.length) : NaN;
  if (!Number.isNaN(iso)) return iso;
  const trimmed = text.trim();
  const match = numericDate.exec(trimmed);
  if (match === null) return parseDateInWords(trimmed);
  // 1.2.12 is a version number as well.
  if (match[2] === '.' && (match[4] as string).length < 4 && (match[1] as string).length < 4) return NaN;
  const days = daysFromParts(match[1] as string, match[3] as string, match[4] as string, order);
  return days * MS_PER_DAY + timeOfDay(match) - zoneOffset(match[10]);
}

/** True where the text of a date also gives a time of day. */
export function hasTimeOfDay(text: string): boolean {
  return text.includes(':') || /\d\s*h(?:\d{2})?\s*$/i.test(text);
}

/**
 * The machine forms `yyyy-mm-dd` and `yyyy-mm-dd hh:mm[:ss]` within `units[from, to)`; NaN for anything
 * else, which may still be a date. Allocates nothing.
 */
export function parseIsoDate(units: CodeUnits, from: number, to: number): number {
  const length = to - from;
  if (length !== 10 && length !== 16 && length !== 19) return NaN;
  if ((units[from + 4] as number) !== 45 || (units[from + 7] as number) !== 45) return NaN;
  const days = daysFromCivil(digits(units, from, 4), digits(units, from + 5, 2), digits(units, from + 8, 2));
  if (length === 10) return days * MS_PER_DAY;
  const divider = units[from + 10] as number;
  if ((divider !== 32 && divider !== 84) || (units[from + 13] as number) !== 58) return NaN;
  if (length === 19 && (units[from + 16] as number) !== 58) return NaN;
  const hour = digits(units, from + 11, 2);
  const minute = digits(units, from + 14, 2);
  const second = length === 19 ? digits(units, from + 17, 2) : 0;
  return days * MS_PER_DAY + milliseconds(hour, minute, second, 0);
}

function digits(units: CodeUnits, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = (units[at] as number) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** 24:00 is the next midnight (ISO 8601), and a leap second is the next second. */
function milliseconds(hour: number, minute: number, second: number, fraction: number): number {
  const isValid =
    minute <= 59 && second <= 60 && (hour <= 23 || (hour === 24 && minute === 0 && second === 0));
  return isValid ? ((hour * 60 + minute) * 60 + second) * 1000 + fraction : NaN;
}

function daysFromParts(a: string, b: string, c: string, order: DateOrder): number {
  if (a.length >= 3) return a.length === 4 && c.length <= 2 ? daysFromCivil(+a, +b, +c) : NaN;
  if (c.length === 3 || c.length === 1) return NaN;
  if (order === 'ymd' && c.length === 2) return daysFromCivil(fullYear(a), +b, +c);
  const year = fullYear(c);
  return order === 'mdy' ? daysFromCivil(year, +a, +b) : daysFromCivil(year, +b, +a);
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}

function timeOfDay(match: RegExpExecArray): number {
  if (match[5] === undefined) return 0;
  let hour = Number(match[5]);
  const half = match[9]?.charAt(0).toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const fraction = match[8] === undefined ? 0 : Math.floor(Number(`0.${match[8]}`) * 1000 + 1e-6);
  return milliseconds(hour, Number(match[6] ?? 0), Number(match[7] ?? 0), fraction);
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function parseDateInWords(text: string): number {
  if (text.length > 40) return NaN;
  const dayFirst = dayFirstWords.exec(text);
  const monthFirst = dayFirst === null ? monthFirstWords.exec(text) : null;
  const found = dayFirst ?? monthFirst;
  if (found === null) return NaN;
  const word = (dayFirst === null ? found[1] : found[2]) as string;
  const month = monthWords.get(word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
  if (month === undefined) return NaN;
  return daysFromCivil(Number(found[3]), month, Number(dayFirst === null ? found[2] : found[1])) * MS_PER_DAY;
}

/** Day 0 of Excel's 1900 calendar as it counts from March 1900 on (its 29 February 1900 never was). */
const EXCEL_EPOCH_DAYS = -25_569;

/** An Excel serial number as an instant, rounded to the second (Excel's own fraction is not exact). */
export function instantFromExcelSerial(serial: number): number {
  return Math.round((serial + EXCEL_EPOCH_DAYS) * 86_400) * 1000;
}
