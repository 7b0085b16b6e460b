import { afterEach, expect, it, vi } from 'vitest';
import { createFailingCalls } from '#base/testing/failing-calls.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const sample = { kind: 'simple', rows: 40, noise: 1, seed: 3 } as const;
const arrays = [
  'Float64Array',
  'Float32Array',
  'Int32Array',
  'Uint32Array',
  'Uint16Array',
  'Uint8Array',
] as const;

/** So many calls are tried one after the other; of the many after them some, further and further apart. */
const N_FIRST = 10;

const calls = createFailingCalls(() => new RangeError('Array buffer allocation failed'));
afterEach(() => calls.arm(Infinity));

/** Typed arrays whose memory has to be found: those made with a length, and those copied. */
function failAllocations(): void {
  for (const name of arrays) {
    const original = globalThis[name] as unknown as new (...asked: unknown[]) => object;
    const construct = (target: typeof original, asked: unknown[]) => {
      // A view of memory that is there takes none.
      if (!(asked[0] instanceof ArrayBuffer)) calls.pass();
      return Reflect.construct(target, asked);
    };
    vi.stubGlobal(name, new Proxy(original, { construct }));
  }
}

it('where the k-th allocation of a training fails, it says so, the model before stays, and the next training works', async () => {
  failAllocations();
  const services = createInPlaceServices();
  const store = createAppStore(services);
  await store.getState().restore();
  const { settings, setSettings } = store.getState();
  const hyperparameters = { ...settings.hyperparameters, nIterations: 2, minSamplesLeaf: 5 };
  setSettings({ folds: 2, hyperparameters });
  await store.getState().openSample(sample);
  await store.getState().train();
  const first = store.getState().model?.id;
  let nFailed = 0;
  for (let k = 1, hasFailed = true; hasFailed; k = k < N_FIRST ? k + 1 : Math.ceil(k * 1.6)) {
    calls.arm(k);
    await store.getState().train();
    hasFailed = calls.hasFailed();
    calls.arm(Infinity);
    const { problem, work, model, dataset } = store.getState();
    if (problem) nFailed++;
    // Some arrays are for what a model can do without: then there is a new one, and no problem.
    expect({ k, code: problem?.code ?? 'out-of-memory' }).toEqual({ k, code: 'out-of-memory' });
    expect({ k, work, isKept: (await services.registry.load()).model?.model.id }).toEqual({
      k,
      work: null,
      isKept: model?.id,
    });
    expect(dataset).not.toBeNull();
  }
  expect(nFailed).toBeGreaterThan(10);
  await store.getState().train();
  expect(store.getState()).toMatchObject({ problem: null, model: { isSaved: true } });
  expect(store.getState().model?.id).not.toBe(first);
});
