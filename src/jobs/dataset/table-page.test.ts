import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { TablePageRequest } from './contract.ts';
import { createWorkbench } from '../workbench.ts';

const csv = [
  'Site;Début;Durée (jours)',
  'Été;01/03/2020;1,5',
  'ete;02/02/2020;',
  'Bugey;05/01/2021;12',
  ';04/01/2019;n.c.',
  'Été;03/01/2019;12',
].join('\n');

async function page(request: Omit<TablePageRequest, 'datasetId'>, text = csv) {
  const workbench = createWorkbench();
  const file = { name: 'f.csv', bytes: new TextEncoder().encode(text) };
  await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, createSilentContext());
  return workbench.run('table-page', { ...request, datasetId: 'd' }, createSilentContext());
}

describe('table page', () => {
  it('gives a window of the file in its order, with types and with dates as instants', async () => {
    const { columns, rows, nMatching, rowIndices } = await page({ from: 2, count: 2 });
    expect(columns.map(({ type }) => type)).toEqual(['category', 'date', 'number']);
    expect(nMatching).toBe(5);
    expect(rowIndices).toEqual([2, 3]);
    expect(rows).toEqual([
      ['Bugey', Date.UTC(2021, 0, 5), 12],
      [null, Date.UTC(2019, 0, 4), null],
    ]);
  });

  it('shows what the file says where a cell of the window could not be read', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => (i === 150 || i === 20 ? 'bientôt;a' : `${i};a`));
    const { unread } = await page({ from: 140, count: 20 }, ['jours;site', ...lines].join('\n'));
    expect(unread).toEqual([{ row: 150, column: 'jours', raw: 'bientôt' }]);
  });

  it('sorts numbers, dates and labels, missing cells last in both directions, equal ones in the order of the file', async () => {
    const order = async (column: string, descending: boolean) =>
      (await page({ from: 0, count: 9, sort: { column, descending } })).rowIndices;
    expect(await order('Durée (jours)', false)).toEqual([0, 2, 4, 1, 3]);
    expect(await order('Durée (jours)', true)).toEqual([2, 4, 0, 1, 3]);
    expect(await order('Début', false)).toEqual([4, 3, 1, 0, 2]);
    expect((await order('Site', false)).slice(0, 1)).toEqual([2]);
    expect((await order('Site', false)).at(-1)).toBe(3);
  });

  it('filters labels whatever their accents and case, numbers by range, and several columns at once', async () => {
    const match = async (filters: TablePageRequest['filters'] = []) =>
      (await page({ from: 0, count: 9, filters })).rowIndices;
    expect(await match([{ column: 'Site', text: 'ÉTE' }])).toEqual([0, 1, 4]);
    expect(await match([{ column: 'Durée (jours)', min: 2 }])).toEqual([2, 4]);
    expect(await match([{ column: 'Durée (jours)', text: '1,5' }])).toEqual([0]);
    expect(
      await match([
        { column: 'Site', text: 'été' },
        { column: 'Durée (jours)', min: 2 },
      ]),
    ).toEqual([4]);
    expect(await match([{ column: 'Site', text: 'nowhere' }])).toEqual([]);
  });

  it('stays within the table, and names the columns there are when asked for another', async () => {
    expect((await page({ from: 99, count: 5 })).rows).toEqual([]);
    await expect(
      page({ from: 0, count: 5, sort: { column: 'Duree', descending: false } }),
    ).rejects.toMatchObject({
      code: 'unknown-column',
      details: { columns: ['Site', 'Début', 'Durée (jours)'] },
    });
  });
});
