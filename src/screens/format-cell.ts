import { nameSays } from '#data/column-words.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { ColumnType } from '#data/table.ts';
import type { CellValue } from '#data/cell.ts';
import type { Formats } from '#language/format.ts';

/** Whole numbers from 1900 to 2100 are years. */
export function isYear(column: {
  readonly type: ColumnType;
  readonly isInteger?: boolean;
  readonly min?: number;
  readonly max?: number;
}): boolean {
  const { type, isInteger, min = 0, max = Infinity } = column;
  return type === 'number' && isInteger === true && min >= 1900 && max <= 2100;
}

/** Whole numbers that name something, years or identifiers: written without a thousands separator. */
export function isCode(profile: ColumnProfile): boolean {
  const { name, type, isInteger } = profile;
  const isNamedSo = nameSays(name, 'identifier') && !/\bnumber of\b/iu.test(name);
  return isYear(profile) || (type === 'number' && isInteger === true && isNamedSo);
}

/** One cell as a person reads it; '' for a missing one. */
export function formatCell(value: CellValue, profile: ColumnProfile, format: Formats): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (typeof value === 'string') return value;
  if (profile.type === 'date') return format.date(value, profile.hasTime ?? false);
  return isCode(profile) ? format.plain(value) : format.number(value, 4);
}
