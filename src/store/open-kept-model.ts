import { toAppError } from '#base/errors.ts';
import type { KeptModel, ReadProblem } from '#registry/records.ts';
import type { Effects } from './effects.ts';
import { createDefaultCase, startScenario } from './scenario-slice.ts';
import type { GetState, SetState } from './state.ts';

/** Puts a kept model on show with its scenario. Gives what could not be read of it, or kept it from opening. */
export async function openKeptModel(
  set: SetState,
  get: GetState,
  effects: Effects,
  { model, scenario, secondOpinion, problems }: KeptModel,
): Promise<readonly ReadProblem[]> {
  const { id, text, result, fromSample, isInFile = false } = model;
  effects.models.hold(id, text);
  try {
    const summary = await effects.models.open(id, 'prediction');
    set({
      model: { id, summary, result, fromSample, isStale: false, isSaved: true, isInFile },
      secondOpinion,
      targetDuration: scenario?.targetDuration ?? null,
      elapsed: scenario?.elapsed ?? null,
      planSettings: scenario?.plan ?? null,
    });
    const first = createDefaultCase(summary, effects.today());
    await startScenario(set, get, effects, scenario?.scenario ?? first, scenario?.reference ?? first);
    return problems;
  } catch (thrown) {
    effects.models.release(id);
    return [toAppError(thrown)];
  }
}
