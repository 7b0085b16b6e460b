import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { BlobLike } from './contract.ts';
import { assignRole } from './assign-role.ts';
import { createWorkbench } from '../workbench.ts';

const context = createSilentContext();
const today = Date.UTC(2026, 0, 1);

function read(name: string, bytes: BlobLike | Uint8Array) {
  const workbench = createWorkbench();
  const reading = workbench.run(
    'read-dataset',
    { datasetId: 'd', file: { name, bytes }, overrides: {} },
    context,
  );
  return { workbench, reading };
}

const encode = (text: string) => new TextEncoder().encode(text);

async function prepare(csv: string, target?: string) {
  const { workbench, reading } = read('f.csv', encode(csv));
  const guessed = (await reading).roles;
  const roles = target === undefined ? guessed : assignRole(guessed, target, 'target');
  return workbench.run('prepare', { datasetId: 'd', roles, today }, context);
}

describe('reading a file', () => {
  it('reads a Blob in slices to the same table as the bytes at once', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `Tranche n° ${i % 58};${i},5;été`);
    const bytes = encode(['unité;durée (jours);saison', ...lines].join('\r\n'));
    expect(bytes.length).toBeGreaterThan(1 << 20);
    const atOnce = await read('f.csv', bytes).reading;
    const sliced = await read('f.csv', new Blob([bytes])).reading;
    expect(sliced.nRows).toBe(60_000);
    expect({ ...sliced, seconds: 0 }).toEqual({ ...atOnce, seconds: 0 });
  });

  it('says that a file has gone when its bytes can no longer be had', async () => {
    const gone: BlobLike = {
      size: 10,
      slice: () => gone,
      arrayBuffer: () => Promise.reject(new Error('NotReadableError')),
    };
    await expect(read('f.csv', gone).reading).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  it('opens a second file beside the first, and closes what is closed', async () => {
    const { workbench, reading } = read('a.csv', encode('x;y\n1;2\n'));
    await reading;
    const file = { name: 'b.csv', bytes: encode('x;y\n1;2\n3;4\n') };
    await workbench.run('read-dataset', { datasetId: 'e', file, overrides: {} }, context);
    await workbench.run('close-dataset', { datasetId: 'd' }, context);
    const request = { from: 0, count: 9 };
    expect((await workbench.run('table-page', { ...request, datasetId: 'e' }, context)).rows).toHaveLength(2);
    await expect(workbench.run('table-page', { ...request, datasetId: 'd' }, context)).rejects.toMatchObject({
      code: 'unknown-dataset',
    });
  });

  it('part workers out the rejected lines with line and reason', async () => {
    const { workbench, reading } = read('f.csv', encode('a;b\n1;2\n1;2;3;4\n5;6\n7;8\n'));
    expect((await reading).ledger.rejected).toBe(1);
    const { name, text } = await workbench.run('export-rejects', { datasetId: 'd' }, context);
    expect(name).toBe('f-rejects.csv');
    expect(text).toContain('3;too-many-cells;"1;2;3;4"');
  });
});

describe('preparing', () => {
  const header = 'Unité;Début;Fin;Effectif';
  const rows = Array.from(
    { length: 12 },
    (_, i) => `U${i % 3};0${(i % 9) + 1}/01/2020;${i + 10}/02/2020;${i * 3}`,
  );

  it('derives the duration from start and end, and parts what is under way from what is still to come', async () => {
    const prepared = await prepare(
      [header, ...rows, 'U1;01/05/2025;;4', 'U2;01/06/2025;01/02/2026;4'].join('\n'),
    );
    expect(prepared).toMatchObject({ nRead: 14, nKept: 12, problem: null, canSplitByTime: true });
    expect(prepared.target).toMatchObject({ unit: 'day', min: 40 });
    expect(prepared.underWay).toEqual({ n: 1, asOf: Date.UTC(2025, 5, 1) });
    expect(prepared.setAside).toEqual([{ reason: 'ends-in-future', count: 1, rows: [13] }]);
    expect(prepared.features.map(({ column }) => column)).not.toContain('Fin');
  });

  it('says what stands in the way as a code, and is no error', async () => {
    const durations = (values: readonly number[]) =>
      ['durée (jours);effectif', ...values.map((value, i) => `${value};${i}`)].join('\n');
    const same = Array.from({ length: 20 }, () => 3);
    expect((await prepare(durations(same), 'durée (jours)')).problem).toMatchObject({
      code: 'target-constant',
    });
    expect((await prepare(durations([1, 2, 3]))).problem).toMatchObject({
      code: 'too-few-rows',
      details: { nRows: 3, minimum: 10 },
    });
    const labels = (...cells: readonly string[]) =>
      ['a;b', ...Array.from({ length: 20 }, (_, i) => `${cells[i % 2]}`)].join('\n');
    expect((await prepare(labels('x;y', 'z;t'))).problem).toMatchObject({ code: 'no-numeric-column' });
    expect((await prepare(labels('x;1', 'z;2'))).problem).toMatchObject({
      code: 'no-target',
      details: { columns: ['b'] },
    });
  });
});
