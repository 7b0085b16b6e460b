import { gather, range, subtract } from '#base/arrays.ts';
import { correlateRanks } from '#base/rank-correlation.ts';
import { median } from '#base/statistics.ts';
import { nameSays } from './column-words.ts';
import { findRoleColumn, findRoleName } from './role-columns.ts';
import type { LeakFinding, RoleAssignment } from './roles.ts';
import type { Column, DateColumn, NumberColumn, Table } from './table.ts';

const sampleSize = 4_000;
/** Below this, two exact columns differ by their written decimals only. */
const roundingShare = 0.02;
const maxProductColumns = 60;

/**
 * Columns that give the target away: dates of the end, dates of an update that comes after the start,
 * overruns, copies of the target in any unit, power × duration, and columns that rank the rows almost as
 * the target does. A plan (role `announced`) may be close to the truth, and is spared unless it was kept up until it
 * was the truth. Needs a target, or a start and an end. O(columns² × 4,000) at most.
 */
export function findLeaks(table: Table, roles: readonly RoleAssignment[]): LeakFinding[] {
  const start = findRoleColumn({ table, roles }, 'start', 'date');
  const end = findRoleColumn({ table, roles }, 'end', 'date');
  const targetName = findRoleName(roles, 'target');
  const target = findRoleColumn({ table, roles }, 'target', 'number');
  const durations = target?.values ?? (start && end && subtract(end.values, start.values));
  if (durations === undefined) return [];
  const rows = pickRows(durations);
  const y = gather(durations, rows);
  const startSample = start === undefined ? undefined : gather(start.values, rows);
  const roleOf = new Map(roles.map(({ column, role }) => [column, role]));
  const isSpared = ({ name }: Column) =>
    name === targetName || name === start?.name || roleOf.get(name) === 'identifier';
  const numbers = table.columns.filter((column): column is NumberColumn => column.type === 'number');
  const findings: LeakFinding[] = [];
  for (const column of table.columns) {
    if (isSpared(column)) continue;
    const finding =
      roleOf.get(column.name) === 'announced'
        ? examineAnnounced(column, rows, y, startSample)
        : column.type === 'date'
          ? examineDate(column, gather(column.values, rows), y, start?.name, startSample)
          : column.type === 'number'
            ? examineNumber(column, gather(column.values, rows), y, numbers, rows, targetName)
            : null;
    if (finding !== null) findings.push(finding);
  }
  return findings;
}

function pickRows(target: Float64Array): Int32Array {
  const known = range(target.length).filter((row) => Number.isFinite(target[row]));
  const stride = Math.max(1, known.length / sampleSize);
  return gather(
    known,
    range(Math.min(known.length, sampleSize)).map((i) => Math.floor(i * stride)),
  );
}

/** Plans hold now and then; where nearly all came true to the letter, they were revised until the end. */
const keptUpShare = 0.97;

function examineAnnounced(
  column: Column,
  rows: Int32Array,
  y: Float64Array,
  start: Float64Array | undefined,
): LeakFinding | null {
  if (column.type === 'category') return null;
  const cells = gather(column.values, rows);
  const planned = column.type === 'number' ? cells : start && subtract(cells, start);
  if (planned === undefined) return null;
  const strength = shareOfSteadyRatio(planned, y, 1e-6);
  return strength >= keptUpShare ? { column: column.name, kind: 'copy-of-target', strength } : null;
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
  for (const lag of subtract(x, start)) {
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
  const stride = Math.max(1, Math.floor(x.length / 150));
  const few = range(Math.floor(x.length / stride)).map((i) => i * stride);
  const fewProducts = multiply(gather(y, few), gather(power.values, gather(rows, few)));
  if (shareOfSteadyRatio(gather(x, few), fewProducts) < 0.5) return 0;
  return shareOfSteadyRatio(x, multiply(y, gather(power.values, rows)));
}

function multiply(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * (b[i] ?? NaN));
}

/**
 * The share of rows on which x / y is the median ratio, up to rounding. Rows where either is missing or
 * zero tell nothing and are left out; with fewer than 10 informative or all-equal y's, 0.
 */
function shareOfSteadyRatio(x: Float64Array, y: Float64Array, tolerance = roundingShare): number {
  const ratios: number[] = [];
  const distinct = new Set<number>();
  for (const [i, divisor] of y.entries()) {
    const ratio = (x[i] ?? NaN) / divisor;
    if (!Number.isFinite(ratio) || ratio === 0) continue;
    ratios.push(ratio);
    distinct.add(divisor);
  }
  if (ratios.length < Math.max(10, x.length * 0.3) || distinct.size < 5) return 0;
  const centre = median(ratios);
  const nSteady = ratios.filter((ratio) => Math.abs(ratio / centre - 1) <= tolerance).length;
  return nSteady / ratios.length;
}

/** Spearman's rank correlation over the rows where both are present; 0 for fewer than 10, or where one never varies. */
function rankCorrelation(x: Float64Array, y: Float64Array): number {
  const both = range(x.length).filter((i) => Number.isFinite(x[i]) && Number.isFinite(y[i]));
  if (both.length < Math.max(10, 0.3 * x.length)) return 0;
  const correlation = correlateRanks(gather(x, both), gather(y, both));
  return Number.isNaN(correlation) ? 0 : correlation;
}
