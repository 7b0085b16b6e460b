import type { CellRow } from '#data/cell.ts';
import type { Instant } from '#base/instant.ts';
import { buildDefaultCase, changeCell } from '#inference/default-case.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { ScenarioCase } from '#registry/records.ts';
import type { Effects } from './effects.ts';
import { type GetState, type SetState, type Scenario, type ScenarioSlice } from './state.ts';

/** Cells change with every key pressed; the registry is told once they have rested this long. */
const SAVE_AFTER_MS = 300;

export function createScenarioSlice(set: SetState, get: GetState, effects: Effects): ScenarioSlice {
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
    await effects.registry.save((registry) => registry.saveScenario(record));
  }

  const predictScenario = createLatestOnly(async () => {
    const { scenario } = get();
    if (!scenario) return;
    try {
      const [prediction] = await predictCases(get, effects, [scenario.cells]);
      if (prediction) set(({ scenario: now }) => (now ? { scenario: { ...now, prediction } } : {}));
    } catch (thrown) {
      effects.report(thrown, 'predicting');
    }
  });

  function startBoth(start: ScenarioCase): Promise<void> {
    keepSoon();
    return startScenario(set, get, effects, start, start);
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
      const typed = new Set([...(scenario.typed ?? []), featureIndex]);
      const asking = { ...model.summary, today: effects.today() };
      const cells = changeCell(asking, scenario.cells, featureIndex, value, typed);
      set({ scenario: { ...scenario, cells, typed: [...typed] } });
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
        const { cells, actual } = await effects.run('past-case', { ...(await effects.openBoth()), row });
        await startBoth({ cells, origin: { row, actual }, isOwn: false });
      } catch (thrown) {
        effects.report(thrown, 'predicting');
      }
    },

    startFromDefault: () => {
      const { model } = get();
      if (!model) return;
      void startBoth(createDefaultCase(model.summary, effects.today()));
    },
  };
}

/** The case a form begins with: the outage to come. */
export function createDefaultCase(summary: ModelSummary, today: Instant): ScenarioCase {
  return { cells: buildDefaultCase({ ...summary, today }), origin: null, isOwn: false };
}

/** Shows a case and its reference, and has both predicted. */
export async function startScenario(
  set: SetState,
  get: GetState,
  effects: Effects,
  scenario: ScenarioCase,
  reference: ScenarioCase,
): Promise<void> {
  const start = { ...scenario, prediction: null };
  const from = { ...reference, prediction: null };
  set({ scenario: start, reference: from });
  try {
    const [answer, answerFrom] = await predictCases(get, effects, [start.cells, from.cells]);
    const now = get();
    if (answer && now.scenario?.cells === start.cells)
      set({ scenario: { ...now.scenario, prediction: answer } });
    if (answerFrom && now.reference?.cells === from.cells) {
      set({ reference: { ...now.reference, prediction: answerFrom } });
    }
  } catch (thrown) {
    effects.report(thrown, 'predicting');
  }
}

async function predictCases(get: GetState, effects: Effects, cases: readonly CellRow[]) {
  const modelId = await effects.models.ensure('prediction');
  const atMost = get().targetDuration;
  return effects.run('predict', { modelId, cases, ...(atMost !== null && { atMost }) });
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

function withoutPrediction({ cells, origin, isOwn, typed = [] }: Scenario): ScenarioCase {
  return { cells, origin, isOwn, typed };
}
