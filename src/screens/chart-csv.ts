import { writeCsv } from '#data/csv/write-csv.ts';
import type { Column, Table } from '#data/table.ts';
import type { ChartTable } from '#charts/chart-frame.tsx';

/** The points of a chart as CSV, in the dialect of the reader's language. */
export function chartToCsv(chart: ChartTable, language: 'fr' | 'en'): string {
  const columns = chart.headers.map((name, index) =>
    toColumn(
      name,
      chart.rows.map((row) => row[index] ?? ''),
    ),
  );
  const table: Table = { nRows: chart.rows.length, columns };
  return writeCsv(table, language === 'fr' ? 'excel-french' : 'international');
}

function toColumn(name: string, cells: readonly (number | string)[]): Column {
  if (cells.every((cell) => typeof cell === 'number')) {
    return { type: 'number', name, values: Float64Array.from(cells) };
  }
  const categories = [...new Set(cells.map(String))];
  const codeOf = new Map(categories.map((label, code) => [label, code]));
  return {
    type: 'category',
    name,
    categories,
    codes: Int32Array.from(cells, (cell) => codeOf.get(String(cell)) ?? -1),
  };
}
