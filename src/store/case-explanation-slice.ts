import type { Effects } from './effects.ts';
import { createLatestSignal } from './latest-signal.ts';
import type { GetState, SetState } from './state.ts';
import type { CaseExplanationSlice } from './explanation-state.ts';

export function createCaseExplanationSlice(
  set: SetState,
  get: GetState,
  effects: Effects,
): CaseExplanationSlice {
  const begin = createLatestSignal();

  return {
    caseExplanation: null,

    explainScenario: async (cells) => {
      const signal = begin();
      const { scenario } = get();
      if (scenario?.cells !== cells) return;
      // What a fit without the open cells said is explained with its answer.
      const isExplained = () => {
        const shown = get().caseExplanation;
        return shown?.cells === cells && get().scenario?.prediction?.open?.way === 'refit';
      };
      if (isExplained()) return;
      const { origin } = scenario;
      const isCurrent = () => !signal.aborted && get().scenario?.cells === cells;
      try {
        const modelId = await effects.models.ensure('prediction');
        const explanation = await effects.run('explain-case', { modelId, cells }, { signal });
        if (!isCurrent() || isExplained()) return;
        set({ caseExplanation: { cells, explanation, similar: null } });
        // Those like a case with open cells are looked for by the fit that it takes.
        if (explanation !== null && explanation.waterfall === null) {
          await get().answerOpenCells();
          return;
        }
        // The table is where it was read, and there it may wait for a training to yield.
        if (!get().dataset) return;
        const both = await effects.openBoth({ signal });
        const request = { ...both, cells, ...(origin && { exceptRow: origin.row }) };
        const similar = await effects.run('similar-cases', request, { signal });
        if (isCurrent()) set({ caseExplanation: { cells, explanation, similar } });
      } catch (thrown) {
        if (!signal.aborted) effects.report(thrown, 'predicting');
      }
    },
  };
}
