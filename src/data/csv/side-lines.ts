import { plainName } from '../column-words.ts';
import { parseNumber, type NumberMarks } from '../numbers.ts';
import type { HeadRecord } from './detect-delimiter.ts';
import type { Delimiter } from './dialect.ts';
import type { SideLineKind } from './ledger.ts';

/** How to tell the rows of a file from what stands among them: made from the file's beginning. */
export interface SideLineRules {
  /** The records of the header, cell by cell. */
  readonly headers: readonly (readonly string[])[];
  /** Lines that begin with a word like "Sous-total 2024-03" sum up, if they have at most so many cells; 0: none does. */
  readonly maxTotalCells: number;
  /** The first cells of the records of the table that is read, where a file holds several; null: all records are its. */
  readonly table: readonly string[] | null;
  /** The records of the tables below it, as `toRecordKey` writes them. */
  readonly below: ReadonlySet<string>;
  /** A person wants the others kept as rows. */
  readonly keepsAll: boolean;
  /** Finds, at a record's beginning, what may be such a line: quick, for nearly every record is none. */
  readonly mayBegin: RegExp;
}

/** A word alone sums up; with a text behind it (`Sous-total 2024-03`) it does where the figures say so. */
const totalWord =
  /^(grand )?(totale?s?|totaux|totais|sous totaux|sous total|somme|sum|sub ?totale?s?|moyenne|average|mean|total general|zwischensumme|gesamtsumme|summe|gesamt|suma|somma|soma)\b/;
const totalAlone = new RegExp(`${totalWord.source}$`);

/** True for a record that sums up the columns above: its first text is a word like "Total". */
export function isTotal(cells: readonly string[]): boolean {
  return totalAlone.test(plainName(firstText(cells).toLowerCase()));
}

/** A line of full width that sums up: such a word, and at least half of the cells empty. */
export function isSubtotal(cells: readonly string[]): boolean {
  return isTotal(cells) && countFilled(cells) <= cells.length / 2;
}

function startsLikeTotal(cells: readonly string[]): boolean {
  return totalWord.test(plainName(firstText(cells).toLowerCase()));
}

const pageLine = /^(page|seite|pagina|feuille|sheet) \d+( (sur|of|von|de|di) \d+)?$/;
const noteWord =
  /^(notes?|nota|remarques?|remarks?|hinweis|source|quelle|fuente|fonte|legende|legend|copyright|generated|genere|printed|imprime|edite|exporte|exported|end of (report|file|data)|fin (du rapport|de l etat|du fichier|de fichier))\b/;
/** As many words in one cell, and nothing in the others, are a sentence. */
const minWordsOfNote = 6;

/** A line with one text only that is no outage: the number of a page, a note of full width. */
function isNote(cells: readonly string[], width: number): boolean {
  if (width < 3) return false;
  const text = firstText(cells);
  const plain = plainName(text.toLowerCase());
  const nFilled = countFilled(cells);
  if (pageLine.test(plain)) return nFilled <= width / 2;
  if (nFilled !== 1) return false;
  return noteWord.test(plain) || /^[*©(]/.test(text) || plain.split(' ').length >= minWordsOfNote;
}

/** What a record is; null for one that is a row as far as its content says. Its blank cells were seen to before. */
export function findSideLine(
  cells: readonly string[],
  width: number,
  rules: SideLineRules,
): SideLineKind | null {
  if (rules.table !== null && !rules.table.every((cell, i) => cells[i]?.trim() === cell))
    return 'other-table';
  if (rules.keepsAll) return null;
  if (rules.below.size > 0 && rules.below.has(toRecordKey(cells))) return 'other-table';
  if (rules.headers.some((header) => isSameRecord(header, cells))) return 'repeated-header';
  if (countFilled(cells) <= rules.maxTotalCells && startsLikeTotal(cells)) return 'total';
  return isNote(cells, width) ? 'note' : null;
}

/** A record told by its cells, whatever the blanks around them. */
function toRecordKey(cells: readonly string[]): string {
  return cells.map((cell) => cell.trim()).join('\0');
}

function isSameRecord(header: readonly string[], cells: readonly string[]): boolean {
  return header.every((cell, i) => cell.trim() === (cells[i] ?? '').trim());
}

function firstText(cells: readonly string[]): string {
  return (cells.find((cell) => cell.trim() !== '') ?? '').trim();
}

function countFilled(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

const usualStarts =
  '(grand |sub|sous|zwischen|gesamt)?-? ?(tota|som|sum|moy|ave|mean|gesamt)|page|seite|p[aá]gina|feuille|sheet|not[ae]|rema|hinw|sour|quel|fuen|font|l[eé]gend|copy|gen|g[eé]n[eé]r|print|impr|[eé]dit|export|end of|fin d|[*©(]';

/** The rules of a file whose header and first rows are given. */
export function findSideLineRules(
  headers: readonly (readonly string[])[],
  data: readonly HeadRecord[],
  table: readonly string[] | null,
  below: readonly HeadRecord[],
  delimiter: Delimiter,
  marks: NumberMarks,
): SideLineRules {
  // Where all rows read like the header, they are what the file is about.
  const written = headers.filter(
    (header) => countFilled(header) > 1 && data.some(({ cells }) => !isSameRecord(header, cells)),
  );
  const starts = [...written, ...below.map(({ cells }) => cells)].map((cells) =>
    `${cells[0] ?? ''}${delimiter}`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return {
    headers: written,
    maxTotalCells: measureTotals(data, marks),
    table,
    below: new Set(below.map(({ cells }) => toRecordKey(cells))),
    keepsAll: false,
    mayBegin: new RegExp(`"?(?:${[usualStarts, ...new Set(starts)].join('|')})`, 'iy'),
  };
}

/** No record is anything but a row. */
export const noSideLines: SideLineRules = {
  headers: [],
  maxTotalCells: 0,
  table: null,
  below: new Set(),
  keepsAll: true,
  mayBegin: /(?!)/y,
};

/** Share of the lines that begin like a total whose figures must be sums of what stands above. */
const shareConfirmed = 0.5;

/** The most cells that lines of totals have, where they are borne out by sums since the last one, or since the first row. */
function measureTotals(data: readonly HeadRecord[], marks: NumberMarks): number {
  let sinceLast = new Map<number, number>();
  const sinceFirst = new Map<number, number>();
  let nCandidates = 0;
  let nConfirmed = 0;
  let maxCells = 0;
  let nRows = 0;
  for (const { cells } of data) {
    const figures = cells.flatMap((cell, column): [number, number][] => {
      const value = parseNumber(cell.trim(), marks);
      return Number.isNaN(value) ? [] : [[column, value]];
    });
    if (!startsLikeTotal(cells)) {
      nRows++;
      for (const sums of [sinceLast, sinceFirst]) {
        for (const [column, value] of figures) sums.set(column, (sums.get(column) ?? 0) + value);
      }
      continue;
    }
    nCandidates++;
    // Each summand may be rounded.
    const isSum = (value: number, sum: number | undefined) =>
      sum !== undefined && Math.abs(value - sum) <= 0.002 * Math.abs(sum) + 0.05 * nRows ** 0.5;
    const isConfirmed = figures.some(
      ([column, value]) => isSum(value, sinceLast.get(column)) || isSum(value, sinceFirst.get(column)),
    );
    if (isConfirmed) {
      nConfirmed++;
      maxCells = Math.max(maxCells, countFilled(cells));
    }
    sinceLast = new Map();
  }
  return nConfirmed > 0 && nConfirmed >= shareConfirmed * nCandidates ? maxCells : 0;
}

/** Records that say themselves what they are: C (comment), I (names of a table's columns), D (a row of it). */
const markedKinds = new Set(['C', 'I', 'D']);

export interface MarkedTable {
  /** 0-based record of the names. */
  readonly headerRow: number;
  /** The first cells of its rows. */
  readonly prefix: readonly string[];
}

/** Of a file of several marked tables the one with the most rows; null for another file. */
export function findMarkedTable(records: readonly HeadRecord[]): MarkedTable | null {
  const written = records.filter(({ cells }) => countFilled(cells) > 0);
  if (written.length < 3 || !written.every(({ cells }) => markedKinds.has(cells[0]?.trim() ?? '')))
    return null;
  const tables = records.flatMap(({ cells }, headerRow) => {
    if (cells[0]?.trim() !== 'I') return [];
    const prefix = ['D', ...cells.slice(1, 3).map((cell) => cell.trim())];
    const rows = records.filter((record) => prefix.every((cell, i) => record.cells[i]?.trim() === cell));
    return [{ headerRow, prefix, nRows: rows.length }];
  });
  const [largest] = tables.toSorted((a, b) => b.nRows - a.nRows);
  return largest && largest.nRows > 0 ? largest : null;
}
