import { parseNumber } from '../numbers.ts';
import { alignHeader, createScore, isDatum } from './align-header.ts';
import type { HeadRecord } from './detect-delimiter.ts';
import { saysDuration } from './infer-type.ts';

/** A column whose decimal comma is the file's delimiter too, so that most of its numbers take two cells. */
export interface SplitDecimals {
  /** Position of the whole part; its decimals are the cell behind. */
  readonly column: number;
  /** Cells of a record without the one too many. */
  readonly width: number;
  readonly example: string;
}

const marks = { decimalMark: ',', thousandsMark: '', dateOrder: 'dmy' } as const;
/** At least so many of the rows have the cell too many; fewer are rejected one by one. */
const minShare = 0.3;
const minRows = 5;

/**
 * The column whose `12,5` stand without quotes in a file that a comma divides: under one name less than cells, where the
 * names then go better with what is below them than with any other reading. Null for none.
 */
export function findSplitDecimals(records: readonly HeadRecord[]): SplitDecimals | null {
  const at = records.findIndex(({ cells }) => cells.length > 2);
  const names = records[at]?.cells ?? [];
  const width = names.length;
  const rows = records.slice(at + 1).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const long = rows.filter(({ cells }) => cells.length === width + 1);
  const right = rows.filter(({ cells }) => cells.length === width);
  if (long.length < Math.max(minRows, minShare * rows.length)) return null;
  if (long.length + right.length < 0.9 * rows.length) return null;
  if (names.some((name) => name.trim() === '' || isDatum(name, marks))) return null;
  const candidates = names.flatMap((name, column) => {
    const longest = measureDecimals(column, long, right);
    return longest === null ? [] : [{ column, rank: 2 * longest - (saysDuration(name) ? 1 : 0) }];
  });
  const [best] = candidates.toSorted((a, b) => a.rank - b.rank);
  if (best === undefined) return null;
  const found = { column: best.column, width };
  const joined = rows.map((record) => joinRecord(record, found));
  const aligned = alignHeader(names, rows, marks);
  const gain = createScore(joined, marks)(names) - createScore(rows, marks)(aligned.cells);
  const isLast = long.every(({ cells }) => cells.at(-1)?.trim() === '');
  const needed = aligned.because === 'row-names' || isLast ? 1 : 0;
  const example = joined.find(({ cells }, i) => cells !== rows[i]?.cells)?.cells[best.column] ?? '';
  return gain < needed ? null : { ...found, example };
}

/** Digits of the longest decimals, if the column may be divided so: numbers where nothing is; null for another. */
function measureDecimals(
  column: number,
  long: readonly HeadRecord[],
  right: readonly HeadRecord[],
): number | null {
  let longest = 0;
  for (const { cells } of long) {
    const decimals = (cells[column + 1] ?? '').trim();
    if (!/^[-−]?\d+$/u.test((cells[column] ?? '').trim()) || !/^\d+$/.test(decimals)) return null;
    longest = Math.max(longest, decimals.length);
  }
  const isNumber = ({ cells }: HeadRecord) => !Number.isNaN(parseNumber(cells[column] ?? '', marks));
  return right.filter(isNumber).length < 0.8 * right.length ? null : longest;
}

export function joinRecord(record: HeadRecord, split: Pick<SplitDecimals, 'column' | 'width'>): HeadRecord {
  const cells = joinCells(record.cells, split);
  return cells === record.cells ? record : { ...record, cells };
}

/** The cells with the two of the number put together, where the record has one too many. */
export function joinCells(
  cells: readonly string[],
  { column, width }: Pick<SplitDecimals, 'column' | 'width'>,
): readonly string[] {
  const [whole = '', decimals = ''] = [cells[column], cells[column + 1]];
  if (cells.length !== width + 1 || !/^\d+$/.test(decimals.trim())) return cells;
  return cells.toSpliced(column, 2, `${whole},${decimals}`);
}
