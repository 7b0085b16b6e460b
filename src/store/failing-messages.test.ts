import { expect, it } from 'vitest';
import { createFailingCalls } from '#base/testing/failing-calls.ts';
import { describeError } from '#language/error-words.ts';
import { wordsIn } from '#language/words.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const sample = { kind: 'simple', rows: 40, noise: 1, seed: 3 } as const;
const { t } = wordsIn('fr');

/** Opens data, trains on them, asks for a past outage; gives the problems that were said, one an action at most. */
async function work(store: ReturnType<typeof createAppStore>): Promise<readonly string[]> {
  const said: string[] = [];
  const { settings, setSettings } = store.getState();
  const hyperparameters = { ...settings.hyperparameters, nIterations: 2, minSamplesLeaf: 5 };
  setSettings({ folds: 2, hyperparameters });
  for (const act of ['openSample', 'train', 'startFromOutage'] as const) {
    store.getState().dismissProblem();
    if (act === 'openSample') await store.getState().openSample(sample);
    else if (act === 'train') await store.getState().train();
    else await store.getState().startFromOutage(3);
    const { problem } = store.getState();
    if (problem) said.push(describeError(t, problem.code, problem.details).what);
  }
  return said;
}

it.each(['to-worker', 'from-worker'] as const)(
  'where the k-th message %s cannot be sent, for every k, a sentence is said, nothing hangs and nothing kept is lost',
  async (failing) => {
    const calls = createFailingCalls(
      () => new DOMException('Data cannot be cloned, out of memory.', 'DataCloneError'),
    );
    let nSaid = 0;
    let k = 0;
    for (let hasFailed = true; hasFailed;) {
      const services = createInPlaceServices(undefined, (direction, type) => {
        // What is said again before long comes by the clock: how often is not the same twice.
        if (direction === failing && !['progress', 'ping', 'pong'].includes(type)) calls.pass();
      });
      const store = createAppStore(services);
      await store.getState().restore();
      calls.arm(++k);
      const said = await work(store);
      hasFailed = calls.hasFailed();
      calls.arm(Infinity);
      if (said.length > 0) nSaid++;
      const { model, work: pending } = store.getState();
      const kept = await services.registry.load();
      const isKept = !model?.isSaved || kept.model?.model.id === model.id;
      expect({ k, pending, isKept }).toEqual({ k, pending: null, isKept: true });
      // What failed once works the next time.
      expect({ k, again: hasFailed ? await work(store) : said }).toEqual({ k, again: [] });
      expect({ k, isSaved: store.getState().model?.isSaved }).toEqual({ k, isSaved: true });
    }
    expect(nSaid).toBeGreaterThan(3);
    expect(k).toBeGreaterThan(8);
  },
);
