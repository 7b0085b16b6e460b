import { detectDelimiter, readHeadRecords, type HeadRecord } from './detect-delimiter.ts';
import { detectHeader } from './detect-header.ts';
import { detectMarks } from './detect-marks.ts';
import type { Dialect, DialectEvidence, Encoding } from './dialect.ts';
import { findSplitDecimals, joinRecord, type SplitDecimals } from './split-decimals.ts';
import { isMissing } from '../missing-words.ts';

export interface DialectGuess {
  readonly dialect: Dialect;
  readonly evidence: DialectEvidence[];
  /** The records of the head, cut with the chosen delimiter. */
  readonly records: readonly HeadRecord[];
  /** A column whose decimal commas divide it: put together again in `records`. */
  readonly split: SplitDecimals | null;
}

/** Finds how a file is written from the text of its beginning; what the user chose is kept. */
export function detectDialect(
  text: string,
  isWhole: boolean,
  encoding: Encoding,
  overrides: Partial<Dialect>,
): DialectGuess {
  const delimiterGuess = detectDelimiter(text, isWhole);
  const delimiter = overrides.delimiter ?? delimiterGuess.delimiter;
  const asCut = readHeadRecords(text, delimiter, isWhole);
  const mayBeSplit = delimiter === ',' && overrides.decimalMark !== '.';
  const split = mayBeSplit ? findSplitDecimals(asCut) : null;
  const records = split === null ? asCut : asCut.map((record) => joinRecord(record, split));
  const marksGuess = detectMarks(sampleCells(records), delimiter);
  const splitEvidence: DialectEvidence[] =
    split === null
      ? []
      : [
          {
            field: 'decimalMark',
            value: ',',
            because: 'split-decimals',
            examples: [split.example],
            isAmbiguous: true,
          },
        ];
  const marks = {
    decimalMark: overrides.decimalMark ?? (split === null ? marksGuess.marks.decimalMark : ','),
    thousandsMark: overrides.thousandsMark ?? marksGuess.marks.thousandsMark,
    dateOrder: overrides.dateOrder ?? marksGuess.marks.dateOrder,
  };
  // A mark cannot do both: the one that was chosen wins.
  if (marks.thousandsMark === marks.decimalMark) {
    if (overrides.decimalMark === undefined) marks.decimalMark = marks.decimalMark === '.' ? ',' : '.';
    else marks.thousandsMark = '';
  }
  const header = detectHeader(records, marks, isWhole);
  const headerRow = overrides.headerRow ?? header.headerRow;
  const headerRows =
    overrides.headerRows ?? (headerRow === -1 ? 0 : headerRow === header.headerRow ? header.headerRows : 1);
  // Nothing in a file says whether a short line lacks its last cells: until a person does, it is rejected.
  const unevenRecords = overrides.unevenRecords ?? 'reject';
  const { columnTypes, apart, sideLines, sheet } = overrides;
  const dialect: Dialect = {
    encoding,
    delimiter,
    ...marks,
    headerRow,
    headerRows,
    unevenRecords,
    ...(columnTypes && { columnTypes }),
    ...(apart && { apart }),
    ...(sideLines && { sideLines }),
    ...(sheet !== undefined && { sheet }),
  };
  const marksEvidence = marksGuess.evidence.filter(({ field }) => field !== 'decimalMark' || split === null);
  const found = [delimiterGuess.evidence, ...splitEvidence, ...marksEvidence, ...header.evidence];
  return {
    dialect,
    records,
    split,
    evidence: found.map((evidence) =>
      overrides[evidence.field] === undefined
        ? evidence
        : {
            field: evidence.field,
            value: String(dialect[evidence.field]),
            because: 'user',
            examples: [],
            isAmbiguous: false,
          },
    ),
  };
}

/**
 * The cells of the columns that mostly hold digits and marks: a remark with a `1,234` in it must not
 * decide, nor ask, how numbers are read. The first record is most likely the header and tells nothing.
 */
export function sampleCells(records: readonly HeadRecord[]): string[] {
  const sampled = records.slice(1, 1_500);
  const nColumns = Math.max(0, ...sampled.map(({ cells }) => cells.length));
  const chosen: string[] = [];
  for (let column = 0; column < nColumns; column++) {
    const cells = sampled
      .map((record) => withoutCurrency(record.cells[column] ?? ''))
      .filter((cell) => !isMissing(cell));
    const nWritten = cells.filter(
      (cell) => /^[+\-−]?[\d.,]/u.test(cell.trim()) && !/\p{L}{4,}/u.test(cell),
    ).length;
    if (nWritten >= cells.length / 2) for (const cell of cells) chosen.push(cell);
  }
  return chosen;
}

/** `1,234` of `€1,234`. */
function withoutCurrency(cell: string): string {
  return cell.replace(
    /^\s*([+\-−]?)\s*(?:[€$£¥]|EUR|USD|GBP|CHF)\s*(?=\d)|(?<=\d)\s*(?:[€$£¥]|EUR|USD|GBP|CHF)\s*$/u,
    '$1',
  );
}
