import { msPerUnit } from '../time-units.ts';
import { argsort, gather, subtract } from '#base/arrays.ts';
import { isSliceEnd, SLICE_ROWS, type Sliced } from '#base/slices.ts';
import { guessUnit } from '../duration-unit.ts';
import { findDuplicateRows } from '../recipe/duplicate-rows.ts';
import type { Table } from '../table.ts';
import { findRoleColumn, listRoleColumns } from '../role-columns.ts';
import { findRows, type QualityFinding } from './finding.ts';
import { roleOf, type QualitySubject } from './quality-subject.ts';

/** Two entries of one outage: same labels, starts and durations that differ by a tenth of the duration. */
const maxDifference = 0.1;

/** Rows that are entered twice: equal in all, in all but what names the entry, or in unit and time. */
export function* checkDuplicates(subject: QualitySubject): Sliced<QualityFinding[]> {
  const { table } = subject;
  const naming = table.columns
    .filter(({ name }) => ['identifier', 'version', 'ignore'].includes(roleOf(subject, name)))
    .map(({ name }) => name);
  const firstEqual = yield* findDuplicateRows(table.columns, table.nRows);
  const firstAlike = naming.length === 0 ? firstEqual : yield* findDuplicatesIgnoring(table, naming);
  yield;
  const exact = findRows(firstEqual, (first, row) => first !== row);
  yield;
  const alike = findRows(firstAlike, (first, row) => first !== row && firstEqual[row] === row);
  const twins = (yield* findTwins(subject)).filter((row) => firstAlike[row] === row);
  const findings: QualityFinding[] = [];
  if (exact.count > 0) {
    findings.push({
      code: 'exact-duplicates',
      columns: [],
      rows: exact,
      severity: 'warning',
      details: {},
      proposal: { kind: 'exclude-duplicates', ignoring: [] },
    });
  }
  if (alike.count > 0) {
    findings.push({
      code: 'near-duplicates',
      columns: naming,
      rows: alike,
      severity: 'warning',
      details: { rule: 'same-but-identifier' },
      proposal: { kind: 'exclude-duplicates', ignoring: naming },
    });
  }
  if (twins.length > 0) {
    yield;
    const isTwin = new Set(twins);
    findings.push({
      code: 'near-duplicates',
      columns: subject.roles
        .filter(({ role }) => role === 'group' || role === 'start')
        .map(({ column }) => column),
      rows: findRows(firstEqual, (_, row) => isTwin.has(row)),
      severity: 'info',
      details: { rule: 'same-unit-and-time' },
      proposal: { kind: 'exclude-rows', rows: twins },
    });
  }
  return findings;
}

function* findDuplicatesIgnoring(table: Table, ignored: readonly string[]): Sliced<Int32Array> {
  const compared = table.columns.filter(({ name }) => !ignored.includes(name));
  return yield* findDuplicateRows(compared, table.nRows);
}

/** The later rows of pairs with the same labels, about the same start and about the same duration. O(n log n). */
function* findTwins(subject: QualitySubject): Sliced<number[]> {
  const { nRows } = subject.table;
  const start = findRoleColumn(subject, 'start', 'date')?.values;
  const span = findSpans(subject);
  yield;
  const labels = listRoleColumns(subject, ['group', 'context', 'lever'], 'category');
  if (!start || !span || !labels.some(({ role }) => role === 'group')) return [];
  const columns = labels.map(({ column }) => column);
  const sameLabels = yield* findDuplicateRows(columns, nRows);
  const twins = new Set<number>();
  let nSorted = 0;
  const isDated = (row: number) => !Number.isNaN(start[row]);
  for (const alike of yield* groupRows(sameLabels, isDated)) {
    nSorted += alike.length;
    if (nSorted > SLICE_ROWS / 8) {
      nSorted = 0;
      yield;
    }
    const inOrder = gather(alike, argsort(gather(start, alike)));
    for (const [i, row] of inOrder.slice(1).entries()) {
      const before = inOrder[i] ?? row;
      const [long = NaN, short = NaN] = [span[row], span[before]];
      const longer = Math.max(long, short);
      const startsApart = (start[row] ?? NaN) - (start[before] ?? NaN);
      const apart = Math.max(startsApart, Math.abs(long - short));
      if (longer > 0 && apart <= maxDifference * longer) twins.add(Math.max(row, before));
    }
  }
  return [...twins].toSorted((a, b) => a - b);
}

/** The rows that count, grouped by the first row they equal; a row alone is left out. */
function* groupRows(firstEqual: Int32Array, counts: (row: number) => boolean): Sliced<readonly number[][]> {
  const groups = new Map<number, number[]>();
  for (const [row, first] of firstEqual.entries()) {
    if (isSliceEnd(row)) yield;
    if (!counts(row)) continue;
    const group = groups.get(first);
    if (group) group.push(row);
    else groups.set(first, [row]);
  }
  yield;
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Durations in milliseconds: end − start, else the target where its unit is known. */
function findSpans(subject: QualitySubject): Float64Array | null {
  const start = findRoleColumn(subject, 'start', 'date');
  const end = findRoleColumn(subject, 'end', 'date');
  if (start && end) return subtract(end.values, start.values);
  const target = findRoleColumn(subject, 'target', 'number');
  if (target === undefined) return null;
  const unit = guessUnit(target, start, end, undefined);
  if (unit === 'unknown') return null;
  return target.values.map((duration) => duration * msPerUnit[unit]);
}
