import { isDateName, nameSays } from '../column-words.ts';
import { parseDate } from '../dates.ts';
import { isMissing } from '../missing-words.ts';
import { parseNumber } from '../numbers.ts';
import type { CellMarks } from './cell-reader.ts';
import { findFilledWidth, findModalWidth, type HeadRecord } from './detect-delimiter.ts';
import type { EvidenceReason } from './dialect.ts';
import { saysDuration } from './infer-type.ts';

export interface AlignedHeader {
  /** One name a column, '' for a column without one. */
  readonly cells: readonly string[];
  /** What was put right; null where the names stand over their columns. */
  readonly because: Extract<EvidenceReason, 'row-names' | 'name-missing' | 'name-extra'> | null;
}

/**
 * The names of one header record put over their columns: one name short as R writes it (the rows begin with names of
 * their own), short of another name, or with one delimiter too many (an empty name, or one divided at its comma).
 */
export function alignHeader(
  header: readonly string[],
  rows: readonly HeadRecord[],
  marks: CellMarks,
): AlignedHeader {
  const asWritten: AlignedHeader = { cells: header, because: null };
  const modal = findModalWidth(rows).width;
  const width = findFilledWidth(rows, modal);
  const nNames = header.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (rows.length < minRows || nNames < 2) return asWritten;
  const names = header.slice(0, nNames);
  if (nNames === width + 1 && header.length >= modal) {
    const cells = dropName(names);
    const scoreOf = createScore(rows, marks);
    const isBetter = cells !== null && (modal === width || scoreOf(cells) >= scoreOf(header));
    return isBetter ? { cells, because: 'name-extra' } : asWritten;
  }
  if (header.length !== width - 1 || names.length !== header.length) return asWritten;
  if (names.some((name) => name.trim() === '' || isDatum(name, marks))) return asWritten;
  if (lacksRowName(header, rows)) return { cells: ['', ...header], because: 'row-names' };
  return { cells: addName(names, rows, marks), because: 'name-missing' };
}

const minRows = 2;

/** Without the only empty name, or with the two put together of which the second goes on behind a space; null for neither. */
function dropName(names: readonly string[]): string[] | null {
  const empty = names.flatMap((name, i) => (name.trim() === '' ? [i] : []));
  if (empty.length === 1) return names.toSpliced(empty[0] ?? 0, 1);
  const goingOn = names.flatMap((name, i) => (i > 0 && /^\s+\p{Ll}/u.test(name) ? [i] : []));
  const [at] = goingOn;
  if (empty.length > 0 || goingOn.length !== 1 || at === undefined) return null;
  return names.toSpliced(at - 1, 2, `${names[at - 1]},${names[at]}`);
}

/** The missing name stands where the others are best borne out by what is below them; else at the end. */
function addName(names: readonly string[], rows: readonly HeadRecord[], marks: CellMarks): string[] {
  const scoreOf = createScore(rows, marks);
  const candidates = [...names, ''].map((_, at) => names.toSpliced(at, 0, ''));
  return candidates.reduce((best, each) => (scoreOf(each) >= scoreOf(best) ? each : best));
}

/** How well names go with the columns below them. */
export function createScore(
  rows: readonly HeadRecord[],
  marks: CellMarks,
): (names: readonly string[]) => number {
  const few = rows.slice(0, 50);
  const judge = (name: string, c: number) =>
    judgeName(
      name,
      few.map(({ cells }) => cells[c] ?? ''),
      marks,
    );
  return (names) => names.reduce((sum, name, c) => sum + judge(name, c), 0);
}

/** 1 where the cells are of the type the name says, −1 where they are not, 0 where it says none. */
function judgeName(name: string, cells: readonly string[], marks: CellMarks): number {
  const filled = cells.filter((cell) => !isMissing(cell)).map((cell) => cell.trim());
  if (filled.length === 0) return 0;
  const share = (is: (cell: string) => boolean) => filled.filter(is).length / filled.length;
  const isNumber = (cell: string) => !Number.isNaN(parseNumber(cell, marks));
  const isMostly = (is: (cell: string) => boolean) => (share(is) >= 0.8 ? 1 : -1);
  if (isDateName(name)) return isMostly((cell) => !Number.isNaN(parseDate(cell, marks.dateOrder, true)));
  if (saysDuration(name) || quantities.some((hint) => nameSays(name, hint)))
    return isMostly((cell) => /^[+\-−]?\d/u.test(cell));
  return labels.test(name) || nameSays(name, 'group') || nameSays(name, 'status')
    ? isMostly((cell) => !isNumber(cell) && Number.isNaN(parseDate(cell, marks.dateOrder, true)))
    : 0;
}

const quantities = ['power', 'energy', 'lever', 'overrun'] as const;
const labels = /\b(motif|cause|type|nature|kind|reason|grund|art|motivo|causa|tipo|comment\w*|remar\w+)\b/i;

/** Whether the rows begin with their own names, which all differ, and hold something in their last cell. */
function lacksRowName(header: readonly string[], rows: readonly HeadRecord[]): boolean {
  const full = rows.filter(({ cells }) => cells.length === header.length + 1);
  if (full.length < Math.max(minRows, 0.9 * rows.length)) return false;
  const names = new Set(full.map(({ cells }) => cells[0]?.trim()));
  return names.size === full.length && full.some(({ cells }) => cells.at(-1)?.trim() !== '');
}

export function isDatum(cell: string, marks: CellMarks): boolean {
  const text = cell.trim();
  return !Number.isNaN(parseNumber(text, marks)) || !Number.isNaN(parseDate(text, marks.dateOrder));
}
