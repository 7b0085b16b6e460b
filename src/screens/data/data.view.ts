import type { Dialect } from '#data/csv/dialect.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { DatasetSummary } from '#jobs/dataset.ts';
import type { Words } from '#language/use-words.ts';
import { isYear } from '../format-cell.ts';

/** Records that were rejected and cells that could not be read: what a person should look at. */
export function countToFix({ ledger, unread }: DatasetSummary): number {
  return ledger.rejected + unread.count;
}

const delimiterKeys = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;
const decimalKeys = { '.': 'point', ',': 'comma' } as const;
const thousandsKeys = { '': 'none', ' ': 'space', ',': 'comma', '.': 'point' } as const;

/** The value of one part of a dialect, in words. */
export function nameDialectValue(field: DialectField, dialect: Dialect, { t }: Pick<Words, 't'>): string {
  switch (field) {
    case 'encoding':
      return t(`data.reading.encoding.${dialect.encoding}`);
    case 'delimiter':
      return t(`data.reading.delimiter.${delimiterKeys[dialect.delimiter]}`);
    case 'decimalMark':
      return t(`data.reading.decimalMark.${decimalKeys[dialect.decimalMark]}`);
    case 'thousandsMark':
      return t(`data.reading.thousandsMark.${thousandsKeys[dialect.thousandsMark]}`);
    case 'dateOrder':
      return t(`data.reading.dateOrder.${dialect.dateOrder}`);
    case 'headerRow':
      return dialect.headerRow < 0 ? t('data.reading.noHeader') : String(dialect.headerRow + 1);
  }
}

/** The parts of a dialect a person can change; how many lines a header takes follows from its first. */
export const dialectFields = [
  'encoding',
  'delimiter',
  'decimalMark',
  'thousandsMark',
  'dateOrder',
  'headerRow',
] as const;
export type DialectField = (typeof dialectFields)[number];

/** The values each part may take. */
export const dialectChoices = {
  encoding: ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'],
  delimiter: [',', ';', '\t', '|'],
  decimalMark: ['.', ','],
  thousandsMark: ['', ' ', ',', '.'],
  dateOrder: ['ymd', 'dmy', 'mdy'],
  headerRow: [0, 1, 2, 3, 4, 5, -1],
} as const satisfies { readonly [Field in DialectField]: readonly Dialect[Field][] };

/** "Windows-1252, point-virgule ;, virgule 0,87": how the file is written, in a few words. */
export function describeDialect(dialect: Dialect, words: Pick<Words, 't'>): string {
  return (['encoding', 'delimiter', 'decimalMark'] as const)
    .map((field) => nameDialectValue(field, dialect, words))
    .join(', ');
}

/** From where to where a column goes: numbers and dates by their ends, labels by how many there are. */
export function describeSpread(profile: ColumnProfile, { t, format }: Pick<Words, 't' | 'format'>): string {
  if (profile.type === 'category' || profile.min === undefined || profile.max === undefined) {
    return t('data.columns.distinct', { count: profile.nDistinct, n: format.number(profile.nDistinct) });
  }
  if (profile.type === 'date') return `${format.date(profile.min)} – ${format.date(profile.max)}`;
  const write = isYear(profile) ? format.plain : format.short;
  return `${write(profile.min)} – ${write(profile.max)}`;
}
