import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolderStore } from '#pipeline/folder-store.ts';
import { createStoreVersions } from '#pipeline/store-versions.ts';
import { readProject, writeProject } from '#versions/project-file.ts';
import { createProjectStore } from '#versions/project-store.ts';
import { nameVersion } from '#versions/model-version.ts';
import { createSampleVersion, sign } from '#versions/testing/sample-versions.ts';
import { EMPTY_LOG } from '#versions/version-log.ts';
import { act, type VersionStore } from '#versions/version-store.ts';
import { runMain as run } from './testing/run-main.ts';

const names = ['model-v4-forest', 'model-v4-hazard'] as const;
let folder: string;
let ids: string[];
const at = (name: string) => join(folder, name);

/** Two versions of real model files, the first one champion. */
async function fill(store: VersionStore): Promise<void> {
  for (const [i, name] of names.entries()) {
    const bytes = await readFile(new URL(`../models/fixtures/${name}.json`, import.meta.url));
    const { facts } = createSampleVersion(i);
    await act(store, { kind: 'submit', version: nameVersion(bytes), facts }, sign(), bytes);
    if (i > 0) continue;
    await act(store, { kind: 'promote', version: nameVersion(bytes), gate: null, isForced: false }, sign());
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-version-'));
  const { store, read } = createProjectStore({
    family: { own: EMPTY_LOG, others: [] },
    versions: new Map(),
    parts: new Map(),
  });
  await fill(store);
  ids = read().family.own.state.versions.map(({ id }) => id);
  await writeFile(at('project.zip'), writeProject(read()));
  await fill(createStoreVersions(createFolderStore(at('store'))));
});
afterAll(() => rm(folder, { recursive: true }));

async function list(place: string) {
  const { out } = await run('version', 'list', at(place), '--json');
  return JSON.parse(out) as { champion: string; versions: { number: number; standing: string }[] };
}

describe.each(['project.zip', 'store'])('version over %s', (place) => {
  it('promotes by force alone what no gate let pass, with a reason, and goes back', async () => {
    const [first, second] = ids;
    expect(await list(place)).toMatchObject({ champion: first });
    const reason = ['--reason', 'the sponsor wants it so', '--by', 'Ève'];
    const refused = await run('version', 'promote', at(place), '2', ...reason);
    expect(refused).toMatchObject({ code: 4, error: expect.stringContaining('gate-not-passed') as string });
    expect((await run('version', 'promote', at(place), '2', '--reason', 'short', '--force')).code).toBe(2);
    expect((await run('version', 'promote', at(place), '2', '--force')).code).toBe(2);
    expect((await list(place)).champion).toBe(first);
    expect((await run('version', 'promote', at(place), '2', ...reason, '--force')).code).toBe(0);
    expect(await list(place)).toMatchObject({
      champion: second,
      versions: [{ standing: 'former' }, { standing: 'champion' }],
    });
    const back = await run(
      'version',
      'rollback',
      at(place),
      first?.slice(0, 8) ?? '',
      ...reason,
      '--language',
      'fr',
    );
    expect(back).toMatchObject({ code: 0, out: 'retour à la version 1\n' });
    const { out } = await run('version', 'log', at(place));
    expect(out.trim().split('\n')).toHaveLength(5);
    expect(out).toContain('Ève  version 2 promoted by force: the sponsor wants it so');
  });

  it('verifies every entry and every model', async () => {
    const { code, out } = await run('version', 'verify', at(place), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ sound: true, entries: 5, versions: 2, problems: [] });
  });

  it('says what is asked of it that is not there', async () => {
    expect((await run('version', 'rollback', at(place), '9', '--reason', 'no such version')).code).toBe(4);
    expect((await run('version', 'delete', at(place))).code).toBe(2);
    expect((await run('version', 'list', at('nowhere'))).code).toBe(3);
  });
});

it('names the entry of a store that was changed, and refuses a project file that was', async () => {
  const entry = join(at('store'), 'log', '00000002.json');
  await writeFile(entry, (await readFile(entry, 'utf8')).replace('for the sake', 'for the take'));
  const { code, out } = await run('version', 'verify', at('store'));
  expect({ code, out }).toMatchObject({ code: 4, out: expect.stringContaining('entry 2') as string });
  expect((await run('version', 'list', at('store'))).error).toContain('log-broken');
  const bytes = await readFile(at('project.zip'));
  expect(readProject(bytes).versions.size).toBe(2);
  bytes[200] = (bytes[200] ?? 0) ^ 1;
  await writeFile(at('damaged.zip'), bytes);
  expect((await run('version', 'list', at('damaged.zip'))).code).toBe(4);
});
