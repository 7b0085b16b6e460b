import type { CategoryColumn, Column, Table } from './table.ts';

/**
 * A column that another one determines: every outage of the unit « GRAVELINES 5 » is of the site « GRAVELINES ». A form
 * sets it when the other is chosen, so that no case is made of one unit and another's site.
 */
export interface DependentInput {
  /** Name of the column of labels that determines it. */
  readonly leader: string;
  readonly column: string;
  /** Its cell for each label of the leader: a number, a label, a date in milliseconds. Labels it never had are absent. */
  readonly cells: readonly (readonly [label: string, cell: number | string])[];
}

/** Share of the rows that must agree: a slip of the hand in one row does not untie a site from its unit. */
const AGREEMENT = 0.99;

/** Below this many rows a label on average, "always the same" is chance. */
const MIN_ROWS_PER_LABEL = 3;

/**
 * Finds what each column of labels determines in the others. A column that hardly varies depends on nothing.
 * O(labelled columns × columns × rows).
 */
export function findDependentInputs(table: Table): readonly DependentInput[] {
  return table.columns.flatMap((leader) => {
    if (leader.type !== 'category') return [];
    const { size: nLabels } = new Set(leader.codes.filter((code) => code >= 0));
    if (nLabels < 2 || table.nRows < MIN_ROWS_PER_LABEL * nLabels) return [];
    return table.columns.flatMap((column) => {
      const dependent = column === leader ? null : findDependent(leader, column);
      return dependent ? [dependent] : [];
    });
  });
}

function findDependent(leader: CategoryColumn, column: Column): DependentInput | null {
  const values = column.type === 'category' ? column.codes : column.values;
  const isMissing = (value: number) => (column.type === 'category' ? value < 0 : Number.isNaN(value));
  const countsOf = leader.categories.map(() => new Map<number, number>());
  let nRows = 0;
  for (const [row, code] of leader.codes.entries()) {
    const value = values[row];
    const counts = countsOf[code];
    if (value === undefined || counts === undefined || isMissing(value)) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    nRows++;
  }
  let nAgreeing = 0;
  const distinct = new Set<number>();
  const cells = leader.categories.flatMap((label, code): [string, number | string][] => {
    const [usual] = [...(countsOf[code] ?? [])].sort((a, b) => b[1] - a[1]);
    if (!usual) return [];
    const [value, count] = usual;
    nAgreeing += count;
    distinct.add(value);
    return [[label, column.type === 'category' ? (column.categories[value] ?? '') : value]];
  });
  const isDetermined = distinct.size > 1 && nAgreeing >= AGREEMENT * nRows;
  return isDetermined ? { leader: leader.name, column: column.name, cells } : null;
}
