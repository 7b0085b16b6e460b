import type { DetectedField, Dialect, DialectEvidence } from '#data/csv/dialect.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import type { Words } from '#language/words.ts';
import { quoteName } from './recipe-sentences.ts';

/** "dont 12 complétées, 3 tronquées"; null where every line was kept as it is. */
export function describeMended(
  { filled, cut }: DatasetSummary['ledger'],
  { t, count }: Words,
): string | null {
  const parts = [
    filled > 0 && count('data.ledger.filled', filled),
    cut > 0 && count('data.ledger.cut', cut),
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
  { t }: Words,
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

export function isDialectField(field: DetectedField): field is DialectField {
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
export function describeDialect({ encoding, delimiter, decimalMark }: Dialect, words: Words): string {
  return words.t('data.reading.summary', {
    encoding: nameDialectValue('encoding', encoding, words),
    delimiter: nameDialectValue('delimiter', delimiter, words),
    decimal: nameDialectValue('decimalMark', decimalMark, words),
  });
}

/** The same of a file; of a workbook, which of its sheets: the rest of its dialect is Tranche's own. */
export function describeReading(
  { dialect, workbook }: Pick<DatasetSummary, 'dialect' | 'workbook'>,
  words: Words,
): string {
  if (workbook === null) return describeDialect(dialect, words);
  return words.t('data.reading.ofWorkbook', { sheet: quoteName(workbook.sheet, words) });
}

/** What the ledger balances: records = kept + rejected + empty + headers + titles + totals + …. */
const ledgerParts = [
  'kept',
  'rejected',
  'empty',
  'headers',
  'titles',
  'totals',
  'repeatedHeaders',
  'notes',
  'otherTables',
] as const;

/** What among the lines was taken for no outages; null where there is none. */
export function tellSideLines(ledger: DatasetSummary['ledger'], { t, count }: Words): string | null {
  const parts = (['totals', 'repeatedHeaders', 'notes', 'otherTables'] as const).filter(
    (part) => ledger[part] > 0,
  );
  if (parts.length === 0) return null;
  return t('data.notes.sideLines', {
    parts: parts.map((part) => count(`report.part.${part}`, ledger[part])).join(', '),
  });
}

/** How a file was read, in two lines: the dialect, and each record accounted for. */
export function tellReading(
  summary: Pick<DatasetSummary, 'name' | 'dialect' | 'ledger'> & Partial<Pick<DatasetSummary, 'workbook'>>,
  words: Words,
): readonly string[] {
  const { name, dialect, ledger } = summary;
  const { t, format, count } = words;
  const parts = ledgerParts
    .filter((part) => part === 'kept' || part === 'rejected' || ledger[part] > 0)
    .map((part) => count(`report.part.${part}`, ledger[part]))
    .join(' + ');
  const mended = describeMended(ledger, words);
  const balance = t('report.ledger', {
    size: format.bytes(ledger.bytes),
    records: count('data.ledger.records', ledger.records),
    parts,
  });
  return [
    t('report.file', {
      name,
      reading: describeReading({ dialect, workbook: summary.workbook ?? null }, words),
      dates: nameDialectValue('dateOrder', dialect.dateOrder, words),
    }),
    mended === null ? balance : `${balance} (${mended})`,
  ];
}

/** "Ordre des dates : deux lectures possibles (03/04/2025), jour/mois/année retenu". */
export function tellTwoReadings(
  { field, examples }: DialectEvidence,
  dialect: Dialect,
  words: Words,
): string {
  const { t } = words;
  const isNamed = isDialectField(field);
  return t(examples.length > 0 ? 'report.twoReadingsOf' : 'report.twoReadings', {
    field: isNamed ? t(`data.reading.field.${field}`) : field,
    value: isNamed ? nameDialectValue(field, dialect[field], words) : String(dialect[field]),
    examples: examples.join(', '),
  });
}

/** Cells that count as missing because they could not be read, with the first of them; null where there are none. */
export function tellUnread(
  { unread }: Pick<DatasetSummary, 'unread'>,
  nExamples: number,
  words: Words,
): string | null {
  if (unread.count === 0) return null;
  const { t, format, count, pair } = words;
  const examples = unread.cells
    .slice(0, nExamples)
    .map(({ row, column, raw }) => t('data.ledger.unreadCell', { column, row: format.plain(row + 1), raw }));
  return pair(count('data.ledger.unread', unread.count), examples.join(' · '));
}
