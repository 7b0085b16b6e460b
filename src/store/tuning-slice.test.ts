import { expect, it } from 'vitest';
import { makeFillable } from '#registry/testing/full-registry.ts';
import { createMemoryProfile, openMemoryRegistry } from '#registry/memory-registry.ts';
import { createAppStore } from './app-store.ts';
import type { AskedStudy } from './state.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const rows = Array.from({ length: 120 }, (_, i) => `T${i % 4};${i % 9};${10 + (i % 9) + ((i * 7) % 11)},5`);
const text = ['Tranche;Complexité;Durée (jours)', ...rows].join('\n');
const asked: AskedStudy = {
  method: 'grid',
  preset: null,
  space: { maxDepth: [1, 3], learningRate: [0.1, 0.3] },
  nTrials: 60,
  minutes: null,
};

/** A visit of one profile; its search is cancelled after so many records. */
async function visit(profile = createMemoryProfile(), nUntilCancel = Infinity) {
  const registry = makeFillable(openMemoryRegistry(profile, 'tab'));
  let nRecords = 0;
  const services = createInPlaceServices(registry, (_direction, type) => {
    if (type === 'record' && ++nRecords === nUntilCancel) setTimeout(() => store.getState().cancelWork());
  });
  const store = createAppStore(services);
  const state = () => store.getState();
  await state().restore();
  return { state, registry, profile, count: () => nRecords };
}

async function openFresh(nUntilCancel?: number) {
  const visited = await visit(undefined, nUntilCancel);
  visited.state().setSettings({ folds: 2 });
  await visited.state().openFile(new File([text], 'arrets.csv'));
  return visited;
}

const withoutTime = (result: object) =>
  JSON.parse(JSON.stringify(result, (key, value: unknown) => (key === 'seconds' ? 0 : value))) as unknown;

it('goes on after a cancel and a reload where it was, to the same answer, and is found again', async () => {
  const whole = await openFresh();
  await whole.state().tune(asked);
  const expected = whole.state().study?.result;
  expect(expected?.trials).toHaveLength(4);

  const first = await openFresh(5);
  await first.state().tune(asked);
  expect(first.state()).toMatchObject({ problem: null, work: null, study: { result: null } });
  expect(first.state().study?.logged?.trials.length).toBeGreaterThan(0);

  const second = await visit(first.profile);
  await second.state().openStudy(second.state().dataset?.id ?? '');
  expect(second.state().study?.logged?.trials.length).toBeGreaterThan(0);
  await second.state().resumeStudy();
  const { study } = second.state();
  expect(withoutTime(study?.result ?? {})).toEqual(withoutTime(expected ?? {}));
  expect(second.count()).toBeLessThan(whole.count());
  expect(study?.logged?.trials.map(({ mae }) => mae)).toEqual(
    study?.result?.trials.map(({ mae }) => expect.closeTo(mae, 9)),
  );

  const third = await visit(first.profile);
  await third.state().openStudy(third.state().dataset?.id ?? '');
  expect(third.state().study).toEqual(study);
  // Another search of the same data knows that the test outages were looked at.
  await third.state().tune(asked);
  expect(third.state().study?.result?.outer.nEarlierLooks).toBe(1);
  expect(expected?.outer.nEarlierLooks).toBe(0);
});

it('searches on where nothing more can be kept, and says so; forgets a search that was refused', async () => {
  const { state, registry } = await openFresh();
  registry.fill();
  await state().tune(asked);
  expect(state().study?.result?.trials).toHaveLength(4);
  expect(state().storage).toEqual({ kind: 'memory', reason: 'storage-full' });
  registry.free();
  await state().tune({ ...asked, space: { learningRate: { min: 0.2, max: 0.1 } } });
  expect(state().problem).toMatchObject({ code: 'invalid-setting', during: 'tuning' });
  expect(state().study).toBeNull();
});

it('trains with what was found, and a preset takes that back', async () => {
  const { state } = await openFresh();
  await state().tune(asked);
  const { result } = state().study ?? {};
  if (!result) throw new Error('nothing found');
  await state().takeFoundSettings();
  const taken = (result.chosen === 'tuned' ? result.best : result.default).settings;
  expect(state().settings).toMatchObject({ preset: 'custom', hyperparameters: taken.hyperparameters });
  expect(state().model).not.toBeNull();
  state().setSettings({
    forest: { nTrees: 10, subsample: 1, columnSubsample: 1, minSamplesLeaf: 1, maxBins: 64 },
  });
  state().applyPreset('default');
  expect(state().settings).not.toHaveProperty('forest');
});
