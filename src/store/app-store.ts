import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import { createChallengeSlice } from './challenge-slice.ts';
import { createCleaningSlice } from './cleaning-slice.ts';
import { createDataSlice } from './data-slice.ts';
import { createDesk } from './desk.ts';
import { createEvaluationSlice } from './evaluation-slice.ts';
import { createInsightSlice } from './insight-slice.ts';
import { createOutageSlice } from './outage-slice.ts';
import { createReasonsSlice } from './reasons-slice.ts';
import { createScenarioSlice } from './scenario-slice.ts';
import type { Services } from './services.ts';
import { createSessionSlice } from './session-slice.ts';
import { createSettingsSlice } from './settings-slice.ts';
import type { AppState } from './state.ts';
import { createTrainingSlice } from './training-slice.ts';

/** The store over the given services. Nothing is opened before `restore()`, no worker started before a job. */
export function createAppStore(services: Services): StoreApi<AppState> {
  return createStore<AppState>((set, get) => {
    const desk = createDesk(services, set, get);
    return {
      ...createDataSlice(set, get, desk),
      ...createCleaningSlice(set, get, desk),
      ...createTrainingSlice(set, get, desk),
      ...createEvaluationSlice(set, desk),
      ...createScenarioSlice(set, get, desk),
      ...createReasonsSlice(set, get, desk),
      ...createInsightSlice(set, get, desk),
      ...createOutageSlice(set, get, desk),
      ...createChallengeSlice(set, get, desk),
      ...createSettingsSlice(set, desk),
      ...createSessionSlice(set, get, desk),
    };
  });
}
