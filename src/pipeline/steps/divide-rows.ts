import { readCell } from '#data/cell.ts';
import type { ColumnRole, RoleAssignment } from '#data/roles.ts';
import { type Column, findColumn, type Table } from '#data/table.ts';

/** Of the finished outages, those kept to judge by; and at least as many where there are enough. */
const TEST_SHARE = 0.2;
const MIN_TEST = 60;
/** Below, a fifth is all that can be spared. */
const ENOUGH = 300;
/** Fewer have no verdict to give. */
const MIN_UNSEEN = 10;

export interface DividedRows {
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly nOpen: number;
}

/**
 * The most recent finished outages to judge by, none of which the champion has learnt; all others to learn from. At most half
 * of what it has not learnt judges: the rest is what the new model knows more. Where fewer than ten are new, none judges; nor
 * without a champion: the first model learns from all, and is judged by the test of its training.
 *
 * Rows of one outage (of one identifier) go together. Without starts the hash of the row decides: the same in every run.
 */
export function divideRows(
  table: Table,
  roles: readonly RoleAssignment[],
  hashes: readonly string[],
  learnt: ReadonlySet<string> | null,
): DividedRows {
  const columnOf = (role: ColumnRole) => {
    const name = roles.find((each) => each.role === role)?.column;
    return name === undefined ? undefined : findColumn(table, name);
  };
  const [start, end, target] = [columnOf('start'), columnOf('end'), columnOf('target')];
  const isFinished = (row: number) =>
    target ? isFilled(target, row) : end !== undefined && isFilled(end, row);
  const outages = groupRows(table.nRows, columnOf('identifier'));
  const finished = outages.filter((rows) => rows.every(isFinished));
  const unseen = finished.filter((rows) => rows.every((row) => !learnt?.has(hashes[row] ?? '')));
  const most = Math.max(finished.length < ENOUGH ? 0 : MIN_TEST, Math.round(TEST_SHARE * finished.length));
  const half = Math.max(MIN_UNSEEN, unseen.length >> 1);
  const nTest = learnt !== null && unseen.length >= MIN_UNSEEN ? Math.min(most, half) : 0;
  const test = new Set(nTest === 0 ? [] : orderByStart(unseen, start, hashes).slice(-nTest).flat());
  const rows = Array.from({ length: table.nRows }, (_, row) => row);
  return {
    train: rows.filter((row) => !test.has(row)),
    test: rows.filter((row) => test.has(row)),
    nOpen: rows.filter((row) => !isFinished(row)).length,
  };
}

function groupRows(nRows: number, identifier: Column | undefined): number[][] {
  const groups = new Map<string | number, number[]>();
  for (let row = 0; row < nRows; row++) {
    const cell = identifier ? readCell(identifier, row) : null;
    const key = cell === null ? `row ${row}` : typeof cell === 'number' ? cell : `is ${cell}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function orderByStart(outages: readonly number[][], start: Column | undefined, hashes: readonly string[]) {
  const instantOf = ([row = 0]: readonly number[]) => {
    const cell = start?.type === 'date' ? readCell(start, row) : null;
    return typeof cell === 'number' ? cell : -Infinity;
  };
  const hashOf = ([row = 0]: readonly number[]) => hashes[row] ?? '';
  return outages
    .map((rows) => ({ rows, instant: instantOf(rows), hash: hashOf(rows) }))
    .sort((a, b) => a.instant - b.instant || (a.hash < b.hash ? -1 : 1))
    .map(({ rows }) => rows);
}

function isFilled(column: Column, row: number): boolean {
  return readCell(column, row) !== null;
}
