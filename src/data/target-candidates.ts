import { nameSays, plainName } from './column-words.ts';
import type { Column } from './table.ts';
import { isTimeUnit, msPerUnit } from './time-units.ts';

/** The number columns called an actual duration: none that is announced, of the time before, or empty. */
export function listTargetCandidates(columns: readonly Column[]): readonly Column[] {
  return columns.filter(
    (column) =>
      column.type === 'number' &&
      nameSays(column.name, 'duration') &&
      !nameSays(column.name, 'announced') &&
      !nameSays(column.name, 'earlier') &&
      column.values.some((value) => !Number.isNaN(value)),
  );
}

/** The only number column told in a unit of time, by its cells or by all of its name; undefined for none or several. */
export function findOnlyDuration(columns: readonly Column[]): Column | undefined {
  const told = columns.filter(
    (column) =>
      column.type === 'number' &&
      (isTimeUnit(column.unit) || nameSays(column.name, 'bareUnit')) &&
      !(['announced', 'earlier', 'start', 'end'] as const).some((hint) => nameSays(column.name, hint)),
  );
  return told.length === 1 ? told[0] : undefined;
}

/**
 * Of several candidates the one that says so, else the only one that two dates give in one unit, else the last: exports put
 * what was derived behind what was recorded. `span` is end − start, a number a row in ms. O(candidates · rows).
 */
export function pickTarget(
  candidates: readonly Column[],
  span: Float64Array | null = null,
): Column | undefined {
  const actual = candidates.find(({ name }) => saysActual(name));
  if (actual !== undefined || candidates.length < 2 || span === null) return actual ?? candidates.at(-1);
  const given = candidates.filter((column) => column.type === 'number' && isSpan(column.values, span));
  return given.length === 1 ? given[0] : candidates.at(-1);
}

/** Share of the rows with all three cells in which the dates must give the duration. */
const minGivenShare = 0.9;

/** Whether the values are the span in some unit, but for rounding: a hundredth, or half of their last digit. */
function isSpan(values: Float64Array, span: Float64Array): boolean {
  const rows = Int32Array.from(span.keys()).filter(
    (row) => (span[row] ?? NaN) > 0 && !Number.isNaN(values[row]),
  );
  return Object.values(msPerUnit).some((ms) => {
    const nGiven = rows.filter((row) => {
      const [value = NaN, expected] = [values[row], (span[row] ?? NaN) / ms];
      return Math.abs(value - expected) <= Math.max(0.01 * expected, 0.051);
    }).length;
    return rows.length > 0 && nGiven >= minGivenShare * rows.length;
  });
}

/** Whether one column holds the durations of another in another unit: nothing to choose between. O(rows). */
export function isSameInOtherUnit(one: Float64Array, other: Float64Array): boolean {
  const ratios = one
    .map((value, row) => value / (other[row] ?? NaN))
    .filter((ratio) => ratio > 0 && ratio < Infinity);
  const ratio = ratios.sort()[ratios.length >> 1] ?? NaN;
  const units = Object.values(msPerUnit);
  return units.some((from) => units.some((to) => Math.abs((ratio * to) / from - 1) < 0.02));
}

/** Whether the name itself says which of several durations counts. */
export function saysActual(name: string): boolean {
  return /\b(reel(le)?|actual|effective|real|tatsachliche?|istdauer|reale|effettiva)\b/.test(plainName(name));
}
