import { expect, it } from 'vitest';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const quick = { nIterations: 3, minSamplesLeaf: 5 };
const undated = { kind: 'simple', rows: 80, noise: 1, seed: 3 } as const;
const dated = { kind: 'fleet', units: 4, years: 8, seed: 3 } as const;

it('keeps what a person chose over another file and a reload, and asks it of no file that cannot follow', async () => {
  const services = createInPlaceServices();
  const store = createAppStore(services);
  await store.getState().restore();
  const { settings, setSettings, openSample, train } = store.getState();
  setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, ...quick } });
  const trained = () => {
    const { model, problem } = store.getState();
    expect(problem).toBeNull();
    const { horizon, split } = model?.result?.settings ?? {};
    return [horizon?.kind, split?.kind, model?.result?.basis];
  };

  await openSample(dated);
  await train();
  expect(trained()).toEqual(['plan', 'time', { horizon: 'near', split: 'dated' }]);
  // The default is no choice: it is not kept as one.
  expect(store.getState().settings).toMatchObject({ horizon: { kind: 'auto' }, split: { kind: 'auto' } });

  const chosen = {
    horizon: { kind: 'plan', leadDays: null },
    split: { kind: 'time', testShare: 0.3 },
  } as const;
  setSettings(chosen);
  await openSample(undated);
  await train();
  expect(trained()).toEqual(['start', 'random', { horizon: 'no-start', split: 'undated' }]);
  expect(store.getState().settings).toMatchObject(chosen);

  const again = createAppStore(services);
  await again.getState().restore();
  expect(again.getState().settings).toMatchObject(chosen);
});
