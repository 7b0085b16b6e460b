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
  | 'duration-not-positive'; // derived, end = start

export interface SetAside {
  readonly row: number;
  readonly reason: SetAsideReason;
}

export interface RowFacts {
  readonly nRows: number;
  readonly duration: Float64Array;
  /** The duration is end − start, so that dates explain why it is missing or not positive. */
  readonly isDerived: boolean;
  readonly start: Float64Array | null;
  readonly end: Float64Array | null;
  readonly identifier: Column | undefined;
  readonly version: Column | undefined;
  readonly now: number;
  readonly excluded: ReadonlySet<number>;
}

/** Splits the rows into kept and set aside; each row falls in exactly one of the two. O(rows). */
export function chooseRows(facts: RowFacts): { rows: Int32Array; setAside: SetAside[] } {
  const latest = findLatestVersions(facts);
  const rows: number[] = [];
  const setAside: SetAside[] = [];
  for (let row = 0; row < facts.nRows; row++) {
    const reason = findReason(facts, latest, row);
    if (reason === null) rows.push(row);
    else setAside.push({ row, reason });
  }
  return { rows: Int32Array.from(rows), setAside };
}

function findReason(facts: RowFacts, latest: Uint8Array | null, row: number): SetAsideReason | null {
  if (facts.excluded.has(row)) return 'excluded';
  if (latest !== null && latest[row] === 0) return 'older-version';
  const duration = facts.duration[row] as number;
  const end = facts.end === null ? undefined : (facts.end[row] as number);
  if (end !== undefined && end > facts.now) return 'ends-in-future';
  if (Number.isNaN(duration)) {
    if (facts.isDerived && Number.isNaN(facts.start?.[row] ?? NaN)) return 'start-missing';
    return end !== undefined && Number.isNaN(end) ? 'ongoing' : 'target-missing';
  }
  if (facts.isDerived && duration < 0) return 'end-before-start';
  if (facts.isDerived && duration === 0) return 'duration-not-positive';
  return null;
}

/** 1 for the row with the highest version of its identifier (the later row of equals); null without both columns. */
function findLatestVersions({ nRows, identifier, version }: RowFacts): Uint8Array | null {
  if (identifier === undefined || version === undefined) return null;
  const keys = identifier.type === 'category' ? identifier.codes : identifier.values;
  const order = orderVersions(version);
  const bestRow = new Map<number, number>();
  const isLatest = new Uint8Array(nRows);
  for (let row = 0; row < nRows; row++) {
    const key = keys[row] as number;
    // An outage without identifier has no other version that could be told.
    if (Number.isNaN(key) || key < 0) {
      isLatest[row] = 1;
      continue;
    }
    const best = bestRow.get(key);
    if (best === undefined || !((order[row] as number) < (order[best] as number))) {
      if (best !== undefined) isLatest[best] = 0;
      bestRow.set(key, row);
      isLatest[row] = 1;
    }
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
  return Float64Array.from(version.codes, (code) => (code < 0 ? -Infinity : (ofLabel[code] as number)));
}
