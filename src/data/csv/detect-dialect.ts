import { detectDelimiter, readHeadRecords, type HeadRecord } from './detect-delimiter.ts';
import { detectHeader } from './detect-header.ts';
import { detectMarks } from './detect-marks.ts';
import type { Dialect, DialectEvidence, Encoding } from './dialect.ts';

export interface DialectGuess {
  readonly dialect: Dialect;
  readonly evidence: DialectEvidence[];
  /** The records of the head, cut with the chosen delimiter. */
  readonly records: readonly HeadRecord[];
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
  const records = readHeadRecords(text, delimiter, isWhole);
  const marksGuess = detectMarks(sampleCells(records), delimiter);
  const marks = {
    decimalMark: overrides.decimalMark ?? marksGuess.marks.decimalMark,
    thousandsMark: overrides.thousandsMark ?? marksGuess.marks.thousandsMark,
    dateOrder: overrides.dateOrder ?? marksGuess.marks.dateOrder,
  };
  // A mark cannot do both: the one that was chosen wins.
  if (marks.thousandsMark === marks.decimalMark) {
    if (overrides.decimalMark === undefined) marks.decimalMark = marks.decimalMark === '.' ? ',' : '.';
    else marks.thousandsMark = '';
  }
  const header = detectHeader(records, marks);
  const headerRow = overrides.headerRow ?? header.headerRow;
  const headerRows =
    overrides.headerRows ?? (headerRow === -1 ? 0 : headerRow === header.headerRow ? header.headerRows : 1);
  const dialect: Dialect = { encoding, delimiter, ...marks, headerRow, headerRows };
  const found = [delimiterGuess.evidence, ...marksGuess.evidence, ...header.evidence];
  return {
    dialect,
    records,
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

/** All cells of the head's data; the first record is most likely the header and tells nothing. */
function sampleCells(records: readonly HeadRecord[]): string[] {
  const cells: string[] = [];
  for (let i = 1; i < records.length && cells.length < 60_000; i++) {
    for (const cell of (records[i] as HeadRecord).cells) cells.push(cell);
  }
  return cells;
}
