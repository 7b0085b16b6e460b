import { expect, it, vi } from 'vitest';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

async function createTrained() {
  const store = createAppStore(createInPlaceServices());
  await store.getState().restore();
  const { settings, setSettings } = store.getState();
  setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, nIterations: 10 } });
  await store.getState().openSample({ kind: 'simple', rows: 80, noise: 1, seed: 3 });
  await store.getState().train();
  return store;
}

type Store = Awaited<ReturnType<typeof createTrained>>;

function openCell(store: Store, position: number): void {
  store.getState().setCell(position, null);
}

const wayOf = (store: Store) => store.getState().scenario?.prediction?.open?.way;

it('answers a field left open wide at once, then by a fit without it, with its reasons and similar outages', async () => {
  const store = await createTrained();
  const { answerOpenCells } = store.getState();
  expect(store.getState().scenario?.prediction?.open).toBeNull();
  const seen: (string | undefined)[] = [];
  const unsubscribe = store.subscribe(() => seen.push(wayOf(store)));
  openCell(store, 0);
  await vi.waitFor(() => expect(wayOf(store)).toBe('refit'), 5000);
  unsubscribe();
  expect(seen).toContain('wide');
  await vi.waitFor(() => expect(store.getState().caseExplanation?.similar).not.toBeNull(), 5000);
  const { caseExplanation, scenario, refitting } = store.getState();
  expect(refitting).toBeNull();
  const { waterfall } = caseExplanation?.explanation ?? {};
  expect(waterfall?.prediction).toBe(scenario?.prediction?.value);
  const opened = store.getState().model?.summary.features[0]?.name;
  expect(waterfall?.steps.map(({ column }) => column)).not.toContain(opened);

  // A target asks the same fit for its probability; the answer does not fall back to the wide one.
  const value = scenario?.prediction?.value;
  const ways = new Set<string | undefined>();
  const watch = store.subscribe(() => ways.add(wayOf(store)));
  store.getState().setTargetDuration(30);
  await vi.waitFor(() => expect(store.getState().scenario?.prediction?.probability).not.toBeNull(), 5000);
  watch();
  expect(ways).toEqual(new Set(['refit']));
  expect(store.getState().scenario?.prediction?.value).toBe(value);
  await answerOpenCells();
  expect(store.getState().problem).toBeNull();
});

it('gives a fit up as soon as the case is another one, and when it is told to', async () => {
  const store = await createTrained();
  let nGivenUp = 0;
  const unsubscribe = store.subscribe(({ refitting, keepWideEstimate }) => {
    if (refitting === null) return;
    nGivenUp++;
    keepWideEstimate();
  });
  openCell(store, 0);
  await vi.waitFor(() => expect(nGivenUp).toBe(1), 5000);
  unsubscribe();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(store.getState().refitting).toBeNull();
  expect(wayOf(store)).toBe('wide');
  store.getState().resetScenario();
  await vi.waitFor(() => expect(store.getState().scenario?.prediction?.open).toBeNull(), 5000);
  expect(store.getState().refitting).toBeNull();
  expect(store.getState().problem).toBeNull();
});

it('has the wide estimate alone without the data', async () => {
  const store = await createTrained();
  await store.getState().closeDataset();
  openCell(store, 0);
  await vi.waitFor(() => expect(wayOf(store)).toBe('wide'), 5000);
  await store.getState().answerOpenCells();
  expect(wayOf(store)).toBe('wide');
  expect(store.getState().refitting).toBeNull();
});
