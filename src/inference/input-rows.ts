import { AppError } from '#base/errors.ts';
import { type CellRow, buildColumn, readCell } from '#data/cell.ts';
import { convertMeasure } from '#data/measures.ts';
import { requireColumns } from '#data/require-columns.ts';
import { type Column, type NumberColumn, selectRows, type Table } from '#data/table.ts';
import { isTimeUnit, msPerUnit } from '#data/time-units.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';

/**
 * The table as the model can be asked of it: inputs that are known only at the start may be absent from a file of outages
 * to come, one that nobody filled in is of the type that training saw, and what is told in another unit is converted. Throws
 * `model-columns-missing` for a unit of something else. The table itself where nothing is so. O(cells)
 * at worst.
 */
export function completeInputs(
  { inputs, knownAtStart, units = [] }: Pick<ModelDescription, 'inputs' | 'knownAtStart' | 'units'>,
  table: Table,
): Table {
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
  const absent = inputs.filter(
    ({ name }) => knownAtStart.includes(name) && table.columns.every((column) => column.name !== name),
  );
  const added = absent.map(({ name, type }) => buildColumn(name, type, nothing));
  const isSame = added.length === 0 && columns.every((column, i) => column === table.columns[i]);
  return isSame ? table : { ...table, columns: [...columns, ...added] };
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
