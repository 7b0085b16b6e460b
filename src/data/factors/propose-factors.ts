import { AppError } from '#base/errors.ts';
import { isDateName, plainName } from '../column-words.ts';
import { findRoleName } from '../role-columns.ts';
import type { RoleAssignment } from '../roles.ts';
import { findColumn, type CategoryColumn, type Column, type DateColumn, type Table } from '../table.ts';
import {
  foldLabel,
  nameFactorValue,
  windowDays,
  type FactorKey,
  type FactorPart,
  type FactorPlan,
  type FactorValue,
} from './factor-plan.ts';
import { indexFactors } from './factor-series.ts';

/** What a person said of the join; what is absent is proposed. */
export interface FactorChoices {
  readonly date?: string;
  /** Null: one series for all. */
  readonly key?: FactorKey | null;
}

/** More would only be noise beside some thousand outages. */
const MAX_FACTORS = 40;
/** Of the rows that have a date, so many must share it with another row before a key is looked for. */
const MIN_SHARED_DATES = 0.02;
/** Of the outages, so many must have a label that the second file has. */
const MIN_KNOWN_LABELS = 0.5;
/** A last value counts for so many steps of the series, and for a day at least. */
const MAX_AGE_STEPS = 3;

/** What adds up over a time: rain, hours, production; the rest is averaged. */
const addedUp =
  /\b(pluies?|precipitations?|cumul\w*|rain\w*|snow\w*|neige|niederschlag|energie|energy|mwh|gwh|kwh|nombre|nb|nr|number|count|total|totaux|sum|somme|insolation|sunshine)\b/;

/**
 * How to join a second file to the outages: by its date, and by the columns of labels that name the same things, where its
 * dates alone do not tell its rows apart. Every other column is read at the start, numbers over windows before it as well.
 *
 * Errors: `factors-no-start` (the outages have no start), `factors-no-date`, `factors-no-values`; `unknown-column` for a choice of a column there is not. O(cells).
 */
export function proposeFactors(
  outages: Table,
  roles: readonly RoleAssignment[],
  { name, table: factors }: { readonly name: string; readonly table: Table },
  choices: FactorChoices = {},
): FactorPlan {
  const start = findRoleName(roles, 'start');
  if (start === undefined || findColumn(outages, start)?.type !== 'date') {
    throw new AppError('factors-no-start', 'the outages have no start to join by', { name });
  }
  const date = chooseDate(factors, choices.date, name);
  const key = choices.key === undefined ? findKey(outages, roles, factors, date) : choices.key;
  if (key) {
    requireLabels(outages, key.outages);
    requireLabels(factors, key.factors);
  }
  const columns = factors.columns
    .filter((column) => column.type !== 'date' && column.name !== key?.factors && varies(column))
    .slice(0, MAX_FACTORS);
  if (columns.length === 0) {
    throw new AppError('factors-no-values', `${name} has no column beside its date and its key`, { name });
  }
  const bare: FactorPlan = { file: name, start, date: date.name, key, maxAgeDays: 1, values: [] };
  const { stepDays } = indexFactors(factors, bare);
  return {
    ...bare,
    maxAgeDays: Math.max(1, Math.ceil(MAX_AGE_STEPS * (stepDays > 0 ? stepDays : 0))),
    values: nameFactorValues(
      columns.flatMap((column) => listValues(column, stepDays)),
      outages.columns.map((column) => column.name),
    ),
  };
}

function chooseDate(factors: Table, chosen: string | undefined, name: string): DateColumn {
  const dates = factors.columns.filter((column) => column.type === 'date');
  if (chosen !== undefined) {
    const column = findColumn(factors, chosen);
    const columns = factors.columns.map((each) => each.name);
    if (!column)
      throw new AppError('unknown-column', `no column "${chosen}" in ${name}`, { column: chosen, columns });
    if (column.type === 'date') return column;
  } else if (dates.length > 0) {
    return dates.find((column) => isDateName(column.name)) ?? (dates[0] as DateColumn);
  }
  throw new AppError('factors-no-date', `${name} has no column of dates`, { name, column: chosen ?? null });
}

function requireLabels(table: Table, name: string): CategoryColumn {
  const column = findColumn(table, name);
  if (column?.type === 'category') return column;
  const columns = table.columns.flatMap((each) => (each.type === 'category' ? [each.name] : []));
  throw new AppError('unknown-column', `no column of labels "${name}"`, { column: name, columns });
}

function varies(column: Column): boolean {
  const cells = column.type === 'category' ? column.codes : column.values;
  const isKnown = (cell: number) => (column.type === 'category' ? cell >= 0 : !Number.isNaN(cell));
  const first = (cells as Float64Array).find(isKnown);
  return (cells as Float64Array).some((cell) => isKnown(cell) && cell !== first);
}

/** The two columns of which most outages' labels are in the second file; null where dates alone tell its rows apart. */
function findKey(
  outages: Table,
  roles: readonly RoleAssignment[],
  factors: Table,
  { values: dates }: DateColumn,
): FactorKey | null {
  const known = dates.filter((instant) => !Number.isNaN(instant));
  const nShared = known.length - new Set(known).size;
  if (nShared <= MIN_SHARED_DATES * known.length) return null;
  const isGroup = new Map(roles.map(({ column, role }) => [column, role === 'group']));
  const pairs = outages.columns.flatMap((ours) => {
    if (ours.type !== 'category') return [];
    return factors.columns.flatMap((theirs) => {
      if (theirs.type !== 'category') return [];
      const { share, nLabels } = measureOverlap(ours, theirs);
      if (share < MIN_KNOWN_LABELS || nLabels < 2) return [];
      const score = share + (isGroup.get(ours.name) === true ? 0.1 : 0);
      return [{ key: { outages: ours.name, factors: theirs.name }, score, nLabels }];
    });
  });
  pairs.sort((a, b) => b.score - a.score || b.nLabels - a.nLabels);
  return pairs[0]?.key ?? null;
}

/** Of the rows with a label of ours, the share whose label is theirs too, and how many labels these are. */
function measureOverlap(ours: CategoryColumn, theirs: CategoryColumn) {
  const labels = new Set(theirs.categories.map(foldLabel));
  const isShared = ours.categories.map((label) => labels.has(foldLabel(label)));
  const known = ours.codes.filter((code) => code >= 0);
  const nIn = known.filter((code) => isShared[code]).length;
  return { share: known.length === 0 ? 0 : nIn / known.length, nLabels: isShared.filter(Boolean).length };
}

function listValues(column: Column, stepDays: number): Omit<FactorValue, 'column'>[] {
  const atStart = { factor: column.name, part: 'at-start' as const, days: 0 };
  if (column.type === 'category') return [atStart];
  const part: FactorPart = addedUp.test(plainName(column.name)) ? 'sum' : 'mean';
  const windows = windowDays.filter((days) => !(days < 2 * stepDays));
  return [atStart, ...windows.map((days) => ({ factor: column.name, part, days }))];
}

/** The values with names that no column has yet. */
export function nameFactorValues(
  values: readonly Omit<FactorValue, 'column'>[],
  names: readonly string[],
): readonly FactorValue[] {
  const taken = new Set(names);
  return values.map((value) => {
    let column = nameFactorValue(value.factor, value.part, value.days);
    while (taken.has(column)) column += '′';
    taken.add(column);
    return { column, ...value };
  });
}
