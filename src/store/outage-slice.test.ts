import { expect, it } from 'vitest';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

it('opens a past outage with its row and its reasons, and none of these once it is left out', async () => {
  const store = createAppStore(createInPlaceServices());
  await store.getState().restore();
  const { settings, setSettings } = store.getState();
  setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, nIterations: 10 } });
  await store.getState().openSample({ kind: 'simple', rows: 80, noise: 1, seed: 3 });
  await store.getState().train();

  await store.getState().openOutage(7);
  const { openedOutage: opened } = store.getState();
  const durationAt = opened?.page?.columns.findIndex(({ name }) => name === 'Durée') ?? -1;
  expect(opened?.answer?.actual).toBe(opened?.page?.rows[0]?.[durationAt]);
  expect(opened?.answer?.prediction.value).toBeCloseTo(
    opened?.answer?.explanation?.waterfall?.prediction ?? NaN,
    9,
  );

  await store.getState().excludeRow(7, 'essai');
  await store.getState().openOutage(7);
  expect(store.getState().openedOutage).toMatchObject({ row: 7, answer: null });
  expect(store.getState().problem).toBeNull();
  store.getState().closeOutage();
  expect(store.getState().openedOutage).toBeNull();
});

it('tells what kept an outage without a start from being replayed', async () => {
  const store = createAppStore(createInPlaceServices());
  await store.getState().restore();
  const { settings, setSettings } = store.getState();
  setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, nIterations: 10 } });
  await store.getState().openSample({ kind: 'simple', rows: 80, noise: 1, seed: 3 });
  await store.getState().train();
  await store.getState().openOutage(7);
  await store.getState().replayOpenedOutage();
  expect(store.getState()).toMatchObject({
    work: null,
    openedOutage: { replay: null },
    problem: { code: 'invalid-setting', during: 'replaying' },
  });
});
