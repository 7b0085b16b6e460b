import type { ReadResult } from '#data/csv/read-table.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import type { CategoryColumn } from '#data/table.ts';
import type { TextFile } from './contract.ts';

/** The rejected records with line and reason, as a CSV that a spreadsheet opens. */
export function exportRejects(name: string, { ledger }: ReadResult): TextFile {
  const { rejects } = ledger;
  const toLabels = (title: string, labels: readonly string[]): CategoryColumn => ({
    type: 'category',
    name: title,
    codes: Int32Array.from(labels, (_, i) => i),
    categories: labels,
  });
  const table = {
    nRows: rejects.length,
    columns: [
      { type: 'number', name: 'line', values: Float64Array.from(rejects, ({ line }) => line) } as const,
      toLabels(
        'reason',
        rejects.map(({ reason }) => reason),
      ),
      toLabels(
        'text',
        rejects.map(({ raw }) => raw),
      ),
    ],
  };
  return { name: `${name.replace(/\.[^.]*$/u, '')}-rejects.csv`, text: writeCsv(table, 'excel-french') };
}
