import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '../csv/byte-source.ts';
import type { Dialect } from '../csv/dialect.ts';
import { readTable } from '../csv/read-table.ts';
import { isPackage } from './open-workbook.ts';
import { openSheet } from './sheet-source.ts';

const folder = new URL('fixtures/', import.meta.url);
const context = createSilentContext();
const load = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

async function readWorkbook(bytes: Uint8Array, overrides: Partial<Dialect> = {}) {
  expect(isPackage(bytes)).toBe(true);
  const opened = await openSheet('essai.xlsx', bytes, overrides, context);
  const read = await readTable(opened.source, { ...overrides, ...opened.dialect }, context);
  return { ...opened, ...read };
}

const readText = (bytes: Uint8Array) => readTable(createByteSource('essai.csv', bytes), {}, context);

/** Types and values of all columns. */
function tell({ table }: { readonly table: Awaited<ReturnType<typeof readText>>['table'] }) {
  return table.columns.map((column) =>
    column.type === 'category'
      ? {
          name: column.name,
          labels: [...column.codes].map((code) => (code < 0 ? null : column.categories[code])),
        }
      : { name: column.name, type: column.type, values: [...column.values] },
  );
}

const workbooks = readdirSync(folder).filter((name) => name.endsWith('.xlsx'));

describe('workbooks of two writers', () => {
  it('are twenty', () => expect(workbooks).toHaveLength(20));

  it.each(workbooks)('%s holds what its CSV holds', async (name) => {
    const csv = await readText(load(name.replace(/\.\w+\.xlsx$/, '.csv')));
    const read = await readWorkbook(load(name));
    // A formula that no program has worked out holds nothing.
    const open = new Set(name === 'formulas.openpyxl.xlsx' ? ['Fin', 'Durée (jours)', 'Classe'] : []);
    const isThere = (column: { readonly name: string }) => !open.has(column.name);
    expect(tell(read).filter(isThere)).toEqual(tell(csv).filter(isThere));
    expect(read.evidence.filter(({ isAmbiguous }) => isAmbiguous).map(({ field }) => field)).toEqual(
      csv.evidence.filter(({ isAmbiguous }) => isAmbiguous).map(({ field }) => field),
    );
    expect(read.ledger.rejected).toBe(0);
  });
});
