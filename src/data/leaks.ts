import { sortedFinite, quantileOfSorted } from '#base/statistics.ts';
import { nameSays } from './column-words.ts';
import type { LeakFinding, RoleAssignment } from './roles.ts';
import { findColumn, type Column, type DateColumn, type NumberColumn, type Table } from './table.ts';

const sampleSize = 4_000;
/** Below this, two exact columns differ by their written decimals only. */
const roundingShare = 0.02;
const maxProductColumns = 60;

/**
 * Columns that give the target away: dates of the end, dates of an update that comes after the start,
 * overruns, copies of the target in any unit, power × duration, and columns that rank the rows almost as
 * the target does. Role `announced` is spared: a
 * plan may be close to the truth. Needs a target, or a start and an end. O(columns² × 4,000) at most.
 */
export function findLeaks(table: Table, roles: readonly RoleAssignment[]): LeakFinding[] {
  const nameOf = (role: RoleAssignment['role']) => roles.find((entry) => entry.role === role)?.column;
  const start = findDate(table, nameOf('start'));
  const end = findDate(table, nameOf('end'));
  const targetName = nameOf('target');
  const target = targetName === undefined ? undefined : findColumn(table, targetName);
  const durations =
    target?.type === 'number' ? target.values : start && end ? subtract(end.values, start.values) : undefined;
  if (durations === undefined) return [];
  const rows = pickRows(durations);
  const y = take(durations, rows);
  const startSample = start === undefined ? undefined : take(start.values, rows);
  const isSpared = (column: Column) =>
    column.name === targetName ||
    column.name === start?.name ||
    roles.some(
      ({ column: name, role }) => name === column.name && (role === 'announced' || role === 'identifier'),
    );
  const numbers = table.columns.filter((column): column is NumberColumn => column.type === 'number');
  const findings: LeakFinding[] = [];
  for (const column of table.columns) {
    if (isSpared(column)) continue;
    const finding =
      column.type === 'date'
        ? examineDate(column, take(column.values, rows), y, start?.name, startSample)
        : column.type === 'number'
          ? examineNumber(column, take(column.values, rows), y, numbers, rows, targetName)
          : null;
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

function findDate(table: Table, name: string | undefined): DateColumn | undefined {
  const column = name === undefined ? undefined : findColumn(table, name);
  return column?.type === 'date' ? column : undefined;
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] as number));
}

function pickRows(target: Float64Array): Int32Array {
  const known: number[] = [];
  for (let row = 0; row < target.length; row++) if (Number.isFinite(target[row])) known.push(row);
  const stride = Math.max(1, known.length / sampleSize);
  return Int32Array.from(
    { length: Math.min(known.length, sampleSize) },
    (_, i) => known[Math.floor(i * stride)] as number,
  );
}

function take(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] as number);
}

function examineDate(
  column: DateColumn,
  x: Float64Array,
  y: Float64Array,
  startName: string | undefined,
  start: Float64Array | undefined,
): LeakFinding | null {
  if (start !== undefined && startName !== undefined) {
    const elapsed = subtract(x, start);
    const share = shareOfSteadyRatio(elapsed, y);
    if (share >= 0.9) return { column: column.name, kind: 'end-date', strength: share, through: startName };
  }
  if (nameSays(column.name, 'end') && !nameSays(column.name, 'start')) {
    return { column: column.name, kind: 'end-date' };
  }
  if (!nameSays(column.name, 'published')) return null;
  if (start === undefined || startName === undefined) return { column: column.name, kind: 'name' };
  const strength = shareAfter(x, start);
  return strength > 0.05 ? { column: column.name, kind: 'name', strength, through: startName } : null;
}

function shareAfter(x: Float64Array, start: Float64Array): number {
  let nKnown = 0;
  let nAfter = 0;
  for (let i = 0; i < x.length; i++) {
    const lag = (x[i] as number) - (start[i] as number);
    if (Number.isNaN(lag)) continue;
    nKnown++;
    if (lag > 0) nAfter++;
  }
  return nKnown === 0 ? 0 : nAfter / nKnown;
}

function examineNumber(
  column: NumberColumn,
  x: Float64Array,
  y: Float64Array,
  numbers: readonly NumberColumn[],
  rows: Int32Array,
  targetName: string | undefined,
): LeakFinding | null {
  const copied = shareOfSteadyRatio(x, y);
  if (copied >= 0.9) return { column: column.name, kind: 'copy-of-target', strength: copied };
  if (numbers.length <= maxProductColumns || nameSays(column.name, 'energy')) {
    for (const power of numbers) {
      if (power.name === targetName || power.name === column.name) continue;
      const share = shareOfProducts(x, y, power, rows);
      if (share >= 0.9) {
        return { column: column.name, kind: 'power-times-duration', strength: share, through: power.name };
      }
    }
  }
  const strength = Math.abs(rankCorrelation(x, y));
  // By how much an outage overran is known when it is over, however little it tells of the whole.
  if (nameSays(column.name, 'overrun') && !nameSays(column.name, 'earlier')) {
    return { column: column.name, kind: 'name', strength };
  }
  return strength >= 0.97 ? { column: column.name, kind: 'correlation', strength } : null;
}

/** As `shareOfSteadyRatio` of x and y × power; few rows are enough to rule out nearly every pair of columns. */
function shareOfProducts(x: Float64Array, y: Float64Array, power: NumberColumn, rows: Int32Array): number {
  const product = (i: number) => (y[i] as number) * (power.values[rows[i] as number] as number);
  const stride = Math.max(1, Math.floor(x.length / 150));
  const few = Int32Array.from({ length: Math.floor(x.length / stride) }, (_, i) => i * stride);
  const fewX = Float64Array.from(few, (i) => x[i] as number);
  if (shareOfSteadyRatio(fewX, Float64Array.from(few, product)) < 0.5) return 0;
  return shareOfSteadyRatio(
    x,
    Float64Array.from(x, (_, i) => product(i)),
  );
}

/**
 * The share of rows on which x / y is the median ratio, up to rounding. Rows where either is missing or
 * zero tell nothing and are left out; with fewer than 10 informative or all-equal y's, 0.
 */
function shareOfSteadyRatio(x: Float64Array, y: Float64Array): number {
  const ratios: number[] = [];
  const distinct = new Set<number>();
  for (let i = 0; i < x.length; i++) {
    const ratio = (x[i] as number) / (y[i] as number);
    if (!Number.isFinite(ratio) || ratio === 0) continue;
    ratios.push(ratio);
    distinct.add(y[i] as number);
  }
  if (ratios.length < Math.max(10, x.length * 0.3) || distinct.size < 5) return 0;
  const centre = quantileOfSorted(sortedFinite(ratios), 0.5);
  const nSteady = ratios.filter((ratio) => Math.abs(ratio / centre - 1) <= roundingShare).length;
  return nSteady / ratios.length;
}

/** Spearman's rank correlation over the rows where both are present; 0 for fewer than 10. */
function rankCorrelation(x: Float64Array, y: Float64Array): number {
  const both: number[] = [];
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) && Number.isFinite(y[i])) both.push(i);
  if (both.length < Math.max(10, 0.3 * x.length)) return 0;
  const a = rank(both.map((i) => x[i] as number));
  const b = rank(both.map((i) => y[i] as number));
  const centre = (both.length - 1) / 2;
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    const da = (a[i] as number) - centre;
    const db = (b[i] as number) - centre;
    product += da * db;
    squareA += da * da;
    squareB += db * db;
  }
  return squareA === 0 || squareB === 0 ? 0 : product / Math.sqrt(squareA * squareB);
}

/** 0-based ranks; equal values share their mean rank. */
function rank(values: readonly number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const rankOf = new Map<number, number>();
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    rankOf.set(sorted[from] as number, (from + to - 1) / 2);
    from = to;
  }
  return Float64Array.from(values, (value) => rankOf.get(value) as number);
}
