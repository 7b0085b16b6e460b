import { findUsual } from '#data/factors/climatology.ts';
import { nameUsual, type FactorPlan } from '#data/factors/factor-plan.ts';
import { indexFactors } from '#data/factors/factor-series.ts';
import { joinFactors, placeOutages } from '#data/factors/join-factors.ts';
import type { JoinedFactors } from '#data/factors/usual-for-planning.ts';
import { buildColumn } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { findColumn, type Column, type ColumnType, type Table } from '#data/table.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { FactorAnswers } from './contract.ts';

/** Outages with all that a model asks of a second file, and where it came from; null where it asks nothing. */
export interface CompletedFactors {
  readonly table: Table;
  readonly told: FactorAnswers | null;
}

/**
 * The table with the joined values among a model's inputs: as they stand in it, else out of a second file (read by `plan`), else what they
 * usually are, by the model's own file. An outage that starts after all that is told has what is usual. Without the columns
 * that place an outage nothing is known. O(rows × values × years).
 */
export function completeFactors(
  { factors, inputs, horizon }: Pick<ModelDescription, 'factors' | 'inputs' | 'horizon'>,
  table: Table,
  second: { readonly table: Table; readonly plan: FactorPlan } | null,
): CompletedFactors {
  if (factors === undefined) return { table, told: null };
  const typeOf = new Map(inputs.map(({ name, type }) => [name, type]));
  const { start, key } = factors.plan;
  const isPlaced =
    findColumn(table, start)?.type === 'date' &&
    (!key || findColumn(table, key.outages)?.type === 'category');
  if (!isPlaced) return { table: addEmpty(table, factors, typeOf), told: null };
  const { columns, until } = readSecond(factors, table, second);
  const leadDays = horizon?.kind === 'plan' ? horizon.leadDays : 0;
  const usualOf = createUsual(factors, table);
  const isByUsual = new Uint8Array(table.nRows);
  const isJoined = new Uint8Array(table.nRows);
  const takeUsual = (value: number, row: number, lead: number) => {
    const usual = usualOf(value, row, lead);
    if (!Number.isNaN(usual)) isByUsual[row] = 1;
    return usual;
  };
  const { starts } = placeOutages(table, factors.plan);
  const made = factors.plan.values.flatMap(({ column: name }, value): Column[] => {
    if (typeOf.has(nameUsual(name))) {
      const values = starts.map((_, row) => takeUsual(value, row, leadDays));
      return findColumn(table, nameUsual(name)) ? [] : [{ type: 'number', name: nameUsual(name), values }];
    }
    if (!typeOf.has(name)) return [];
    const here = findColumn(table, name) ?? columns?.find((column) => column.name === name);
    // What is usual of words is not known.
    if (typeOf.get(name) === 'category') return [here ?? buildEmpty(table, name, 'category')];
    const known = here?.type === 'number' ? here.values : null;
    const values = starts.map((start, row) => {
      const cell = known?.[row] ?? NaN;
      if (!Number.isNaN(cell)) isJoined[row] = 1;
      const isOpen = Number.isNaN(cell) && (known === null || start > until);
      return isOpen ? takeUsual(value, row, 0) : cell;
    });
    return [{ type: 'number', name, values }];
  });
  const replaced = new Set(made.map(({ name }) => name));
  const count = (marks: Uint8Array) => marks.reduce((sum, mark) => sum + mark, 0);
  return {
    table: {
      nRows: table.nRows,
      columns: [...table.columns.filter(({ name }) => !replaced.has(name)), ...made],
    },
    told: { file: factors.plan.file, nRows: table.nRows, nJoined: count(isJoined), nUsual: count(isByUsual) },
  };
}

/** Where no outage can be placed, nothing is known of what surrounds it. */
function addEmpty(table: Table, { plan }: JoinedFactors, typeOf: ReadonlyMap<string, ColumnType>): Table {
  const names = plan.values.flatMap(({ column }) => [column, nameUsual(column)]);
  const absent = names.flatMap((name) => {
    const type = findColumn(table, name) ? undefined : typeOf.get(name);
    return type === undefined ? [] : [buildEmpty(table, name, type)];
  });
  return absent.length === 0 ? table : { ...table, columns: [...table.columns, ...absent] };
}

function buildEmpty({ nRows }: Table, name: string, type: ColumnType): Column {
  return buildColumn(
    name,
    type,
    Array.from({ length: nRows }, () => null),
  );
}

/** What the second file says of the rows; nothing without one. */
function readSecond(
  { climatology }: JoinedFactors,
  table: Table,
  second: { readonly table: Table; readonly plan: FactorPlan } | null,
) {
  const until = (instant: number | null) => (instant ?? -Infinity) + MS_PER_DAY;
  if (second === null) return { columns: null, until: until(climatology.until) };
  const index = indexFactors(second.table, second.plan);
  return { columns: joinFactors(second.table, index, table).columns, until: until(index.until) };
}

function createUsual({ plan, climatology }: JoinedFactors, table: Table) {
  const { starts, foldedOf } = placeOutages(table, plan);
  return (value: number, row: number, leadDays: number) => {
    const start = starts[row] ?? NaN;
    return findUsual(climatology, value, foldedOf(row), start, start - leadDays * MS_PER_DAY);
  };
}
