import { buildColumn } from '#data/cell.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import type { Table } from '#data/table.ts';
import type { ChartTable } from '#charts/chart-frame.tsx';

/** The points of a chart as CSV, in the dialect of the reader's language. */
export function chartToCsv(chart: ChartTable, language: 'fr' | 'en'): string {
  const columns = chart.headers.map((name, index) => {
    const cells = chart.rows.map((row) => row[index] ?? '');
    return buildColumn(name, cells.every((cell) => typeof cell === 'number') ? 'number' : 'category', cells);
  });
  const table: Table = { nRows: chart.rows.length, columns };
  return writeCsv(table, language === 'fr' ? 'excel-french' : 'international');
}
