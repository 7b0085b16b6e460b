import type { CellRow } from '#data/cell.ts';
import type { Effects } from './effects.ts';
import { createLatestSignal } from './latest-signal.ts';
import type { AppState, GetState, Scenario, SetState } from './state.ts';

/** What is asked beside the duration of a case: the chance to meet a target, and how much longer. */
export function askedBeside({ targetDuration, elapsed }: Pick<AppState, 'targetDuration' | 'elapsed'>): {
  readonly atMost?: number;
  readonly elapsed?: number;
} {
  return {
    ...(targetDuration !== null && { atMost: targetDuration }),
    ...(elapsed !== null && { elapsed }),
  };
}

/**
 * Answers cells left open by a fit without their columns, where the data of the training are open: seconds, in the
 * training worker. Until then, and without it, the wide estimate stands.
 */
export function createOpenCaseAnswers(set: SetState, get: GetState, effects: Effects) {
  const begin = createLatestSignal();
  /** The cases whose shown answer is such a fit's. */
  const answered = new WeakSet<CellRow>();

  /** The wide estimate is all there is of it so far. */
  function isWide(asked: Scenario | null): boolean {
    return asked?.prediction?.open?.way === 'wide';
  }

  async function answer(which: 'scenario' | 'reference', cells: CellRow, signal: AbortSignal): Promise<void> {
    const both = await effects.openBoth({ signal });
    const { model } = get();
    const settings = model?.result?.settings ?? null;
    const found = await effects.run(
      'predict-open',
      { ...both, cells, settings, ...askedBeside(get()) },
      {
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) set({ refitting: { cells, progress } });
        },
      },
    );
    if (signal.aborted) return;
    if (found) {
      answered.add(cells);
      const { prediction, explanation } = found;
      // The two are one case until something is changed.
      set(({ scenario, reference }) => ({
        ...(scenario?.cells === cells && { scenario: { ...scenario, prediction } }),
        ...(reference?.cells === cells && { reference: { ...reference, prediction } }),
      }));
      if (get().scenario?.cells === cells) set({ caseExplanation: { cells, explanation, similar: null } });
    }
    const { scenario } = get();
    if (which === 'reference' || scenario?.cells !== cells) return;
    set({ refitting: null });
    const except = scenario.origin && { exceptRow: scenario.origin.row };
    const similar = await effects.run('similar-cases', { ...both, cells, ...except }, { signal });
    const shown = get().caseExplanation;
    if (!signal.aborted && shown?.cells === cells) set({ caseExplanation: { ...shown, similar } });
  }

  return {
    isAnswered: (cells: CellRow): boolean => answered.has(cells),

    /** The estimate there is will do, or another case is asked about. */
    stop(): void {
      begin();
      if (get().refitting) set({ refitting: null });
    },

    /** Asks for what is wide, the scenario first; `isAskedAnew` where the target has changed. Nothing without data. */
    async run(isAskedAnew = false): Promise<void> {
      const { scenario, reference, dataset, refitting } = get();
      const isUnderWay = refitting !== null && refitting.cells === scenario?.cells;
      if (!dataset || (isUnderWay && !isAskedAnew)) return;
      const isOpen = isWide(scenario) || (isAskedAnew && scenario?.prediction?.open);
      if (!isOpen && !isWide(reference)) return;
      const signal = begin();
      try {
        if (scenario && isOpen) {
          set({ refitting: { cells: scenario.cells, progress: null } });
          await answer('scenario', scenario.cells, signal);
        }
        const now = get().reference;
        if (!signal.aborted && now && isWide(now)) await answer('reference', now.cells, signal);
      } catch (thrown) {
        if (!signal.aborted) effects.report(thrown, 'predicting');
      } finally {
        if (!signal.aborted && get().refitting) set({ refitting: null });
      }
    },
  };
}
