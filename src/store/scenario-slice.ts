import type { Instant } from '#base/instant.ts';
import { buildDefaultCase, changeCell } from '#inference/default-case.ts';
import type { FormFeature, ModelSummary } from '#inference/contract.ts';
import type { ScenarioBook, ScenarioCase, ScenarioRecord } from '#registry/records.ts';
import type { UnseenAnswer } from '#jobs/prediction/contract.ts';
import type { Effects } from './effects.ts';
import { createOutageRequest } from './learning-request.ts';
import { askedBeside, createOpenCaseAnswers } from './open-case.ts';
import {
  findFreeName,
  logStep,
  moveNamed,
  noSteps,
  readBook,
  takeAgain,
  takeBack,
  toRecord,
} from './scenario-book.ts';
import { MOST_SCENARIOS } from '#planning/contract.ts';
import { isTrainingData } from './training-data.ts';
import { type AppState, type GetState, type SetState, type Scenario, type ScenarioSlice } from './state.ts';

/** Cells change with every key pressed; the registry is told once they have rested this long. */
const SAVE_AFTER_MS = 300;
/** Changes of one field that follow so soon are one step to take back. */
const GOES_ON_MS = 600;

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

  /** What was changed last, and when. */
  let lastStep: { readonly of: string | null; readonly at: number } | null = null;

  /** Has a change of the state be one that can be taken back. Of the same field again soon after, the two are one; null: of none. */
  function edit(of: string | null, change: () => void): void {
    const before = readBook(get());
    change();
    const after = readBook(get());
    if (!before || !after) return;
    const at = effects.now();
    const goesOn = of !== null && lastStep?.of === of && at - lastStep.at < GOES_ON_MS;
    const scenarioLog = logStep(get().scenarioLog, before, after, goesOn);
    if (scenarioLog !== get().scenarioLog) lastStep = { of, at };
    set({ scenarioLog });
    keepSoon();
  }

  function moveInLog(move: ReturnType<typeof takeBack>): void {
    if (!move) return;
    lastStep = null;
    set({ scenarioLog: move.log });
    showBook(move.changes);
    keepSoon();
  }

  function showBook({ scenario, reference, plan, ...others }: Partial<ScenarioBook>): void {
    set({ ...others, ...(plan !== undefined && { planSettings: plan }) });
    const now = get();
    if (!now.scenario || !now.reference) return;
    if (scenario || reference) {
      void startScenario(set, get, effects, scenario ?? now.scenario, reference ?? now.reference);
    } else if ('targetDuration' in others || 'elapsed' in others) predictScenario();
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
    let answered = Promise.resolve();
    edit(null, () => {
      set({ targetDuration: null, elapsed: null });
      answered = startScenario(set, get, effects, start, start);
    });
    return answered;
  }

  return {
    scenario: null,
    reference: null,
    targetDuration: null,
    elapsed: null,
    refitting: null,
    planSettings: null,
    named: [],
    scenarioLog: noSteps,

    undoScenario: () => moveInLog(takeBack(get().scenarioLog)),
    redoScenario: () => moveInLog(takeAgain(get().scenarioLog)),

    setPlanSettings: (planSettings) => edit('plan', () => set({ planSettings })),

    nameScenario: (name) => {
      const { scenario, named } = get();
      if (!scenario || named.length >= MOST_SCENARIOS) return;
      const added = { id: effects.createId(), name: findFreeName(named, name), cells: scenario.cells };
      edit(null, () => set({ named: [...named, added] }));
    },
    renameScenario: (id, name) => {
      const { named } = get();
      const others = named.filter((each) => each.id !== id);
      const free = findFreeName(others, name.trim());
      if (name.trim() === '') return;
      edit(`name ${id}`, () =>
        set({ named: named.map((each) => (each.id === id ? { ...each, name: free } : each)) }),
      );
    },
    duplicateScenario: (id) => {
      const { named } = get();
      const at = named.findIndex((each) => each.id === id);
      const original = named[at];
      if (!original || named.length >= MOST_SCENARIOS) return;
      const copy = { ...original, id: effects.createId(), name: findFreeName(named, original.name) };
      edit(null, () => set({ named: [...named.slice(0, at + 1), copy, ...named.slice(at + 1)] }));
    },
    removeScenario: (id) =>
      edit(null, () => set(({ named }) => ({ named: named.filter((each) => each.id !== id) }))),
    moveScenario: (id, by) => edit(null, () => set(({ named }) => ({ named: moveNamed(named, id, by) }))),
    overwriteScenario: (id) => {
      const { scenario } = get();
      if (!scenario) return;
      const { cells } = scenario;
      edit(null, () =>
        set(({ named }) => ({ named: named.map((each) => (each.id === id ? { ...each, cells } : each)) })),
      );
    },

    tryCells: (cells) => {
      const { scenario } = get();
      if (!scenario) return;
      const changed = cells.flatMap((cell, i) => (cell === scenario.cells[i] ? [] : [i]));
      openCase.stop();
      const typed = [...new Set([...(scenario.typed ?? []), ...changed])];
      edit(null, () => set({ scenario: { ...scenario, cells, typed } }));
      predictScenario();
    },

    answerOpenCells: () => openCase.run(),
    keepWideEstimate: () => openCase.stop(),

    setTargetDuration: (duration) => {
      edit('target', () => set({ targetDuration: duration }));
      predictScenario();
    },

    setElapsed: (elapsed) => {
      edit('elapsed', () => set({ elapsed }));
      predictScenario();
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
      edit(`cell ${featureIndex}`, () =>
        set({
          scenario: { ...scenario, cells, typed: [...typed] },
          ...(isOtherUnit && { targetDuration: null, elapsed: null }),
        }),
      );
      predictScenario();
    },

    resetScenario: () => {
      openCase.stop();
      edit(null, () => set(({ reference }) => ({ scenario: reference })));
      void openCase.run();
    },

    setAsReference: () => {
      const { scenario, reference } = get();
      if (!scenario || !reference) return;
      const isChanged = scenario.cells.some((cell, i) => cell !== reference.cells[i]);
      const own = { ...scenario, isOwn: scenario.isOwn || isChanged };
      edit(null, () => set({ scenario: own, reference: own }));
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
export function listScenario(
  state: Parameters<typeof readBook>[0] & Pick<AppState, 'model' | 'scenarioLog'>,
): ScenarioRecord | null {
  const book = readBook(state);
  return state.model && book && toRecord(state.model.id, book, state.scenarioLog);
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
