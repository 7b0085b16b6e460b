import { AppError } from '#base/errors.ts';
import { type CellRow, buildColumn, readCell } from '#data/cell.ts';
import { convertMeasure } from '#data/measures.ts';
import { requireColumns } from '#data/require-columns.ts';
import { type Column, type NumberColumn, selectRows, type Table } from '#data/table.ts';
import { isTimeUnit, msPerUnit } from '#data/time-units.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';

/**
 * The table as the model can be asked of it: from a file of outages to come may be absent what is known only at the start,
 * the announced duration, and what follows from columns that are there (the site of a unit, the month of a date); one that
 * nobody filled in is of the type that training saw, and what is told in another unit is converted. Throws
 * `model-columns-missing` for a unit of something else. The table itself where nothing is so. O(cells)
 * at worst.
 */
export function completeInputs(description: CompletedBy, table: Table): Table {
  const { inputs, units = [] } = description;
  const typeOf = new Map(inputs.map(({ name, type }) => [name, type]));
  const unitOf = new Map(units.map(({ column, unit }) => [column, unit]));
  const nothing = Array.from({ length: table.nRows }, () => null);
  const columns = table.columns.map((column): Column => {
    const unit = unitOf.get(column.name);
    if (unit !== undefined && column.type === 'number') return toUnit(column, unit);
    const type = typeOf.get(column.name);
    if (type === undefined || type === column.type || !isEmpty(column)) return column;
    return buildColumn(column.name, type, nothing);
  });
  const here = new Set(table.columns.map(({ name }) => name));
  const spared = listSpared(description, here);
  const absent = inputs.filter(({ name }) => spared.has(name) && !here.has(name));
  const added = absent.map(({ name, type }) => buildColumn(name, type, nothing));
  const isSame = added.length === 0 && columns.every((column, i) => column === table.columns[i]);
  return isSame ? table : { ...table, columns: [...columns, ...added] };
}

type CompletedBy = Pick<
  ModelDescription,
  'inputs' | 'knownAtStart' | 'units' | 'roles' | 'dependents' | 'calendar' | 'elapsed'
>;

/** Inputs that a file with these columns need not have. */
function listSpared(
  { knownAtStart, roles, dependents, calendar, elapsed = [] }: CompletedBy,
  here: ReadonlySet<string>,
): ReadonlySet<string> {
  const announced = roles.filter(({ role }) => role === 'announced').map(({ column }) => column);
  const spared = new Set([...knownAtStart, ...announced]);
  const followers = [
    ...dependents.map(({ column, leader }) => ({ column, from: [leader] })),
    ...calendar.map(({ column, date }) => ({ column, from: [date] })),
    ...elapsed.map(({ column, date, since }) => ({
      column,
      from: [date, 'column' in since ? since.column : since.leader],
    })),
  ];
  // What follows from a follower follows too.
  for (let before = -1; before !== spared.size;) {
    before = spared.size;
    for (const { column, from } of followers) {
      if (from.every((name) => here.has(name) || (spared.has(name) && !knownAtStart.includes(name)))) {
        spared.add(column);
      }
    }
  }
  return spared;
}

/** Numbers without a unit of their own are taken to be told in the model's. */
function toUnit(column: NumberColumn, wanted: string): Column {
  const { name, unit = wanted, values } = column;
  if (unit === wanted) return column;
  const factor =
    isTimeUnit(unit) && isTimeUnit(wanted)
      ? msPerUnit[unit] / msPerUnit[wanted]
      : convertMeasure(unit, wanted);
  if (Number.isNaN(factor)) {
    throw new AppError('model-columns-missing', `${name} is told in ${unit}, the model knows ${wanted}`, {
      columns: [`${name} (${wanted})`],
    });
  }
  return { ...column, unit: wanted, values: values.map((value) => value * factor) };
}

function isEmpty(column: Column): boolean {
  return column.type === 'category'
    ? column.codes.every((code) => code < 0)
    : column.values.every(Number.isNaN);
}

/** The rows of a table in which an input has no value, as cases of the model. Throws `model-columns-missing`. O(cells). */
export function listRowsWithGaps(
  inputs: readonly EncodedFeature[],
  table: Table,
): readonly { readonly row: number; readonly cells: CellRow }[] {
  const columns = requireColumns(
    table,
    inputs.map(({ name }) => ({ name })),
  );
  const hasGap = new Uint8Array(table.nRows);
  for (const column of columns) {
    const isMissing = column.type === 'category' ? (code: number) => code < 0 : Number.isNaN;
    const cells = column.type === 'category' ? column.codes : column.values;
    for (const [row, cell] of cells.entries()) if (isMissing(cell)) hasGap[row] = 1;
  }
  const rows = Int32Array.from(hasGap.keys()).filter((row) => hasGap[row] === 1);
  const picked = selectRows({ nRows: table.nRows, columns }, rows);
  return Array.from(rows, (row, i) => ({ row, cells: picked.columns.map((column) => readCell(column, i)) }));
}
