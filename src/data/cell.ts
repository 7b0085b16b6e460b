import type { Column } from './table.ts';

/** One cell as a screen, a form or a file holds it: a number, a label, a date as milliseconds since 1970, or missing. */
export type CellValue = number | string | null;

/** One case by column position; the order is that of the table or of the model's inputs. */
export type CellRow = readonly CellValue[];

export function readCell(column: Column, row: number): CellValue {
  if (column.type === 'category') return column.categories[column.codes[row] ?? -1] ?? null;
  const value = column.values[row] ?? NaN;
  return Number.isNaN(value) ? null : value;
}

/** A column of these cells; what does not fit its type is missing. Categories stand in the order of their first cell. */
export function buildColumn(name: string, type: Column['type'], cells: readonly CellValue[]): Column {
  if (type === 'category') {
    const codeOf = new Map<string, number>();
    const codes = Int32Array.from(cells, (cell) => {
      if (cell === null) return -1;
      const code = codeOf.get(String(cell)) ?? codeOf.size;
      codeOf.set(String(cell), code);
      return code;
    });
    return { type, name, codes, categories: [...codeOf.keys()] };
  }
  const values = Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : NaN));
  return type === 'date' ? { type, name, values, hasTime: true } : { type, name, values };
}
