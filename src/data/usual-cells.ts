import type { DependentInput } from './dependent-inputs.ts';
import { findColumn, type CategoryColumn, type Column, type Table } from './table.ts';

/** Fewer rows of a label tell nothing usual. */
const MIN_ROWS = 3;

/**
 * What usually stands in the other columns beside each label of one: the most frequent label, or the lower of the middle
 * numbers, so always a cell that was there. Dates, the columns `following` others, columns whose usual cell is the same
 * for all labels, and labels of fewer than three rows are left out. O(columns × n log n).
 */
export function findUsualCells(
  { columns, ...table }: Table,
  leader: string | null,
  following: ReadonlySet<string>,
): readonly DependentInput[] {
  const classes = leader === null ? undefined : findColumn({ ...table, columns }, leader);
  if (classes?.type !== 'category') return [];
  const rowsOf = listRows(classes);
  return columns.flatMap((column): DependentInput[] => {
    if (column === classes || column.type === 'date' || following.has(column.name)) return [];
    const cells = classes.categories.flatMap((label, code): [string, number | string][] => {
      const rows = rowsOf[code] ?? [];
      const cell = rows.length < MIN_ROWS ? null : findUsual(column, rows);
      return cell === null ? [] : [[label, cell]];
    });
    const isTelling = new Set(cells.map(([, cell]) => cell)).size > 1;
    return isTelling ? [{ leader: classes.name, column: column.name, cells }] : [];
  });
}

function listRows({ codes, categories }: CategoryColumn): readonly (readonly number[])[] {
  const rowsOf = categories.map((): number[] => []);
  for (const [row, code] of codes.entries()) rowsOf[code]?.push(row);
  return rowsOf;
}

/** Null where most of the rows are empty: usually there is nothing. */
function findUsual(column: Column, rows: readonly number[]): number | string | null {
  if (column.type !== 'category') {
    const known = rows.flatMap((row) => column.values[row] ?? NaN).filter((value) => !Number.isNaN(value));
    if (2 * known.length < rows.length) return null;
    return known.sort((a, b) => a - b)[Math.floor((known.length - 1) / 2)] ?? null;
  }
  const counts = new Map<string, number>();
  for (const row of rows) {
    const label = column.categories[column.codes[row] ?? -1];
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  // By label where two are as frequent: the order of the rows has no say.
  const [usual] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return usual?.[0] ?? null;
}
