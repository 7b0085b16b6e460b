import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolderStore } from '#pipeline/folder-store.ts';
import { takeLock } from '#pipeline/lock.ts';
import { createStoreVersions, updatePointer } from '#pipeline/store-versions.ts';
import { createSampleVersion, sign } from '#versions/testing/sample-versions.ts';
import { act } from '#versions/version-store.ts';
import { runMain as run } from './testing/run-main.ts';

let folder: string;
let data: string;
let store: string;
const quick = ['--folds', '2', '--preset', 'reference', '--workers', '1', '--no-past', '--horizon', 'start'];
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => {
    const at = from + i;
    const start = new Date(Date.UTC(2016, 0, 1 + 12 * at)).toISOString().slice(0, 10);
    return `T${at % 4},${start},${(at * 7) % 20},${45 - ((at * 7) % 20) + ((at * at * 5) % 11)}`;
  });
const drop = (name: string, from: number, to: number) =>
  writeFile(join(data, name), ['unit,start date,crew,duration (days)', ...rows(from, to)].join('\n'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-retrain-'));
  [data, store] = [join(folder, 'data'), join(folder, 'store')];
  await mkdir(data);
});
afterAll(() => rm(folder, { recursive: true }));

describe('retraining by the command line', () => {
  it('takes what is dropped, refuses what is no data with the reason beside it, and puts a first model to work', async () => {
    await drop('a.csv', 0, 100);
    await writeFile(join(data, 'b.csv'), '');
    const target = ['--target', 'duration (days)'];
    const { code, out, error } = await run(
      'watch',
      '--once',
      '--every',
      '0.01',
      '--data',
      data,
      '--store',
      store,
      ...target,
      ...quick,
    );
    expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
    expect(out).toContain('beats the median');
    expect((await readdir(data)).sort()).toEqual(['refused', 'taken']);
    expect(await readFile(join(data, 'refused', 'b.csv.reason.txt'), 'utf8')).toMatch(/^file-empty: /u);
  });

  it('has nothing to do again, plans what would be, and says so in French', async () => {
    const again = await run('retrain', '--data', join(data, 'taken'), '--store', store);
    expect(again).toMatchObject({ code: 11 });
    await writeFile(
      join(data, 'taken', 'c.csv'),
      ['unit,start date,crew,duration (days)', ...rows(90, 140)].join('\n'),
    );
    const before = await listAll(store);
    const plan = await run(
      'retrain',
      '--data',
      join(data, 'taken'),
      '--store',
      store,
      '--dry-run',
      '--language',
      'fr',
    );
    expect(plan.out).toMatch(/c\.csv\s: 40 lignes prises, 10 déjà présentes, 0 rejetées/u);
    expect(plan).toMatchObject({ code: 0 });
    expect(await listAll(store)).toEqual(before);
  });

  it('says who is at work where somebody is, and retrains once it is free', async () => {
    const args = [
      'retrain',
      '--data',
      join(data, 'taken'),
      '--store',
      store,
      '--rule',
      'strict',
      '--workers',
      '1',
    ];
    const lock = await takeLock(createFolderStore(store));
    expect(await run(...args)).toMatchObject({ code: 12, out: '' });
    await lock.release();
    const { code, out } = await run(...args, '--json');
    const { deploy, newMse, oldMse } = JSON.parse(out) as Record<string, number | boolean>;
    expect(deploy).toBe(Number(newMse) < Number(oldMse));
    expect(code).toBe(deploy === true ? 0 : 10);
  });

  it('goes back to the model before, for a reason, and the history tells it', async () => {
    const place = join(folder, 'two');
    const artifacts = createFolderStore(place);
    const versions = createStoreVersions(artifacts);
    const two = [createSampleVersion(1), createSampleVersion(2)];
    for (const { id, facts, bytes } of two) {
      await act(versions, { kind: 'submit', version: id, facts }, sign(), bytes);
      await act(versions, { kind: 'promote', version: id, gate: null, isForced: true }, sign());
    }
    await updatePointer(artifacts);
    expect((await run('rollback', '--store', place)).code).toBe(2);
    const back = await run('rollback', '--store', place, '--reason', 'it went astray', '--by', 'Ève');
    expect(JSON.parse(back.out)).toMatchObject({ model: two[0]?.id, previous: two[1]?.id, by: 'Ève' });
    const { out } = await run('history', '--store', place);
    expect(out.trim().split('\n').at(-1)).toContain(`Ève rolled back to ${two[0]?.id.slice(0, 12)}`);
    const check = await run('check-store', '--store', place, '--json');
    expect(JSON.parse(check.out)).toMatchObject({ isSound: true, isPointerLate: false, orphans: [] });
  });

  it('refuses a call without data or store, and data that are not there', async () => {
    expect((await run('retrain', '--store', store)).code).toBe(2);
    expect((await run('retrain', '--data', data)).code).toBe(2);
    expect((await run('retrain', '--data', join(folder, 'none'), '--store', store)).code).toBe(3);
    expect((await run('retrain', '--data', folder, '--store', store)).error).toMatch(/^file-no-rows: /u);
  });
});

async function listAll(root: string): Promise<readonly string[]> {
  return (await readdir(root, { recursive: true })).sort();
}
