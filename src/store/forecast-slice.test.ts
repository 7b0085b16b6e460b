import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '#data/csv/byte-source.ts';
import { readTable } from '#data/csv/read-table.ts';
import { findColumn, type Table } from '#data/table.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices, type InPlaceServices } from './testing/in-place-services.ts';

const quick = { nIterations: 10, minSamplesLeaf: 5 };
const text = (name: string, content: string) => new File([content], name);
const read = async (content: string): Promise<Table> =>
  (await readTable(createByteSource('a.csv', new TextEncoder().encode(content)), {}, createSilentContext()))
    .table;

/** Outages whose dates, written month first, only their days above 12 tell. */
function writePast(n: number): string {
  const rows = Array.from({ length: n }, (_, i) => {
    const day = String((i % 28) + 1).padStart(2, '0');
    const month = String((i % 12) + 1).padStart(2, '0');
    return `T${i % 4},${month}/${day}/${2016 + Math.floor(i / 12)},${i % 9},${10 + (i % 9) + ((i * 7) % 11)}.5`;
  });
  return ['Unit,Start,Complexity,Duration (days)', ...rows].join('\n');
}
const toCome = [
  'Unit,Start,Complexity',
  'T0,03/04/2026,4',
  'T1,05/06/2026,',
  'T9,07/08/2026,3',
  'T2,,7',
  'T3,02/03/2026,beaucoup',
].join('\n');

async function openTrained(services: InPlaceServices = createInPlaceServices()) {
  const store = createAppStore(services);
  const state = () => store.getState();
  await state().restore();
  const { settings, setSettings } = state();
  setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, ...quick } });
  await state().openFile(text('past.csv', writePast(120)));
  await state().train();
  expect(state().problem).toBeNull();
  return { state, services };
}

describe('a file of outages to come', () => {
  it('is answered row by row as the export of predictions is, with the reason of every blank', async () => {
    const { state } = await openTrained();
    await state().predictFile(text('next.csv', toCome));
    const { forecast } = state();
    const rows = forecast?.answer?.rows ?? [];
    // Read month first, as the file learnt from: nothing in this one tells.
    expect(forecast?.isAsLearnt).toBe(true);
    expect(rows[0]?.start).toBe(Date.UTC(2026, 2, 4));
    expect(rows.map(({ unit }) => unit)).toEqual(['T0', 'T1', 'T9', 'T2', 'T3']);
    expect(rows[0]?.end).toBe(Math.round(Date.UTC(2026, 2, 4) + (rows[0]?.p80 ?? NaN) * 86_400_000));
    const kinds = rows.map(({ notes }) => notes.map(({ kind }) => kind));
    expect(kinds[0]).toEqual([]);
    expect(kinds[1]).toContain('wide');
    expect(kinds[2]).toContain('unknown-label');
    expect(kinds[3]).toContain('no-start');
    expect(rows[3]).toMatchObject({ start: null, end: null });
    expect(kinds[4]).toContain('unread');

    await state().openFile(text('next.csv', toCome));
    await state().setDialect({
      dateOrder: 'mdy',
      columnTypes: [{ column: 'Complexity', type: 'number' }],
    });
    const { text: exported } = await state().exportPredictions('international');
    const table = await read(exported);
    const names = table.columns.map(({ name }) => name);
    for (const [key, level] of [
      ['p10', 'P10'],
      ['p50', 'P50'],
      ['p80', 'P80'],
    ] as const) {
      const column = findColumn(table, names.find((name) => name.endsWith(`(${level})`)) ?? '');
      expect(rows.map((row) => row[key] ?? NaN)).toEqual([
        ...(column?.type === 'number' ? column.values : []),
      ]);
    }
  });

  it('is there again after the tab was closed, and goes when it is closed itself', async () => {
    const { state, services } = await openTrained();
    await state().predictFile(text('next.csv', toCome));
    const before = state().forecast?.answer;
    const reopen = async () => {
      const store = createAppStore(createInPlaceServices(services.registry));
      await store.getState().restore();
      return store.getState();
    };
    const again = await reopen();
    expect(again.dataset?.name).toBe('past.csv');
    expect(again.forecast).toMatchObject({ name: 'next.csv', answer: before });
    await again.closeForecast();
    expect((await reopen()).forecast).toBeNull();
  });

  it('says which columns it lacks', async () => {
    const { state } = await openTrained();
    await state().predictFile(text('next.csv', 'Unit;Autre\nT0;1\nT1;2'));
    expect(state().forecast).toMatchObject({ answer: null, problem: { code: 'model-columns-missing' } });
  });
});

describe('what is dropped on the window', () => {
  it('is opened where nothing is, asked about where something is, and named where it is no table', async () => {
    const { state } = await openTrained();
    const { receiveFiles } = state();
    await receiveFiles([text('next.csv', toCome)]);
    expect(state()).toMatchObject({ incoming: { name: 'next.csv' }, forecast: null });
    await state().takeIncoming('predict');
    expect(state()).toMatchObject({ incoming: null, forecast: { name: 'next.csv' } });

    const model = await state().exportModel();
    await receiveFiles([text('m.json', model.text)]);
    expect(state().model?.result).toBeNull();
    expect(state().problem).toBeNull();

    for (const [content, code] of [
      [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0), 'file-is-image'],
      [new TextEncoder().encode('%PDF-1.7'), 'file-is-pdf'],
    ] as const) {
      await receiveFiles([new File([content], 'x.csv')]);
      expect(state().problem?.code).toBe(code);
    }
    await receiveFiles([text('a.csv', 'a'), text('b.csv', 'b')]);
    expect(state().problem).toMatchObject({ code: 'several-files', details: { names: ['a.csv', 'b.csv'] } });
    expect(state().dataset?.name).toBe('past.csv');
  });

  it('is added to the open data by the names of its columns, whatever its dialect and its units', async () => {
    const { state } = await openTrained();
    await state().receiveFiles([
      text('more.csv', 'Start;Unit;Note;Duration (days)\n2031-01-15;T0;première;12,5\n2031-02-20;T1;;13,25'),
    ]);
    await state().takeIncoming('append');
    expect(state().problem).toBeNull();
    expect(state().dataset).toMatchObject({ name: 'past + more.csv', summary: { nRows: 122 } });
    const page = await state().loadPage({ from: 119, count: 3 });
    expect(page.columns.map(({ name }) => name)).toEqual([
      'Unit',
      'Start',
      'Complexity',
      'Duration (days)',
      'Note',
    ]);
    expect(page.rows[1]).toEqual(['T0', Date.UTC(2031, 0, 15), null, 12.5, 'première']);

    await state().receiveFiles([text('other.csv', 'x;y\n1;2\n3;4')]);
    await state().takeIncoming('append');
    expect(state().problem?.code).toBe('nothing-in-common');
    expect(state().dataset?.name).toBe('past + more.csv');
  });
});
