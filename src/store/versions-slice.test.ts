import { beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateSyntheticOutages } from '#data/samples.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const services = createInPlaceServices();
const store = createAppStore(services);
const by = { by: 'Ève', reason: 'a reason of some length' };

function stateNow() {
  const { versions } = store.getState();
  if (!versions) throw new Error('no versions');
  return versions.log.state;
}

beforeAll(async () => {
  await store.getState().restore();
  const table = generateSyntheticOutages({ rows: 60, noise: 2, seed: 5 });
  await store.getState().openFile(new File([writeCsv(table, 'excel-french')], 'arrets.csv'));
  const { setSettings, train } = store.getState();
  setSettings({ folds: 3 });
  setSettings({ hyperparameters: { ...store.getState().settings.hyperparameters, nIterations: 20 } });
  await train();
  setSettings({ seed: 7 });
  await train();
}, 60_000);

describe('versions in the app', () => {
  it('are every training, the first one champion, the last one on show', () => {
    const { versions, champion } = stateNow();
    expect(versions.map(({ standing }) => standing)).toEqual(['champion', 'candidate']);
    expect(versions[0]?.id).toBe(champion);
    expect(versions[1]?.facts).toMatchObject({ seed: 7, app: '0.1.0', settings: { folds: 3 } });
    expect(versions[1]?.facts.data).toBe(versions[0]?.facts.data);
  });

  it('are judged on outages that the fits compared have not seen, as recipes where both learnt the data', async () => {
    const challenger = stateNow().versions[1]?.id ?? '';
    await store.getState().judgeVersion(challenger);
    expect(store.getState().problem).toBeNull();
    expect(stateNow().versions[1]).toMatchObject({
      standing: 'challenger',
      gate: { against: stateNow().champion, report: { basis: 'recipes' } },
    });
  });

  it('go back with the same predictions bit for bit', async () => {
    const [first, second] = stateNow().versions.map(({ id }) => id);
    const { actOnVersion, askVersions } = store.getState();
    const before = await askVersions([first ?? '']);
    expect(before[0]?.value).toBeGreaterThan(0);
    const promote = { kind: 'promote', version: second ?? '', gate: null, isForced: true } as const;
    expect(await actOnVersion(promote, by)).toBe(true);
    expect(stateNow().champion).toBe(second);
    expect(await actOnVersion({ kind: 'roll-back', version: first ?? '' }, by)).toBe(true);
    expect(stateNow().champion).toBe(first);
    const { model, versions } = store.getState();
    expect(versions?.places).toContainEqual({ id: first, modelId: model?.id });
    expect(await askVersions([first ?? ''])).toEqual(before);
  });

  it('say what keeps them from being changed, and change nothing', async () => {
    const [first] = stateNow().versions.map(({ id }) => id);
    const { length } = store.getState().versions?.log.entries ?? [];
    expect(await store.getState().actOnVersion({ kind: 'discard', version: first ?? '' }, by)).toBe(false);
    expect(store.getState().problem?.code).toBe('version-not-allowed');
    services.registry.fill();
    const again = {
      kind: 'promote',
      version: stateNow().versions[1]?.id ?? '',
      gate: null,
      isForced: true,
    } as const;
    expect(await store.getState().actOnVersion(again, by)).toBe(false);
    expect(store.getState().problem?.code).toBe('storage-full');
    expect(store.getState().versions?.log.entries).toHaveLength(length);
    services.registry.free();
  });
});

it('are in the project file, which opens on a fresh profile with the same predictions, twice as once', async () => {
  const { exportProject, askVersions } = store.getState();
  const { name, bytes } = await exportProject();
  const ids = stateNow().versions.map(({ id }) => id);
  const said = await askVersions(ids);
  const other = createAppStore(createInPlaceServices());
  await other.getState().restore();
  await other.getState().receiveFiles([new File([bytes.slice()], name)]);
  expect(other.getState().problem).toBeNull();
  expect(other.getState().imported).toMatchObject({ kind: 'further', nVersions: 2, nDatasets: 1 });
  expect(other.getState().dataset?.name).toBe('arrets.csv');
  expect(await other.getState().askVersions(ids)).toEqual(said);
  expect((await other.getState().exportProject()).bytes).toEqual(bytes);
  await other.getState().openProject(new File([bytes.slice()], name));
  expect(other.getState().imported).toMatchObject({ kind: 'nothing-new', nVersions: 0, nDatasets: 0 });
  const damaged = bytes.slice();
  damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
  await other.getState().openProject(new File([damaged], name));
  expect(other.getState().problem?.code).toMatch(/^project-/u);
});
