import { findMonth } from './calendar-words.ts';
import { civilFromInstant, daysFromCivil, MS_PER_DAY } from './dates.ts';

const week = String.raw`(?:S|W|KW|wk|sem(?:aine|ana)?|week|woche|settimana)\.?`;
const weekFirst = new RegExp(String.raw`^${week}\s?(\d{1,2})[\s/.,-]+(?:de\s+)?(\d{4})$`, 'iu');
const yearFirst = new RegExp(String.raw`^(\d{4})[\s/-]?${week}[\s-]?(\d{1,2})(?:-([1-7]))?$`, 'iu');
const monthInWords = /^(\p{L}{3,12})\.?(?:[\s/-]*(?:del?\s+)?(\d{4})|[\s/-]+'?(\d{2}))$/u;
const yearMonth = /^(\d{4})[/-](\d{1,2})$/;
const monthYear = /^(?:(\d{1,2})\/|(\d{2})-)(\d{4})$/;

/**
 * A week or a month by its first day, as milliseconds since 1970; NaN for anything else. Weeks are those of ISO 8601,
 * from their Monday (`S12-2024`, `2024-W40`, `KW 3/2024`); months `mars 2024`, `Mar-24`, `2024-03`, `03/2024`.
 */
export function parsePeriod(text: string): number {
  const trimmed = text.trim();
  if (trimmed.length > 24) return NaN;
  return parseWeek(trimmed) ?? parseMonth(trimmed) ?? NaN;
}

function parseWeek(text: string): number | null {
  const byWeek = weekFirst.exec(text);
  const byYear = byWeek === null ? yearFirst.exec(text) : null;
  if (byWeek !== null) return instantOfWeek(Number(byWeek[2]), Number(byWeek[1]), 1);
  return byYear && instantOfWeek(Number(byYear[1]), Number(byYear[2]), Number(byYear[3] ?? 1));
}

/** The week with 4 January is the first one; a 53rd that belongs to the next year does not exist. */
function instantOfWeek(year: number, number: number, weekday: number): number {
  const fourth = daysFromCivil(year, 1, 4);
  const first = fourth - civilFromInstant(fourth * MS_PER_DAY).weekday + 1;
  const monday = (first + 7 * (number - 1)) * MS_PER_DAY;
  const isReal = number >= 1 && civilFromInstant(monday + 3 * MS_PER_DAY).year === year;
  return isReal ? monday + (weekday - 1) * MS_PER_DAY : NaN;
}

function parseMonth(text: string): number | null {
  const words = monthInWords.exec(text);
  if (words !== null) {
    const month = findMonth(words[1] as string) ?? NaN;
    return instantOfMonth(Number(words[2] ?? 2000 + Number(words[3])), month);
  }
  const first = yearMonth.exec(text);
  if (first !== null) return instantOfMonth(Number(first[1]), Number(first[2]));
  const last = monthYear.exec(text);
  return last && instantOfMonth(Number(last[3]), Number(last[1] ?? last[2]));
}

function instantOfMonth(year: number, month: number): number {
  return Number.isNaN(month) ? NaN : daysFromCivil(year, month, 1) * MS_PER_DAY;
}
