import { gather, range, subtract } from '#base/arrays.ts';
import { correlateRanks } from '#base/rank-correlation.ts';
import { median } from '#base/statistics.ts';
import { measureCalendarOfEnd } from './calendar-of-end.ts';
import { isClassOfTarget } from './class-of-target.ts';
import { isDateName, nameSays } from './column-words.ts';
import { guessUnit, msPerDurationUnit } from './duration-unit.ts';
import { findRoleColumn, findRoleName } from './role-columns.ts';
import type { LeakFinding, RoleAssignment } from './roles.ts';
import { isColumnOfStates } from './status-words.ts';
import type { CategoryColumn, Column, DateColumn, NumberColumn, Table } from './table.ts';

const sampleSize = 4_000;
/** Below this, two exact columns differ by their written decimals only. */
const roundingShare = 0.02;
const maxProductColumns = 60;
const maxPairedDates = 10;

/**
 * Columns that give the target away: dates of the end, dates of an update that comes after the start, pairs of dates
 * that lie the target apart, overruns and other durations, copies of the target in any unit, power × duration, classes
 * of it, states of an outage that is over, and columns that rank the rows almost as the target does, unless other
 * labels set them: the distance of a route is known before. A plan (role `announced`) may be close to the truth, and is spared unless it was kept up until it
 * was the truth. Needs a target, or a start and an end. O(columns² × 4,000) at most; remembered for the roles asked last.
 */
export function findLeaks(table: Table, roles: readonly RoleAssignment[]): readonly LeakFinding[] {
  const key = JSON.stringify(roles.map(({ column, role }) => [column, role]));
  const last = lastLeaks.get(table);
  if (last?.key === key) return last.leaks;
  const leaks = examineColumns(table, roles);
  lastLeaks.set(table, { key, leaks });
  return leaks;
}

/** Guessing, preparing, checking and training ask for the same ones. */
const lastLeaks = new WeakMap<Table, { readonly key: string; readonly leaks: readonly LeakFinding[] }>();

function examineColumns(table: Table, roles: readonly RoleAssignment[]): LeakFinding[] {
  const start = findRoleColumn({ table, roles }, 'start', 'date');
  const end = findRoleColumn({ table, roles }, 'end', 'date');
  const targetName = findRoleName(roles, 'target');
  const target = findRoleColumn({ table, roles }, 'target', 'number');
  const durations = target?.values ?? (start && end && subtract(end.values, start.values));
  if (durations === undefined) return [];
  const rows = pickRows(durations);
  const y = gather(durations, rows);
  const startSample = start === undefined ? undefined : gather(start.values, rows);
  const msPerTarget = target === undefined ? 1 : msPerDurationUnit(guessUnit(target, start, end, undefined));
  const durationMs = multiplyBy(y, msPerTarget);
  const roleOf = new Map(roles.map(({ column, role }) => [column, role]));
  const isSpared = ({ name }: Column) =>
    name === targetName || name === start?.name || roleOf.get(name) === 'identifier';
  const numbers = table.columns.filter((column): column is NumberColumn => column.type === 'number');
  const findings: LeakFinding[] = [];
  for (const column of table.columns) {
    if (isSpared(column)) continue;
    const role = roleOf.get(column.name);
    const finding =
      role === 'announced'
        ? examineAnnounced(column, rows, y, startSample)
        : column.type === 'date'
          ? examineDate(column, gather(column.values, rows), y, start?.name, startSample)
          : column.type === 'number'
            ? (examineNumber(column, gather(column.values, rows), y, numbers, rows, targetName) ??
              examineRanks(column, rows, y, table))
            : examineLabels(column, rows, y);
    const found =
      finding ??
      (role === 'announced' ? null : examineCalendar(column, rows, durationMs, start, startSample));
    if (found !== null) findings.push(found);
  }
  return start && end ? findings : addDatePairs(table, rows, y, findings);
}

const minRowsOfKinds = 100;

/** Labels that say a duration, an end or a state, by their column's name and by themselves; and classes of the target. */
function examineLabels(column: CategoryColumn, rows: Int32Array, y: Float64Array): LeakFinding | null {
  const { name, categories } = column;
  if (saysDuration(name)) return { column: name, kind: 'name' };
  const nWithDigits = categories.filter((label) => /\d/.test(label)).length;
  if (saysEnd(name) && nWithDigits >= 0.8 * categories.length) return { column: name, kind: 'end-date' };
  if (isColumnOfStates(column)) return { column: name, kind: 'status' };
  // Few outages of kinds that differ much look like a cut of the duration by chance.
  if (nameSays(name, 'kind') && rows.length < minRowsOfKinds) return null;
  return isClassOfTarget(gather(column.codes, rows), y) ? { column: name, kind: 'class-of-target' } : null;
}

function saysDuration(name: string): boolean {
  return nameSays(name, 'duration') && !nameSays(name, 'announced') && !nameSays(name, 'earlier');
}

function saysEnd(name: string): boolean {
  return nameSays(name, 'end') && !nameSays(name, 'start') && !nameSays(name, 'announced');
}

/** Two dates that lie the target apart where no start is known: the later one is the end. */
function addDatePairs(
  table: Table,
  rows: Int32Array,
  y: Float64Array,
  findings: readonly LeakFinding[],
): LeakFinding[] {
  const known = new Set(findings.map(({ column }) => column));
  const dates = table.columns
    .filter((column) => column.type === 'date' && !known.has(column.name))
    .slice(0, maxPairedDates)
    .map((column) => ({ name: column.name, values: gather((column as DateColumn).values, rows) }));
  const pairs = dates.flatMap((later) =>
    dates.flatMap((earlier): LeakFinding[] => {
      if (later === earlier) return [];
      const elapsed = subtract(later.values, earlier.values);
      const strength = shareOfSteadyRatio(elapsed, y);
      const isLater = median(elapsed.filter((ms) => !Number.isNaN(ms))) > 0;
      return strength >= 0.9 && isLater
        ? [{ column: later.name, kind: 'end-date', strength, through: earlier.name }]
        : [];
    }),
  );
  return [...findings, ...new Map(pairs.map((pair) => [pair.column, pair])).values()];
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

/** A column that tells when the outage ended by its calendar: day, week, month, whatever it is called. */
function examineCalendar(
  column: Column,
  rows: Int32Array,
  durationMs: Float64Array,
  start: DateColumn | undefined,
  startSample: Float64Array | undefined,
): LeakFinding | null {
  if (start === undefined || startSample === undefined) return null;
  const end = startSample.map((begins, i) => begins + (durationMs[i] ?? NaN));
  const strength = measureCalendarOfEnd(column, rows, { start: startSample, end, isByDay: !start.hasTime });
  return strength === null ? null : { column: column.name, kind: 'end-date', strength, through: start.name };
}

function multiplyBy(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => value * factor);
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
  // By how much an outage overran is known when it is over, however little it tells of the whole.
  const isOverrun =
    nameSays(column.name, 'overrun') &&
    !nameSays(column.name, 'earlier') &&
    !nameSays(column.name, 'departure');
  if (!isOverrun && !saysDuration(column.name) && !(saysEnd(column.name) && isDateName(column.name)))
    return null;
  const strength = Math.abs(rankCorrelation(x, y));
  // A gap in money or power says nothing of time by its name.
  return isOverrun && saysOtherQuantity(column.name) && strength < minOfOtherQuantity
    ? null
    : { column: column.name, kind: 'name', strength };
}

const minOfOtherQuantity = 0.5;

function saysOtherQuantity(name: string): boolean {
  return (
    (['lever', 'power', 'energy'] as const).some((hint) => nameSays(name, hint)) ||
    /\b(couts?|costs?|prix|prices?|montants?|amounts?|kosten|costos?|costes?|costi|custos?|budget[a-z]*|keur|eur|meur)\b|[€$£]/.test(
      name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
    )
  );
}

/** Numbers that rank the rows as the target does, or class it. */
function examineRanks(
  column: NumberColumn,
  rows: Int32Array,
  y: Float64Array,
  table: Table,
): LeakFinding | null {
  const x = gather(column.values, rows);
  if (isClassOfTarget(x, y)) return { column: column.name, kind: 'class-of-target' };
  const strength = Math.abs(rankCorrelation(x, y));
  if (strength < 0.97 || nameSays(column.name, 'departure') || isSetByLabels(x, rows, table)) return null;
  return { column: column.name, kind: 'correlation', strength };
}

const maxPairedLabels = 12;

/** Whether one column of labels, or two together, set the numbers, on labels that come back: those are known before. */
function isSetByLabels(x: Float64Array, rows: Int32Array, table: Table): boolean {
  const labels = table.columns
    .filter((column) => column.type === 'category')
    .slice(0, maxPairedLabels)
    .map((column) => gather(column.codes, rows));
  return labels.some((a, i) =>
    labels.slice(i).some((b) => {
      const valueOf = new Map<string, number>();
      let nAgain = 0;
      let nSame = 0;
      for (const [row, value] of x.entries()) {
        const key = `${a[row]} ${b[row]}`;
        const before = valueOf.get(key);
        if (before === undefined) valueOf.set(key, value);
        else {
          nAgain++;
          if (before === value) nSame++;
        }
      }
      return nAgain >= x.length / 2 && nSame >= 0.99 * nAgain;
    }),
  );
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
