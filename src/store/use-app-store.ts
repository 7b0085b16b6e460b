import { useStore } from 'zustand';
import { createRandomId } from '#registry/random-id.ts';
import { openRegistry } from '#registry/indexeddb-registry.ts';
import { startSecondOpinionWorker, startJobWorker } from '#worker/client/start-worker.ts';
import { createWorkerRunner } from '#worker/client/worker-runner.ts';
import { createAppStore } from './app-store.ts';
import { readPreferences } from './preferences.ts';
import type { AppState } from './state.ts';
import { readTabId } from './tab-id.ts';

/** The app's one store, in the browser. */
export const appStore = createAppStore({
  workers: {
    training: createWorkerRunner(startJobWorker),
    prediction: createWorkerRunner(startJobWorker),
    opening: createWorkerRunner(startJobWorker),
    'second-opinion': createWorkerRunner(startSecondOpinionWorker),
  },
  openRegistry: (onEnd) => openRegistry(onEnd, readTabId()),
  preferences: readPreferences(),
  createId: createRandomId,
  today: () => Date.now(),
  now: () => performance.now(),
});

/** Reads the store in a component, which renders again when what `select` gives has changed. */
export function useAppStore<Selected>(select: (state: AppState) => Selected): Selected {
  return useStore(appStore, select);
}
