import type { DateOrder } from '../dates.ts';
import type { ColumnType } from '../table.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Delimiter = ',' | ';' | '\t' | '|';

/**
 * What becomes of records with more or fewer cells than there are columns: `reject`ed; `fill`: the short ones get
 * empty cells at their end; `fit`: the long ones lose the cells behind the last column besides.
 */
export type UnevenRecords = 'reject' | 'fill' | 'fit';

/** How a file is written: found from its beginning, shown with the evidence, and each part can be overruled. */
export interface Dialect {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly decimalMark: '.' | ',';
  readonly thousandsMark: '' | ' ' | ',' | '.';
  readonly dateOrder: DateOrder;
  /** 0-based record of the header; the records above it are titles. −1: the file has none. */
  readonly headerRow: number;
  /** How many records the header takes: 2 where a second one refines or gives units, 3 where both are. */
  readonly headerRows: number;
  readonly unevenRecords: UnevenRecords;
  /** The types a person chose for columns. Absent: none. */
  readonly columnTypes?: readonly ColumnTypeChoice[];
  /** Lines of totals, repeated headers and notes among the rows are kept as rows. Absent: they are left out. */
  readonly sideLines?: 'keep';
  /** Columns that a person wants left as they stand in the file, not joined, split or converted. Absent: none. */
  readonly apart?: readonly string[];
  /** The sheet of a workbook that a person chose. Absent: the first one with cells. */
  readonly sheet?: string;
}

/** What a person decided of the columns, which no file tells. */
export type ColumnChoices = Pick<Dialect, 'columnTypes' | 'apart'>;

/** How a file told that its dates and numbers are read, for another one of the same hand that leaves it open. */
export type ToldMarks = Partial<Pick<Dialect, 'dateOrder' | 'decimalMark' | 'thousandsMark'>>;

/** What a model keeps of how its file was read. */
export interface KeptReading extends ColumnChoices {
  readonly marks?: ToldMarks;
}

/**
 * What of a dialect differs from what an open file is taken for: the month before the day, or a decimal mark that the
 * delimiter does not suggest. Null where nothing does.
 */
export function findUnusualMarks({
  delimiter,
  dateOrder,
  decimalMark,
  thousandsMark,
}: Dialect): ToldMarks | null {
  const isUsualMark = (delimiter === ';') === (decimalMark === ',');
  return dateOrder === 'mdy' || !isUsualMark ? { dateOrder, decimalMark, thousandsMark } : null;
}

export interface ColumnTypeChoice {
  readonly column: string;
  readonly type: ColumnType;
}

/** Why a part of the dialect was chosen, as a code the screens word. */
export type EvidenceReason =
  | 'byte-order-mark'
  | 'zero-bytes' // every second byte is 0: UTF-16
  | 'valid-utf8' // with accents, all well formed
  | 'mostly-utf8' // with a few bytes that are no characters: their records are rejected
  | 'ascii'
  | 'invalid-utf8' // so windows-1252
  | 'separator-line' // `sep=;`
  | 'regular-columns' // gives the same number of cells on the most records
  | 'single-column'
  | 'decisive-values' // values that can be read one way only
  | 'ambiguous-values' // values that can be read two ways: asked
  | 'grouped-digits'
  | 'split-decimals' // commas of decimals divide cells: asked
  | 'no-such-value' // nothing in the file depends on it
  | 'first-full-record'
  | 'first-record-is-data'
  | 'units-below'
  | 'two-header-rows'
  | 'marked-tables' // records say what they are (C, I, D): the table with the most rows
  | 'largest-table' // several tables below one another: the one with the most rows
  | 'years-as-names' // the header names years
  | 'row-names' // the header is one name short: the rows begin with names of their own
  | 'name-missing' // a column without a name: which one, the others' names tell
  | 'name-extra' // a delimiter too many in the header: an empty name, or one that was divided
  | 'user';

/** What a file tells of how it is written; the rest a person decides. */
export type DetectedField = Exclude<keyof Dialect, keyof ColumnChoices | 'sideLines' | 'sheet'>;

export interface DialectEvidence {
  readonly field: DetectedField;
  readonly value: string;
  readonly because: EvidenceReason;
  /** Examples from the file that decided it, or left it open. */
  readonly examples: readonly string[];
  /** The values may be read in two ways: the screen asks. */
  readonly isAmbiguous: boolean;
}
