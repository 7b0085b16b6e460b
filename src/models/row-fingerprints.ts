import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import type { Instant } from '#base/instant.ts';
import { readCell } from '#data/cell.ts';
import { plainName } from '#data/column-words.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { findColumn, type CategoryColumn, type Table } from '#data/table.ts';

/**
 * By what the outages of a training are known again, in whatever file they come: 48 bits each. `start`: the unit and the
 * day it began, where these tell outages apart; `cells`: the duration and all inputs.
 */
export interface RowFingerprints {
  readonly by: 'start' | 'cells';
  /** Columns that take part, in order. */
  readonly columns: readonly string[];
  /** Only one fingerprint in so many is kept; of the other rows nothing is known. */
  readonly every: number;
  /** Ascending, each 6 bytes, as hexadecimal. */
  readonly prints: string;
}

export const rowFingerprintsSchema = v.object({
  by: v.picklist(['start', 'cells']),
  columns: v.pipe(v.array(v.string()), v.maxLength(10_000)),
  every: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  prints: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{12})*$/u)),
}) satisfies v.GenericSchema<unknown, RowFingerprints>;

/** Outages of a table, one a position: what is needed to know them again. */
export interface KnownRows {
  readonly table: Table;
  /** Rows of the table. */
  readonly positions: ArrayLike<number>;
  /** By outage, in the model's unit. */
  readonly target: ArrayLike<number>;
  /** By outage; null without a column of starts. */
  readonly start: ArrayLike<Instant> | null;
}

/** Fingerprints kept at most: some 800 kB of a model's file. */
const MAX_PRINTS = 65_536;
/** A unit does not begin two outages on a day; where so many rows seem to, the columns name no unit. */
const MAX_SHARED = 0.01;

/**
 * Of the outages learnt from. `units` are the columns that tell units apart (the one of most labels, where it tells them by
 * itself), `inputs` those the model asks for. O(cells).
 */
export function takeFingerprints(
  rows: KnownRows,
  units: readonly Pick<CategoryColumn, 'name' | 'categories'>[],
  inputs: readonly string[],
): RowFingerprints {
  const names = units.toSorted((a, b) => b.categories.length - a.categories.length).map(({ name }) => name);
  const ways = rows.start === null ? [] : [names.slice(0, 1), names].filter(({ length }) => length > 0);
  const tried = ways.map((columns) => ({ by: 'start' as const, columns }));
  const kind = tried.find((way) => tellsApart(listPrints(rows, way))) ?? {
    by: 'cells' as const,
    columns: inputs,
  };
  const prints = new Set(listPrints(rows, kind));
  let every = 1;
  while (prints.size > MAX_PRINTS * every) every *= 2;
  const kept = [...prints].filter((print) => isSampled(print, every));
  return { ...kind, every, prints: kept.sort((a, b) => (a < b ? -1 : 1)).join('') };
}

function tellsApart(prints: readonly string[]): boolean {
  return prints.length - new Set(prints).size <= MAX_SHARED * prints.length;
}

/**
 * Whether each outage is one of those learnt from; null where its fingerprint would not have been kept, or the columns to
 * know it by are not there. O(cells).
 */
export function recogniseRows(known: RowFingerprints, rows: KnownRows): readonly (boolean | null)[] {
  const { prints, every, columns, by } = known;
  const lacksStart = by === 'start' && rows.start === null;
  if (lacksStart || columns.some((name) => findColumn(rows.table, name) === undefined)) {
    return Array.from(rows.positions, () => null);
  }
  const kept = new Set<string>();
  for (let at = 0; at < prints.length; at += 12) kept.add(prints.slice(at, at + 12));
  return listPrints(rows, known).map((print) => (isSampled(print, every) ? kept.has(print) : null));
}

/** Whether an outage was told before among these rows; none is where unit and start do not tell outages apart. O(cells). */
export function findRepeated(known: RowFingerprints, rows: KnownRows): readonly boolean[] {
  const seen = new Set<string>();
  const isTold = known.by === 'start' && rows.start !== null;
  const prints = isTold ? listPrints(rows, known) : [];
  return Array.from(rows.positions, (_, outage) => {
    const print = prints[outage];
    const isRepeated = print !== undefined && seen.has(print);
    if (print !== undefined) seen.add(print);
    return isRepeated;
  });
}

/** Names the outages, whatever file they came in. */
export function hashFingerprints({ by, columns, every, prints }: RowFingerprints): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify({ by, columns, every, prints }))));
}

function isSampled(print: string, every: number): boolean {
  return every === 1 || Number.parseInt(print.slice(0, 8), 16) % every === 0;
}

function listPrints(
  { table, positions, target, start }: KnownRows,
  { by, columns }: Pick<RowFingerprints, 'by' | 'columns'>,
): string[] {
  const found = columns.map((name) => findColumn(table, name));
  return Array.from(positions, (row, outage) => {
    const cells = found.map((column) => toPlain(column ? readCell(column, row) : null));
    const own = by === 'start' ? Math.floor((start?.[outage] ?? NaN) / MS_PER_DAY) : toPlain(target[outage]);
    return bytesToHex(sha256(utf8ToBytes(JSON.stringify([own, ...cells])))).slice(0, 12);
  });
}

/** As another file may write it: labels without case, accents and marks, numbers to nine digits. */
function toPlain(cell: number | string | null): number | string | null {
  if (typeof cell === 'string') return plainName(cell);
  return cell === null || !Number.isFinite(cell) ? null : Number(cell.toPrecision(9));
}
