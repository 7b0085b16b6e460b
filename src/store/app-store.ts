import { type StoreApi, createStore } from 'zustand/vanilla';
import { createArrivalSlice } from './arrival-slice.ts';
import { createSecondOpinionSlice } from './second-opinion-slice.ts';
import { createFactorsSlice } from './factors-slice.ts';
import { createCleaningSlice } from './cleaning-slice.ts';
import { createDataSlice } from './data-slice.ts';
import { createEffects } from './effects.ts';
import { createEvaluationSlice } from './evaluation-slice.ts';
import { createExplanationSlice } from './explanation-slice.ts';
import { createFollowUpSlice } from './follow-up-slice.ts';
import { createForecastSlice } from './forecast-slice.ts';
import { createIntakeSlice } from './intake-slice.ts';
import { createOutageSlice } from './outage-slice.ts';
import { createCaseExplanationSlice } from './case-explanation-slice.ts';
import { createPlanningSlice } from './planning-slice.ts';
import { createProjectSlice } from './project-slice.ts';
import { createScenarioSlice } from './scenario-slice.ts';
import type { Services } from './services.ts';
import { createSessionSlice } from './session-slice.ts';
import { createSettingsSlice } from './settings-slice.ts';
import type { AppState } from './state.ts';
import { createTrainingSlice } from './training-slice.ts';
import { createVersionsSlice } from './versions-slice.ts';

/** The store over the given services. Nothing is opened before `restore()`, no worker started before a job. */
export function createAppStore(services: Services): StoreApi<AppState> {
  return createStore<AppState>((set, get) => {
    const effects = createEffects(services, set, get);
    return {
      ...createDataSlice(set, get, effects),
      ...createCleaningSlice(set, get, effects),
      ...createFactorsSlice(set, get, effects),
      ...createTrainingSlice(set, get, effects),
      ...createEvaluationSlice(set, get, effects),
      ...createScenarioSlice(set, get, effects),
      ...createCaseExplanationSlice(set, get, effects),
      ...createExplanationSlice(set, get, effects),
      ...createOutageSlice(set, get, effects),
      ...createSecondOpinionSlice(set, get, effects),
      ...createForecastSlice(set, get, effects),
      ...createIntakeSlice(set, get, effects),
      ...createPlanningSlice(set, get, effects),
      ...createVersionsSlice(set, get, effects),
      ...createFollowUpSlice(set, get, effects),
      ...createProjectSlice(set, get, effects),
      ...createArrivalSlice(set, get, effects),
      ...createSettingsSlice(set, effects),
      ...createSessionSlice(set, get, effects),
    };
  });
}
