import type { Rng } from '#base/random.ts';

export const languages = ['fr', 'en', 'de', 'es', 'it', 'pt'] as const;
export type Language = (typeof languages)[number];

/** A list of outages as a table of texts, and what it says in plain values: for kinds of files to be planted into. */
export interface OutageFile {
  readonly language: Language;
  readonly delimiter: string;
  readonly decimalMark: '.' | ',';
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines that stand before a row (by its position; behind the last one for the number of rows). */
  readonly between: ReadonlyMap<number, readonly string[]>;
  readonly starts: readonly number[];
  readonly hours: readonly number[];
  /** Positions of columns, −1 for one that the file does not have. */
  readonly at: Readonly<Record<ColumnKind, number>>;
}

const kinds = ['unit', 'cause', 'crew', 'start', 'end', 'duration', 'remark'] as const;
export type ColumnKind = (typeof kinds)[number];

export const namesOf: Readonly<Record<Language, Readonly<Record<ColumnKind, string>>>> = {
  fr: name('Tranche', 'Motif', 'Effectif', 'Début', 'Fin', 'Durée (h)', 'Remarque'),
  en: name('Unit', 'Cause', 'Crew', 'Start', 'End', 'Duration (h)', 'Remark'),
  de: name('Anlage', 'Grund', 'Personal', 'Beginn', 'Ende', 'Dauer (h)', 'Bemerkung'),
  es: name('Planta', 'Causa', 'Personal', 'Inicio', 'Fin', 'Duración (h)', 'Nota'),
  it: name('Impianto', 'Causa', 'Personale', 'Inizio', 'Fine', 'Durata (h)', 'Nota'),
  pt: name('Usina', 'Causa', 'Pessoal', 'Início', 'Fim', 'Duração (h)', 'Nota'),
};

function name(...names: readonly string[]): Record<ColumnKind, string> {
  return Object.fromEntries(kinds.map((kind, i) => [kind, names[i] ?? ''])) as Record<ColumnKind, string>;
}

export function pick<T>(items: readonly T[], rng: Rng): T {
  return items[rng.nextBelow(items.length)] as T;
}

const two = (part: number) => String(part).padStart(2, '0');

/** Parts of an instant in UTC, as texts of two digits. */
export function partsOf(instant: number) {
  const date = new Date(instant);
  return {
    year: String(date.getUTCFullYear()),
    month: two(date.getUTCMonth() + 1),
    day: two(date.getUTCDate()),
    hour: two(date.getUTCHours()),
    minute: two(date.getUTCMinutes()),
    date,
  };
}

/** 30–70 outages with their dates, their duration, or both; plain numbers and dates that leave nothing open. */
export function generateOutageFile(rng: Rng): OutageFile {
  const language = pick(languages, rng);
  const delimiter = pick([';', ';', ',', '\t', '|'], rng);
  const decimalMark = delimiter === ',' || language === 'en' ? '.' : ',';
  const has = pick(['dates', 'duration', 'both'] as const, rng);
  const isThere = (kind: ColumnKind) =>
    kind === 'duration' ? has !== 'dates' : kind === 'end' ? has !== 'duration' : true;
  const own = kinds.filter(isThere);
  const at = Object.fromEntries(kinds.map((kind) => [kind, own.indexOf(kind)])) as Record<ColumnKind, number>;
  const nRows = 30 + rng.nextBelow(40);
  const hours = Array.from({ length: nRows }, () => (1 + rng.nextBelow(1_600)) / 4);
  const first = Date.UTC(2015, 0, 1);
  const starts = Array.from(
    { length: nRows },
    (_, i) => first + i * 38 * 3_600_000 + rng.nextBelow(2_000) * 60_000,
  );
  const isIso = delimiter === ',' || language === 'en';
  const rows = hours.map((duration, i) => {
    const start = starts[i] ?? 0;
    const cells: Record<ColumnKind, string> = {
      unit: `${language === 'fr' ? 'Tranche' : 'Unit'} ${1 + rng.nextBelow(4)}`,
      cause: pick(['Turbine', 'Alternator', 'Kessel'], rng),
      crew: String(5 + rng.nextBelow(40)),
      start: writeInstant(start, isIso),
      end: writeInstant(start + duration * 3_600_000, isIso),
      duration: writeNumber(duration, decimalMark),
      remark: i % 3 === 0 ? pick(['vu', 'ok', 'rapport'], rng) : '',
    };
    return own.map((kind) => cells[kind]);
  });
  const header = own.map((kind) => namesOf[language][kind]);
  return { language, delimiter, decimalMark, header, rows, between: new Map(), starts, hours, at };
}

export function writeInstant(instant: number, isIso: boolean): string {
  const { year, month, day, hour, minute } = partsOf(instant);
  return isIso ? `${year}-${month}-${day} ${hour}:${minute}` : `${day}/${month}/${year} ${hour}:${minute}`;
}

export function writeNumber(value: number, mark: '.' | ','): string {
  return String(value).replace('.', mark);
}

/** The file's text; a cell that holds the delimiter or a quote is quoted, but for `raw` lines between. */
export function writeOutageFile({ header, rows, between, delimiter }: OutageFile): string {
  const quote = (cell: string) =>
    cell.includes(delimiter) || cell.startsWith('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
  const write = (cells: readonly string[]) => cells.map(quote).join(delimiter);
  const lines = [write(header)];
  for (let i = 0; i <= rows.length; i++) {
    lines.push(...(between.get(i) ?? []));
    const row = rows[i];
    if (row !== undefined) lines.push(write(row));
  }
  return `${lines.join('\n')}\n`;
}

export function mapColumn(
  file: OutageFile,
  column: number,
  write: (cell: string, row: number) => string,
): OutageFile {
  const rows = file.rows.map((cells, row) =>
    cells.map((cell, c) => (c === column ? write(cell, row) : cell)),
  );
  return { ...file, rows };
}

export function rename(file: OutageFile, column: number, to: string): OutageFile {
  return { ...file, header: file.header.with(column, to) };
}

/** With a column more, at that position. */
export function insertColumn(
  file: OutageFile,
  column: number,
  called: string,
  write: (row: number) => string,
): OutageFile {
  const at = Object.fromEntries(
    Object.entries(file.at).map(([kind, place]) => [kind, place >= column ? place + 1 : place]),
  ) as Record<ColumnKind, number>;
  const rows = file.rows.map((cells, row) => cells.toSpliced(column, 0, write(row)));
  return { ...file, at, header: file.header.toSpliced(column, 0, called), rows };
}
