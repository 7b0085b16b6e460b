import type { RunOptions } from '#worker/client/job-runner.ts';
import type { GetState, SetState, Work } from './state.ts';

/** The one long work there may be at a time, with its progress and its endings. */
export function createLongWork(
  now: () => number,
  report: (thrown: unknown, during: Work['kind']) => void,
  set: SetState,
  get: GetState,
) {
  let endings: { readonly cancel: AbortController; readonly stop: AbortController } | null = null;
  return {
    /**
     * Runs it, showing its progress; refuses (false) while another runs. Its error becomes the problem on show, a cancel
     * is none.
     */
    async run(
      kind: Work['kind'],
      task: (options: RunOptions) => Promise<void>,
      { canStop = false } = {},
    ): Promise<boolean> {
      if (get().work) return false;
      const mine = { cancel: new AbortController(), stop: new AbortController() };
      endings = mine;
      set({ work: { kind, startedAt: now(), progress: null, canStop, ending: null }, problem: null });
      try {
        await task({
          signal: mine.cancel.signal,
          stop: mine.stop.signal,
          onProgress: (progress) => set(({ work }) => (work ? { work: { ...work, progress } } : {})),
        });
      } catch (thrown) {
        report(thrown, kind);
      } finally {
        endings = null;
        set({ work: null });
      }
      return true;
    },

    end(ending: 'stop' | 'cancel'): void {
      set(({ work }) => (work ? { work: { ...work, ending } } : {}));
      endings?.[ending].abort();
    },
  };
}
