import type { CellRow } from '#jobs/dataset/cell.ts';
import { settleCase } from '#jobs/prediction/settle-case.ts';
import type { ScenarioCase } from '#registry/records.ts';
import type { Desk, GetState, SetState } from './desk.ts';
import type { Scenario, ScenarioSlice } from './state.ts';

/** Cells change with every key pressed; the registry is told once they have rested this long. */
const SAVE_AFTER_MS = 300;

export function createScenarioSlice(set: SetState, get: GetState, desk: Desk): ScenarioSlice {
  const { heavy, today } = desk.services;
  let saving: ReturnType<typeof setTimeout> | undefined;

  function keepSoon(): void {
    clearTimeout(saving);
    saving = setTimeout(() => void keep(), SAVE_AFTER_MS);
  }

  async function keep(): Promise<void> {
    const { model, scenario, reference, targetDuration } = get();
    if (!model || !scenario || !reference) return;
    const record = {
      modelId: model.id,
      scenario: withoutPrediction(scenario),
      reference: withoutPrediction(reference),
      targetDuration,
    };
    await desk.save((registry) => registry.saveScenario(record));
  }

  const predictScenario = createLatestOnly(async () => {
    const { scenario } = get();
    if (!scenario) return;
    try {
      const [prediction] = await predictCases(get, desk, [scenario.cells]);
      if (prediction) set(({ scenario: now }) => (now ? { scenario: { ...now, prediction } } : {}));
    } catch (thrown) {
      desk.report(thrown, 'predicting');
    }
  });

  function startBoth(start: ScenarioCase): Promise<void> {
    keepSoon();
    return startScenario(set, get, desk, start, start);
  }

  return {
    scenario: null,
    reference: null,
    targetDuration: null,

    setTargetDuration: (duration) => {
      set({ targetDuration: duration });
      predictScenario();
      keepSoon();
    },

    setCell: (featureIndex, value) => {
      const { scenario, model } = get();
      if (!scenario || !model) return;
      const cells = settleCase(model.summary.features, scenario.cells, featureIndex, value);
      set({ scenario: { ...scenario, cells } });
      predictScenario();
      keepSoon();
    },

    resetScenario: () => {
      set(({ reference }) => ({ scenario: reference }));
      keepSoon();
    },

    setAsReference: () => {
      const { scenario, reference } = get();
      if (!scenario || !reference) return;
      const isChanged = scenario.cells.some((cell, i) => cell !== reference.cells[i]);
      const own = { ...scenario, isOwn: scenario.isOwn || isChanged };
      set({ scenario: own, reference: own });
      keepSoon();
    },

    startFromOutage: async (row) => {
      try {
        const datasetId = await desk.ensureDataset();
        const modelId = await desk.ensureModel(heavy);
        const { cells, actual } = await heavy.run('past-case', { datasetId, modelId, row, today: today() });
        await startBoth({ cells, origin: { row, actual } });
      } catch (thrown) {
        desk.report(thrown, 'predicting');
      }
    },

    startFromTypical: () => {
      const { model } = get();
      if (!model) return;
      void startBoth({ cells: model.summary.features.map((feature) => feature.typical), origin: null });
    },
  };
}

/** Shows a case and its reference, and has both predicted. */
export async function startScenario(
  set: SetState,
  get: GetState,
  desk: Desk,
  scenario: ScenarioCase,
  reference: ScenarioCase,
): Promise<void> {
  const start = { isOwn: false, ...scenario, prediction: null };
  const from = { isOwn: false, ...reference, prediction: null };
  set({ scenario: start, reference: from });
  try {
    const [answer, answerFrom] = await predictCases(get, desk, [start.cells, from.cells]);
    const now = get();
    if (answer && now.scenario?.cells === start.cells)
      set({ scenario: { ...now.scenario, prediction: answer } });
    if (answerFrom && now.reference?.cells === from.cells) {
      set({ reference: { ...now.reference, prediction: answerFrom } });
    }
  } catch (thrown) {
    desk.report(thrown, 'predicting');
  }
}

async function predictCases(get: GetState, desk: Desk, cases: readonly CellRow[]) {
  const { live } = desk.services;
  const modelId = await desk.ensureModel(live);
  const atMost = get().targetDuration;
  return live.run('predict', { modelId, cases, ...(atMost !== null && { atMost }) });
}

/** While `task` runs, any number of calls ask for just one more run after it: what is typed fast is answered last. */
function createLatestOnly(task: () => Promise<void>): () => void {
  let isRunning = false;
  let isAskedAgain = false;
  return function ask(): void {
    isAskedAgain = true;
    if (isRunning) return;
    isRunning = true;
    void (async () => {
      while (isAskedAgain) {
        isAskedAgain = false;
        await task();
      }
      isRunning = false;
    })();
  };
}

function withoutPrediction({ cells, origin, isOwn }: Scenario): ScenarioCase {
  return { cells, origin, isOwn };
}
