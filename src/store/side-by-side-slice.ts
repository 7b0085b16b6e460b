import type { Effects } from './effects.ts';
import { createLatestSignal } from './latest-signal.ts';
import type { GetState, SetState, SideBySideSlice } from './state.ts';

export function createSideBySideSlice(set: SetState, get: GetState, effects: Effects): SideBySideSlice {
  const begin = createLatestSignal();
  return {
    sideBySide: null,

    compareNamed: async (named, atMost, link) => {
      const signal = begin();
      if (!get().model || named.length === 0) {
        set({ sideBySide: null });
        return;
      }
      const cases = named.map(({ cells }) => cells);
      const asked = atMost === null ? { cases } : { cases, atMost };
      try {
        const modelId = await effects.models.ensure('prediction');
        const predictions = await effects.run('predict', { modelId, ...asked }, { signal });
        if (signal.aborted) return;
        const answer = { named, atMost, link, predictions, comparison: null, progress: null };
        set({ sideBySide: answer });
        if (named.length < 2) return;
        await effects.models.ensure('training');
        const comparison = await effects.run(
          'compare-scenarios',
          { modelId, ...asked, from: 'form', link },
          {
            signal,
            onProgress: (progress) => !signal.aborted && set({ sideBySide: { ...answer, progress } }),
          },
        );
        if (!signal.aborted) set({ sideBySide: { ...answer, comparison } });
      } catch (thrown) {
        if (!signal.aborted) effects.report(thrown, 'predicting');
      }
    },
  };
}
