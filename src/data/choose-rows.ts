import type { TableRow, TableRows } from './row-index.ts';
import type { Column } from './table.ts';

/** Why a row is not learnt from. It stays in the table. */
export type SetAsideReason =
  | 'excluded' // by a person
  | 'older-version' // a later revision of the same outage counts
  | 'target-missing'
  | 'start-missing' // the duration cannot be derived
  | 'ongoing' // no end yet
  | 'ends-in-future'
  | 'end-before-start'
  | 'same-day' // derived, of days without a time: the outage took less than one
  | 'duration-not-positive'; // derived, end = start

export interface SetAside {
  readonly row: TableRow;
  readonly reason: SetAsideReason;
}

export interface RowFacts {
  /** One a row; NaN is unknown. */
  readonly duration: Float64Array;
  /** The duration is end − start, so that dates explain why it is missing or not positive. */
  readonly isDerived: boolean;
  /** Neither start nor end gives a time of day. */
  readonly isByDay: boolean;
  readonly start: Float64Array | null;
  readonly end: Float64Array | null;
  readonly identifier: Column | undefined;
  readonly version: Column | undefined;
  readonly now: number;
  readonly excluded: ReadonlySet<TableRow>;
}

/** Splits the rows into kept and set aside; each row falls in exactly one of the two. O(rows). */
export function chooseRows(facts: RowFacts): { rows: TableRows; setAside: SetAside[] } {
  const latest = findLatestVersions(facts);
  const rows: number[] = [];
  const setAside: SetAside[] = [];
  for (const [row, duration] of facts.duration.entries()) {
    const reason = findReason(facts, latest, row, duration);
    if (reason === null) rows.push(row);
    else setAside.push({ row, reason });
  }
  return { rows: Int32Array.from(rows), setAside };
}

function findReason(
  facts: RowFacts,
  latest: Uint8Array | null,
  row: TableRow,
  duration: number,
): SetAsideReason | null {
  if (facts.excluded.has(row)) return 'excluded';
  if (latest !== null && latest[row] === 0) return 'older-version';
  const end = facts.end?.[row];
  if (end !== undefined && end > facts.now) return 'ends-in-future';
  if (Number.isNaN(duration)) {
    if (facts.isDerived && Number.isNaN(facts.start?.[row] ?? NaN)) return 'start-missing';
    return end !== undefined && Number.isNaN(end) ? 'ongoing' : 'target-missing';
  }
  if (facts.isDerived && duration < 0) return 'end-before-start';
  if (facts.isDerived && duration === 0) return facts.isByDay ? 'same-day' : 'duration-not-positive';
  return null;
}

/** 1 for the row with the highest version of its identifier (the later row of equals); null without both columns. */
function findLatestVersions({ identifier, version }: RowFacts): Uint8Array | null {
  if (identifier === undefined || version === undefined) return null;
  const keys = identifier.type === 'category' ? identifier.codes : identifier.values;
  const order = orderVersions(version);
  const best = new Map<number, { readonly row: number; readonly version: number }>();
  const isLatest = new Uint8Array(keys.length);
  for (const [row, key] of keys.entries()) {
    // An outage without identifier has no other version that could be told.
    if (Number.isNaN(key) || key < 0) {
      isLatest[row] = 1;
      continue;
    }
    const known = best.get(key);
    const own = order[row] ?? NaN;
    if (known !== undefined && own < known.version) continue;
    if (known !== undefined) isLatest[known.row] = 0;
    best.set(key, { row, version: own });
    isLatest[row] = 1;
  }
  return isLatest;
}

/** Versions as numbers that can be compared; labels by their first number (`v2`, `indice 3`), a missing one first. */
function orderVersions(version: Column): Float64Array {
  if (version.type !== 'category')
    return version.values.map((value) => (Number.isNaN(value) ? -Infinity : value));
  const ofLabel = version.categories.map((label, code) => {
    const digits = /\d+/.exec(label)?.[0];
    return digits === undefined ? code : Number(digits);
  });
  return Float64Array.from(version.codes, (code) => ofLabel[code] ?? -Infinity);
}
