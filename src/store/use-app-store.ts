import { useStore } from 'zustand';
import { createRandomId } from '#registry/random-id.ts';
import { openRegistry } from '#registry/indexeddb-registry.ts';
import { openTabChannel } from '#registry/tab-channel.ts';
import { startSecondOpinionWorker, startJobWorker } from '#worker/client/start-worker.ts';
import { createWorkerRunner } from '#worker/client/worker-runner.ts';
import { createAppStore } from './app-store.ts';
import { readPreferences } from './preferences.ts';
import type { AppState } from './state.ts';
import { readTabId } from './tab-id.ts';
import { createTrainingNotes } from './training-notes.ts';

const tab = readTabId();
const channel = openTabChannel(tab);

/** The app's one store, in the browser. */
export const appStore = createAppStore({
  workers: {
    training: createWorkerRunner(startJobWorker),
    prediction: createWorkerRunner(startJobWorker),
    opening: createWorkerRunner(startJobWorker),
    'second-opinion': createWorkerRunner(startSecondOpinionWorker),
  },
  openRegistry: (events) => openRegistry(events, tab),
  preferences: readPreferences(),
  trainingNotes: createTrainingNotes(tab, channel, () => localStorage),
  createId: createRandomId,
  today: () => Date.now(),
  now: () => performance.now(),
});

/** Reads the store in a component, which renders again when what `select` gives has changed. */
export function useAppStore<Selected>(select: (state: AppState) => Selected): Selected {
  return useStore(appStore, select);
}
