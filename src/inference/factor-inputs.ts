import { findUsual } from '#data/factors/climatology.ts';
import { listPlacing, nameUsual, type FactorPlan } from '#data/factors/factor-plan.ts';
import { indexFactors } from '#data/factors/factor-series.ts';
import { joinFactors, placeOutages } from '#data/factors/join-factors.ts';
import type { JoinedFactors } from '#data/factors/usual-for-planning.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { findColumn, type Column, type Table } from '#data/table.ts';
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
 * that place an outage the table stays as it is. O(rows × values × years).
 */
export function completeFactors(
  { factors, inputs, horizon }: Pick<ModelDescription, 'factors' | 'inputs' | 'horizon'>,
  table: Table,
  second: { readonly table: Table; readonly plan: FactorPlan } | null,
): CompletedFactors {
  if (factors === undefined || !listPlacing(factors.plan).every((name) => findColumn(table, name))) {
    return { table, told: null };
  }
  const wanted = new Set(inputs.map(({ name }) => name));
  const { columns, until } = readSecond(factors, table, second);
  const leadDays = horizon?.kind === 'plan' ? horizon.leadDays : 0;
  const usualOf = createUsual(factors, table);
  const isByUsual = new Uint8Array(table.nRows);
  const isJoined = new Uint8Array(table.nRows);
  const made = factors.plan.values.flatMap(({ column: name }, value): Column[] => {
    if (wanted.has(nameUsual(name))) {
      const values = Float64Array.from({ length: table.nRows }, (_, row) => usualOf(value, row, leadDays));
      isByUsual.fill(1);
      return findColumn(table, nameUsual(name)) ? [] : [{ type: 'number', name: nameUsual(name), values }];
    }
    if (!wanted.has(name)) return [];
    const here = findColumn(table, name) ?? columns?.find((column) => column.name === name);
    if (here?.type === 'category') return [here];
    const known = here && 'values' in here ? here.values : null;
    const { starts } = placeOutages(table, factors.plan);
    const values = Float64Array.from(starts, (start, row) => {
      const cell = known?.[row] ?? NaN;
      if (!Number.isNaN(cell)) isJoined[row] = 1;
      if (!Number.isNaN(cell) || (known !== null && !(start > until))) return cell;
      isByUsual[row] = 1;
      return usualOf(value, row, 0);
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
