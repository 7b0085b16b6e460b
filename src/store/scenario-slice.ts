import type { Instant } from '#base/instant.ts';
import { buildDefaultCase, changeCell } from '#inference/default-case.ts';
import type { FormFeature, ModelSummary } from '#inference/contract.ts';
import type { ScenarioCase, ScenarioRecord } from '#registry/records.ts';
import type { UnseenAnswer } from '#jobs/prediction/contract.ts';
import type { Effects } from './effects.ts';
import { createOutageRequest } from './learning-request.ts';
import { askedBeside, createOpenCaseAnswers } from './open-case.ts';
import { isTrainingData } from './training-data.ts';
import { type AppState, type GetState, type SetState, type Scenario, type ScenarioSlice } from './state.ts';

/** Cells change with every key pressed; the registry is told once they have rested this long. */
const SAVE_AFTER_MS = 300;

export function createScenarioSlice(set: SetState, get: GetState, effects: Effects): ScenarioSlice {
  let saving: ReturnType<typeof setTimeout> | undefined;

  function keepSoon(): void {
    clearTimeout(saving);
    saving = setTimeout(() => void keep(), SAVE_AFTER_MS);
  }

  async function keep(): Promise<void> {
    const record = listScenario(get());
    if (record) await effects.registry.save(['scenario'], (registry) => registry.saveScenario(record));
  }

  const openCase = createOpenCaseAnswers(set, get, effects);

  const predictScenario = createLatestOnly(async () => {
    const { scenario } = get();
    if (!scenario) return;
    const { cells } = scenario;
    try {
      const answer = await answerScenario(get, effects, scenario);
      // What a fit has answered is not taken back for the wide estimate: only its probability is to be asked anew.
      const isAnswered = openCase.isAnswered(cells) && get().scenario?.cells === cells;
      if (answer && !isAnswered) set(({ scenario: now }) => (now ? { scenario: { ...now, ...answer } } : {}));
      void openCase.run(isAnswered);
    } catch (thrown) {
      effects.report(thrown, 'predicting');
    }
  });

  /** Another outage is not to be over by the same time. */
  function startBoth(start: ScenarioCase): Promise<void> {
    set({ targetDuration: null, elapsed: null });
    keepSoon();
    return startScenario(set, get, effects, start, start);
  }

  return {
    scenario: null,
    reference: null,
    targetDuration: null,
    elapsed: null,
    refitting: null,
    planSettings: null,

    setPlanSettings: (planSettings) => {
      set({ planSettings });
      keepSoon();
    },

    tryCells: (cells) => {
      const { scenario } = get();
      if (!scenario) return;
      const changed = cells.flatMap((cell, i) => (cell === scenario.cells[i] ? [] : [i]));
      openCase.stop();
      const typed = [...new Set([...(scenario.typed ?? []), ...changed])];
      set({ scenario: { ...scenario, cells, typed } });
      predictScenario();
      keepSoon();
    },

    answerOpenCells: () => openCase.run(),
    keepWideEstimate: () => openCase.stop(),

    setTargetDuration: (duration) => {
      set({ targetDuration: duration });
      predictScenario();
      keepSoon();
    },

    setElapsed: (elapsed) => {
      set({ elapsed });
      predictScenario();
      keepSoon();
    },

    setCell: (featureIndex, value) => {
      const { scenario, model } = get();
      if (!scenario || !model) return;
      const typed = new Set([...(scenario.typed ?? []), featureIndex]);
      const asking = { ...model.summary, today: effects.today() };
      const cells = changeCell(asking, scenario.cells, featureIndex, value, typed);
      const isOtherUnit =
        namesUnit(model.summary.features[featureIndex]) && value !== scenario.cells[featureIndex];
      openCase.stop();
      set({
        scenario: { ...scenario, cells, typed: [...typed] },
        ...(isOtherUnit && { targetDuration: null, elapsed: null }),
      });
      predictScenario();
      keepSoon();
    },

    resetScenario: () => {
      openCase.stop();
      set(({ reference }) => ({ scenario: reference }));
      void openCase.run();
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
        const asked = { ...(await effects.openBoth()), row };
        const { cells, actual, announced } = await effects.run('past-case', asked);
        const origin = { row, actual, ...(announced !== null && { announced }) };
        await startBoth({ cells, origin, isOwn: false });
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

/** The cases on show as they are kept; null without any. */
export function listScenario({
  model,
  scenario,
  reference,
  targetDuration,
  elapsed,
  planSettings,
}: Pick<
  AppState,
  'model' | 'scenario' | 'reference' | 'targetDuration' | 'elapsed' | 'planSettings'
>): ScenarioRecord | null {
  if (!model || !scenario || !reference) return null;
  return {
    modelId: model.id,
    scenario: withoutPrediction(scenario),
    reference: withoutPrediction(reference),
    targetDuration,
    ...(elapsed !== null && { elapsed }),
    ...(planSettings && { plan: planSettings }),
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
  get().keepWideEstimate();
  const start = { ...scenario, prediction: null };
  const from = { ...reference, prediction: null };
  set({ scenario: start, reference: from });
  try {
    const answer = await answerScenario(get, effects, start);
    const now = get();
    if (answer && now.scenario?.cells === start.cells) set({ scenario: { ...now.scenario, ...answer } });
    const answerFrom = from.cells === start.cells ? answer : await answerScenario(get, effects, from);
    const then = get();
    if (answerFrom && then.reference?.cells === from.cells) {
      set({ reference: { ...then.reference, ...answerFrom } });
    }
    void now.answerOpenCells();
  } catch (thrown) {
    effects.report(thrown, 'predicting');
  }
}

type Answer = Pick<Scenario, 'prediction' | 'unseenCurve'>;

/** Of a past outage that nothing was changed of, what the model says without having learnt it; else what it says. */
async function answerScenario(
  get: GetState,
  effects: Effects,
  scenario: ScenarioCase,
): Promise<Answer | null> {
  const unseen = await answerUnseen(get, effects, scenario);
  if (unseen) return { prediction: unseen.prediction, unseenCurve: unseen.curve };
  const modelId = await effects.models.ensure('prediction');
  const request = { modelId, cases: [scenario.cells], ...askedBeside(get()) };
  const [prediction] = await effects.run('predict', request);
  return prediction ? { prediction, unseenCurve: null } : null;
}

async function answerUnseen(
  get: GetState,
  effects: Effects,
  { origin, isOwn, typed = [] }: ScenarioCase,
): Promise<UnseenAnswer | null> {
  const { model } = get();
  if (origin === null || isOwn || typed.length > 0 || !model?.result || !isTrainingData(get())) return null;
  const both = await effects.openBoth();
  const asked = createOutageRequest(model.result, get(), both.today);
  return effects.run('unseen-answer', {
    ...both,
    ...asked,
    row: origin.row,
    ...askedBeside(get()),
  });
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

/** Another one is another outage. */
function namesUnit(feature: FormFeature | undefined): boolean {
  return feature?.role === 'group';
}

function withoutPrediction({ cells, origin, isOwn, typed = [] }: Scenario): ScenarioCase {
  return { cells, origin, isOwn, typed };
}
