import { nameSays } from '#data/column-words.ts';
import type { CellValue } from '#data/cell.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { ColumnType } from '#data/table.ts';
import type { Formats } from '#language/format.ts';
import type { Words } from '#language/words.ts';
import { nameUnit } from './with-unit.ts';

/** What tells how a column's values are written. */
interface ColumnShape {
  readonly type: ColumnType;
  readonly isInteger?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** Whole numbers from 1900 to 2100 are years. */
export function isYear({ type, isInteger, min = 0, max = Infinity }: ColumnShape): boolean {
  return type === 'number' && isInteger === true && min >= 1900 && max <= 2100;
}

/** Whole numbers that name something, years or identifiers: written without a thousands separator. */
export function isCode(profile: ColumnProfile): boolean {
  const { name, type, isInteger } = profile;
  const isNamedSo = nameSays(name, 'identifier') && !/\bnumber of\b/iu.test(name);
  return isYear(profile) || (type === 'number' && isInteger === true && isNamedSo);
}

/** One cell as the table shows it; '' for a missing one. */
export function formatCell(value: CellValue, profile: ColumnProfile, format: Formats): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (typeof value === 'string') return value;
  if (profile.type === 'date') return format.date(value, profile.hasTime ?? false);
  return isCode(profile) ? format.plain(value) : format.number(value, 4);
}

/** A value in a sentence: dates as days, years as they are, other numbers with two decimals. */
export function writeValue(column: ColumnShape, format: Formats): (value: number) => string {
  if (column.type === 'date') return (value) => format.date(value);
  return isYear(column) ? format.plain : (value) => format.number(value);
}

/** A value in few signs: three digits of a number, no decimals from a thousand on. */
export function writeBriefly(
  column: string,
  profiles: readonly ColumnProfile[],
  { format }: Words,
): (value: number) => string {
  const profile = profiles.find(({ name }) => name === column);
  return (value) => {
    if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
    if (profile?.type === 'date') return format.date(value);
    if (profile && isYear(profile)) return format.plain(value);
    return Math.abs(value) >= 1000 ? format.number(value, 0) : format.short(value);
  };
}

/** From where to where a column goes: numbers and dates by their ends, labels by how many there are. */
export function describeSpread(profile: ColumnProfile, words: Words): string {
  const { format, count } = words;
  if (profile.type === 'category' || profile.min === undefined || profile.max === undefined) {
    return count('data.columns.distinct', profile.nDistinct);
  }
  if (profile.type === 'date') return `${format.date(profile.min)} – ${format.date(profile.max)}`;
  const write = isCode(profile) ? format.plain : format.short;
  return `${write(profile.min)} – ${write(profile.max)} ${nameUnit(profile.unit, words)}`.trimEnd();
}

/** The column's first distinct values, as the reader's language writes them. */
export function describeExamples(profile: ColumnProfile, { format }: Words): string {
  const { type, examples, hasTime = false } = profile;
  const write = (example: string): string => {
    if (type === 'category') return example;
    if (type === 'date') return format.date(Date.parse(`${example.replace(' ', 'T')}Z`), hasTime);
    return isCode(profile) ? example : format.number(Number(example), 4);
  };
  return examples.map(write).join(' · ');
}
