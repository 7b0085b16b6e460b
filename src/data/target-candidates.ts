import { nameSays, plainName } from './column-words.ts';
import type { Column } from './table.ts';
import { isTimeUnit } from './time-units.ts';

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

/** Of several candidates the one that says so, else the last: exports put what was derived behind what was recorded. */
export function pickTarget(candidates: readonly Column[]): Column | undefined {
  return candidates.find(({ name }) => saysActual(name)) ?? candidates.at(-1);
}

/** Whether the name itself says which of several durations counts. */
export function saysActual(name: string): boolean {
  return /\b(reel(le)?|actual|effective|real|tatsachliche?|istdauer|reale|effettiva)\b/.test(plainName(name));
}
