import { MS_PER_DAY } from '../dates.ts';
import { guessUnit } from '../duration-unit.ts';
import { findDuplicateRows } from '../recipe/duplicate-rows.ts';
import type { Table } from '../table.ts';
import { listRows, type QualityFinding } from './finding.ts';
import { findRoleColumn, listRoleColumns, roleOf, type QualitySubject } from './quality-subject.ts';

/** Two entries of one outage: same labels, starts and durations that differ by a tenth of the duration. */
const maxDifference = 0.1;

/** Rows that are entered twice: equal in all, in all but what names the entry, or in unit and time. */
export function checkDuplicates(subject: QualitySubject): QualityFinding[] {
  const { table } = subject;
  const naming = table.columns
    .filter(({ name }) => ['identifier', 'version', 'ignore'].includes(roleOf(subject, name)))
    .map(({ name }) => name);
  const firstEqual = findDuplicateRows(table.columns, table.nRows);
  const firstAlike = naming.length === 0 ? firstEqual : findDuplicatesIgnoring(table, naming);
  const isExact = (row: number) => firstEqual[row] !== row;
  const isAlike = (row: number) => !isExact(row) && firstAlike[row] !== row;
  const exact = listRows(table.nRows, isExact);
  const alike = listRows(table.nRows, isAlike);
  const twins = findTwins(subject).filter((row) => firstAlike[row] === row);
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
    const isTwin = new Set(twins);
    findings.push({
      code: 'near-duplicates',
      columns: subject.roles
        .filter(({ role }) => role === 'group' || role === 'start')
        .map(({ column }) => column),
      rows: listRows(table.nRows, (row) => isTwin.has(row)),
      severity: 'info',
      details: { rule: 'same-unit-and-time' },
      proposal: { kind: 'exclude-rows', rows: twins },
    });
  }
  return findings;
}

function findDuplicatesIgnoring(table: Table, ignored: readonly string[]): Int32Array {
  const compared = table.columns.filter(({ name }) => !ignored.includes(name));
  return findDuplicateRows(compared, table.nRows);
}

/** The later rows of pairs with the same labels, about the same start and about the same duration. O(n log n). */
function findTwins(subject: QualitySubject): number[] {
  const { nRows } = subject.table;
  const start = findRoleColumn(subject, 'start', 'date')?.values;
  const span = findSpans(subject);
  const labels = listRoleColumns(subject, ['group', 'context', 'lever'], 'category');
  if (!start || !span || !labels.some(({ role }) => role === 'group')) return [];
  const sameLabels = findDuplicateRows(
    labels.map(({ column }) => column),
    nRows,
  );
  const rows = Array.from(sameLabels.keys()).filter((row) => !Number.isNaN(start[row]));
  const order = (values: ArrayLike<number>, a: number, b: number) =>
    (values[a] as number) - (values[b] as number);
  rows.sort((a, b) => order(sameLabels, a, b) || order(start, a, b) || a - b);
  const twins = new Set<number>();
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i] as number;
    const before = rows[i - 1] as number;
    if (sameLabels[row] !== sameLabels[before]) continue;
    const longer = Math.max(span[row] as number, span[before] as number);
    const apart = Math.max(order(start, row, before), Math.abs(order(span, row, before)));
    if (longer > 0 && apart <= maxDifference * longer) twins.add(Math.max(row, before));
  }
  return [...twins].toSorted((a, b) => a - b);
}

/** Durations in milliseconds: end − start, else the target where its unit is known. */
function findSpans(subject: QualitySubject): Float64Array | null {
  const start = findRoleColumn(subject, 'start', 'date');
  const end = findRoleColumn(subject, 'end', 'date');
  if (start && end) return end.values.map((instant, row) => instant - (start.values[row] as number));
  const target = findRoleColumn(subject, 'target', 'number');
  const unit = target && guessUnit(target, start, end, undefined);
  if (target === undefined || unit === 'unknown') return null;
  return target.values.map((duration) => duration * (unit === 'hour' ? MS_PER_DAY / 24 : MS_PER_DAY));
}
