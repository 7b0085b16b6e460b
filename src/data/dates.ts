import { findMonth, withoutWeekday } from './calendar-words.ts';
import { unitsOfShort, type CodeUnits } from './code-units.ts';
import { msPerUnit } from './time-units.ts';

/** In which order a date of three numbers is written, unless its year comes first. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export const MS_PER_DAY = msPerUnit.day;

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
    hour: Math.floor(rest / msPerUnit.hour),
    minute: Math.floor(rest / msPerUnit.minute) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: Math.floor(rest) % 1000,
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
  };
}

/** An instant's day as `yyyy-mm-dd`. */
export function writeDay(instant: number): string {
  const { year, month, day } = civilFromInstant(instant);
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Words between a day and its time, and a time of day with its zone: five groups of the time, one of the zone. */
const time = String.raw`(?:[T,:]?\s*|,?\s+(?:à|at|um|a las|às|as|alle(?: ore)?|ore|-)\s+)(\d{1,2})\s*(?::|[hH](?:eures?)?)\s?(?:(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*([AaPp]\.?\s?[Mm]\.?)?(?:\s*(?:Uhr|h|hrs?|heures?|horas?|ore)\.?)?`;
const zone = String.raw`\s*\(?(Z|[A-Z]{3,5}|(?:UTC|GMT)[+-]\d{1,2}|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[+-]\d{2})?\)?`;
const numericDate = new RegExp(String.raw`^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:${time})?${zone}$`, 'u');
const timeAfter = new RegExp(String.raw`^(?:${time})?${zone}$`, 'u');

const dayFirstWords =
  /^(\d{1,2})(?:er|st|nd|rd|th|º|\.)?[\s/-]*(?:de\s+)?(\p{L}{3,12})\.?,?[\s/-]*(?:del?\s+)?(\d{4}|\d{2})(?!\d)/u;
const monthFirstWords = /^(\p{L}{3,12})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})(?!\d)/u;
const yearFirstWords = /^(\d{4})[\s/-](\p{L}{3,12})\.?[\s/-](\d{1,2})(?!\d)/u;
const longestInWords = 60;

/** What planning tools write behind a date: P6's ` A` (actual) and `*` (constrained). */
const dateFlag = /\s*\*$|\s+A$/;

export function isFlaggedDate(text: string): boolean {
  return dateFlag.test(text);
}

/**
 * Reads a date or a date with a time as milliseconds since 1970 UTC; NaN where the text is none or the
 * day does not exist. Without a zone the text is taken as UTC, so that differences need no zone table.
 *
 * Grammar: `yyyy-mm-dd`, `dd/mm/yyyy` or `mm/dd/yyyy` by `order` (separators / - .), two-digit years
 * (70–99 → 19xx; between points only before a time, or where `isDotted` says that the column holds dates), month names
 * in six languages, a day of the week before, `hh:mm[:ss[.fff]]`, `14h30`, AM/PM, `Z`, ±hh[:mm] or a zone's name (CET).
 */
export function parseDate(text: string, order: DateOrder, isDotted = false): number {
  const iso = text.length <= 19 ? parseIsoDate(unitsOfShort(text), 0, text.length) : NaN;
  if (!Number.isNaN(iso)) return iso;
  const trimmed = withColon(text.trim());
  const match = numericDate.exec(trimmed);
  if (match !== null) return readNumericDate(match, order, isDotted);
  if (trimmed.length > longestInWords) return NaN;
  const bare = withoutWeekday(trimmed.replace(dateFlag, ''));
  const bareMatch = bare === trimmed ? null : numericDate.exec(bare);
  return bareMatch === null ? parseDateInWords(bare) : readNumericDate(bareMatch, order, isDotted);
}

/** `19.36 Uhr` and `ore 19.36` with a colon, as all others write it. */
function withColon(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  if (last !== 114 && !/\b(?:ore|alle|um)\s/.test(text)) return text;
  return text.replace(
    /(\d{1,2})\.(\d{2})(?=\s*Uhr$)|(?<=(?:ore|alle|um)\s+)(\d{1,2})\.(\d{2})$/u,
    '$1$3:$2$4',
  );
}

function readNumericDate(match: RegExpExecArray, order: DateOrder, isDotted: boolean): number {
  const isShort = (match[4] as string).length < 4 && (match[1] as string).length < 4;
  // 1.2.12 is a version number as well.
  if (match[2] === '.' && isShort && match[5] === undefined && !isDotted) return NaN;
  const days = daysFromParts(match[1] as string, match[3] as string, match[4] as string, order);
  return days * MS_PER_DAY + timeOfDay(match, 5) - zoneOffset(match[10]);
}

/** True where the text of a date also gives a time of day. */
export function hasTimeOfDay(text: string): boolean {
  return text.includes(':') || /\d\s*h(?:\d{2})?(?:\s|$)/i.test(text);
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

/** Of hour, minute, second, fraction and half of the day, which stand in `parts` from `from` on. */
function timeOfDay(parts: readonly (string | undefined)[], from: number): number {
  const [written, half] = [parts[from], parts[from + 4]];
  if (written === undefined) return 0;
  let hour = Number(written);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half.startsWith('p') || half.startsWith('P') ? 12 : 0);
  }
  const digits = parts[from + 3];
  const fraction = digits === undefined ? 0 : Math.floor(Number(`0.${digits}`) * 1000 + 1e-6);
  return milliseconds(hour, Number(parts[from + 1] ?? 0), Number(parts[from + 2] ?? 0), fraction);
}

/** Hours that the zones of power markets are ahead of UTC; a name that means two zones (IST) is none. */
const hoursAhead: ReadonlyMap<string, number> = new Map([
  ...listZones(0, 'Z UTC GMT WET'),
  ...listZones(1, 'WEST BST CET MEZ'),
  ...listZones(2, 'CEST MESZ EET'),
  ...listZones(3, 'EEST MSK'),
  ...listZones(-4, 'EDT'),
  ...listZones(-5, 'EST CDT'),
  ...listZones(-6, 'CST MDT'),
  ...listZones(-7, 'MST PDT'),
  ...listZones(-8, 'PST'),
]);

function listZones(hours: number, names: string): [string, number][] {
  return names.split(' ').map((name) => [name, hours]);
}

/** In milliseconds; NaN for a name that is no zone's. */
function zoneOffset(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (match === null) return (hoursAhead.get(zone) ?? NaN) * msPerUnit.hour;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * msPerUnit.minute;
}

function parseDateInWords(text: string): number {
  const dayFirst = dayFirstWords.exec(text);
  if (dayFirst !== null) return assemble(text, dayFirst, [3, 2, 1]);
  const monthFirst = monthFirstWords.exec(text);
  if (monthFirst !== null) return assemble(text, monthFirst, [3, 1, 2]);
  const yearFirst = yearFirstWords.exec(text);
  return yearFirst === null ? NaN : assemble(text, yearFirst, [1, 2, 3]);
}

/** The date of a match whose groups year, month and day stand at these positions, with the time behind it. */
function assemble(
  text: string,
  match: RegExpExecArray,
  [year, month, day]: readonly [number, number, number],
): number {
  const found = findMonth(match[month] as string);
  const after = found === undefined ? null : timeAfter.exec(text.slice(match[0].length));
  if (found === undefined || after === null) return NaN;
  const days = daysFromCivil(fullYear(match[year] as string), found, Number(match[day]));
  return days * MS_PER_DAY + timeOfDay(after, 1) - zoneOffset(after[6]);
}

/** Eight digits `yyyymmdd`, perhaps with `hhmm` or `hhmmss` behind; NaN for others, and for years far from ours. */
export function parseCompactDate(text: string): number {
  const match = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?Z?)?$/.exec(text);
  if (match === null) return NaN;
  const days = daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
  return days * MS_PER_DAY + timeOfDay([match[4], match[5], match[6]], 0);
}

/** Day 0 of Excel's 1900 calendar as it counts from March 1900 on (its 29 February 1900 never was). */
const EXCEL_EPOCH_DAYS = -25_569;

/** An Excel serial number as an instant, rounded to the second (Excel's own fraction is not exact). */
export function instantFromExcelSerial(serial: number): number {
  return Math.round((serial + EXCEL_EPOCH_DAYS) * 86_400) * 1000;
}

/** The last millisecond of the year, month or day that a text names (`2015`, `2015-06`, `31/12/2015`); null for another text. */
export function lastInstantOf(text: string): number | null {
  const [, year, month] = /^(\d{4})(?:-(\d{1,2}))?$/u.exec(text.trim()) ?? [];
  if (year !== undefined && !(Number(month ?? 1) >= 1 && Number(month ?? 1) <= 12)) return null;
  if (year !== undefined) {
    return month === undefined
      ? Date.UTC(Number(year) + 1, 0, 1) - 1
      : Date.UTC(Number(year), Number(month), 1) - 1;
  }
  const instant = parseDate(text, 'dmy');
  if (Number.isNaN(instant)) return null;
  return instant % MS_PER_DAY === 0 ? instant + MS_PER_DAY - 1 : instant;
}
