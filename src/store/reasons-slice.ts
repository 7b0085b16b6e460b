import type { CellRow } from '#jobs/cell.ts';
import type { CaseExplanation, SimilarCases } from '#jobs/prediction.ts';
import type { Desk, GetState, SetState } from './desk.ts';

/** Why the model answers a case what it answers. */
export interface Reasons {
  /** The case they are the reasons of: by identity, the scenario's own. */
  readonly cells: CellRow;
  /** Null for a model file that lacks what it takes. */
  readonly explanation: CaseExplanation | null;
  /** Null until found, and without open data. */
  readonly similar: SimilarCases | null;
}

export interface ReasonsSlice {
  /** Those of the last case that was asked about; null until the first. */
  readonly reasons: Reasons | null;
  /** Finds the reasons of the scenario as it is; a newer call cancels the older one. */
  readonly explainScenario: () => Promise<void>;
}

export function createReasonsSlice(set: SetState, get: GetState, desk: Desk): ReasonsSlice {
  const { heavy, live, today } = desk.services;
  let running = new AbortController();

  return {
    reasons: null,

    explainScenario: async () => {
      running.abort();
      running = new AbortController();
      const { signal } = running;
      const { scenario } = get();
      if (!scenario) return;
      const { cells, origin } = scenario;
      const isCurrent = () => !signal.aborted && get().scenario?.cells === cells;
      try {
        const modelId = await desk.ensureModel(live);
        const explanation = await live.run('explain-case', { modelId, cells }, { signal });
        if (!isCurrent()) return;
        set({ reasons: { cells, explanation, similar: null } });
        // The table is where it was read, and there it may wait for a training to breathe.
        if (!get().dataset) return;
        const datasetId = await desk.ensureDataset({ signal });
        await desk.ensureModel(heavy);
        const exceptRow = origin ? { exceptRow: origin.row } : {};
        const request = { modelId, datasetId, cells, today: today(), ...exceptRow };
        const similar = await heavy.run('similar-cases', request, { signal });
        if (isCurrent()) set({ reasons: { cells, explanation, similar } });
      } catch (thrown) {
        if (!signal.aborted) desk.report(thrown, 'predicting');
      }
    },
  };
}
