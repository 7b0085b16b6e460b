import type { Dialect } from '#data/csv/dialect.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/use-words.ts';
import { isCode } from '../format-cell.ts';

/** Records that were rejected and cells that could not be read: what a person should look at. */
export function countToFix({ ledger, unread }: DatasetSummary): number {
  return ledger.rejected + unread.count;
}

export interface RawLine {
  readonly text: string;
  readonly tag: 'title' | 'header' | 'row' | 'empty' | 'rejected';
}

/** The file's first lines with what the reader took each for; a cell of several lines makes several rows of them. */
export function tagRawLines({
  rawLines,
  headerLines,
  ledger,
}: Pick<DatasetSummary, 'rawLines' | 'headerLines' | 'ledger'>): readonly RawLine[] {
  const rejected = new Set(ledger.rejects.map(({ line }) => line));
  const [first, last] = headerLines ?? [1, 0];
  return rawLines.map((text, i) => {
    const line = i + 1;
    if (line < first) return { text, tag: 'title' };
    if (line <= last) return { text, tag: 'header' };
    if (rejected.has(line)) return { text, tag: 'rejected' };
    return { text, tag: /^[\s;,|"]*$/u.test(text) ? 'empty' : 'row' };
  });
}

/** Whether lines have more or fewer cells than there are columns: rejected, filled or cut. */
export function hasUnevenRecords({ ledger, dialect }: Pick<DatasetSummary, 'ledger' | 'dialect'>): boolean {
  return dialect.unevenRecords !== 'reject' || ledger.rejects.some(({ reason }) => reason.endsWith('-cells'));
}

/** "dont 12 complétées, 3 tronquées"; null where every line was kept as it is. */
export function describeMended(
  { filled, cut }: DatasetSummary['ledger'],
  { t, format }: Pick<Words, 't' | 'format'>,
): string | null {
  const parts = [
    filled > 0 && t('data.ledger.filled', { count: filled, n: format.number(filled) }),
    cut > 0 && t('data.ledger.cut', { count: cut, n: format.number(cut) }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : t('data.ledger.ofThem', { parts: parts.join(', ') });
}

const delimiterKeys = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;
const decimalKeys = { '.': 'point', ',': 'comma' } as const;
const thousandsKeys = { '': 'none', ' ': 'space', ',': 'comma', '.': 'point' } as const;

const describers: {
  readonly [Field in DialectField]: (value: Dialect[Field], t: Words['t']) => string;
} = {
  encoding: (value, t) => t(`data.reading.encoding.${value}`),
  delimiter: (value, t) => t(`data.reading.delimiter.${delimiterKeys[value]}`),
  decimalMark: (value, t) => t(`data.reading.decimalMark.${decimalKeys[value]}`),
  thousandsMark: (value, t) => t(`data.reading.thousandsMark.${thousandsKeys[value]}`),
  dateOrder: (value, t) => t(`data.reading.dateOrder.${value}`),
  headerRow: (value, t) => (value < 0 ? t('data.reading.noHeader') : String(value + 1)),
};

/** The value of one part of a dialect, in words. */
export function nameDialectValue<Field extends DialectField>(
  field: Field,
  value: Dialect[Field],
  { t }: Pick<Words, 't'>,
): string {
  return describers[field](value, t);
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

export function isDialectField(field: keyof Dialect): field is DialectField {
  return (dialectFields as readonly string[]).includes(field);
}

/** The values each part may take. */
export const dialectChoices = {
  encoding: ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'],
  delimiter: [',', ';', '\t', '|'],
  decimalMark: ['.', ','],
  thousandsMark: ['', ' ', ',', '.'],
  dateOrder: ['ymd', 'dmy', 'mdy'],
  headerRow: [0, 1, 2, 3, 4, 5, -1],
} as const satisfies { readonly [Field in DialectField]: readonly Dialect[Field][] };

/** "Windows-1252 …, séparateur point-virgule (;), marque décimale virgule (0,87)". */
export function describeDialect(
  { encoding, delimiter, decimalMark }: Dialect,
  words: Pick<Words, 't'>,
): string {
  return words.t('data.reading.summary', {
    encoding: nameDialectValue('encoding', encoding, words),
    delimiter: nameDialectValue('delimiter', delimiter, words),
    decimal: nameDialectValue('decimalMark', decimalMark, words),
  });
}

/** From where to where a column goes: numbers and dates by their ends, labels by how many there are. */
export function describeSpread(profile: ColumnProfile, { t, format }: Pick<Words, 't' | 'format'>): string {
  if (profile.type === 'category' || profile.min === undefined || profile.max === undefined) {
    return t('data.columns.distinct', { count: profile.nDistinct, n: format.number(profile.nDistinct) });
  }
  if (profile.type === 'date') return `${format.date(profile.min)} – ${format.date(profile.max)}`;
  const write = isCode(profile) ? format.plain : format.short;
  return `${write(profile.min)} – ${write(profile.max)}`;
}

/** The column's first distinct values, as the reader's language writes them. */
export function describeExamples(profile: ColumnProfile, { format }: Pick<Words, 'format'>): string {
  const { type, examples, hasTime = false } = profile;
  const write = (example: string): string => {
    if (type === 'category') return example;
    if (type === 'date') return format.date(Date.parse(`${example.replace(' ', 'T')}Z`), hasTime);
    return isCode(profile) ? example : format.number(Number(example), 4);
  };
  return examples.map(write).join(' · ');
}
