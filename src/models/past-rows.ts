import * as v from 'valibot';
import { spreadEvenly } from '#base/arrays.ts';
import type { CellRow } from '#data/cell.ts';
import { type Column, selectRows, type Table } from '#data/table.ts';
import type { EncodedFeature } from './encoder.ts';

/** Most rows kept: enough for the nearest ones to be near, some 100 kB in a file of ten inputs. */
export const MAX_PAST_ROWS = 1000;

/**
 * Some of the outages learnt from, as they stood in the inputs: what a cell left open may have been. One list an input, in
 * their order, one entry a row: a number, or the position of the label among the input's categories; null is missing.
 */
export interface PastRows {
  readonly columns: readonly (readonly (number | null)[])[];
}

export const pastRowsSchema = v.object({
  columns: v.array(v.pipe(v.array(v.nullable(v.pipe(v.number(), v.finite()))), v.maxLength(MAX_PAST_ROWS))),
}) satisfies v.GenericSchema<unknown, PastRows>;

/** Takes rows evenly from a table that has the inputs' columns, in their order. O(cells kept). */
export function samplePastRows(inputs: readonly EncodedFeature[], table: Table): PastRows {
  const { columns } = selectRows(table, spreadEvenly(table.nRows, MAX_PAST_ROWS));
  return { columns: inputs.map((input, i) => listCells(input, columns[i])) };
}

function listCells(input: EncodedFeature, column: Column | undefined): (number | null)[] {
  if (column === undefined) return [];
  if (column.type !== 'category') {
    return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  }
  if (input.type !== 'category') return Array.from(column.codes, () => null);
  const codeOf = new Map(input.categories.map((label, code) => [label, code]));
  return Array.from(column.codes, (code) => codeOf.get(column.categories[code] ?? '') ?? null);
}

/** Whether rows read from a file go with its inputs: lists of one length, labels that there are. */
export function goWithInputs({ columns }: PastRows, inputs: readonly EncodedFeature[]): boolean {
  return (
    columns.length === inputs.length &&
    columns.every((cells) => cells.length === columns[0]?.length) &&
    inputs.every((input, i) => {
      if (input.type !== 'category') return true;
      const isLabel = (code: number | null) => code === null || input.categories[code] !== undefined;
      return columns[i]?.every(isLabel) ?? false;
    })
  );
}

/** The rows as cases of the model. O(cells). */
export function listPastCases({ columns }: PastRows, inputs: readonly EncodedFeature[]): readonly CellRow[] {
  const n = columns[0]?.length ?? 0;
  return Array.from({ length: n }, (_, row) =>
    inputs.map((input, i) => {
      const cell = columns[i]?.[row] ?? null;
      return input.type === 'category' && cell !== null ? (input.categories[cell] ?? null) : cell;
    }),
  );
}
