import { AppError } from '#base/errors.ts';
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
     * Runs it, showing its progress; while another runs it says so instead. Its error becomes the problem on show, a
     * cancel is none.
     */
    async run(
      kind: Work['kind'],
      task: (options: RunOptions) => Promise<void>,
      { canStop = false } = {},
    ): Promise<void> {
      if (get().work) {
        report(new AppError('work-under-way', 'another long work is under way'), kind);
        return;
      }
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
    },

    end(ending: 'stop' | 'cancel'): void {
      set(({ work }) => (work ? { work: { ...work, ending } } : {}));
      endings?.[ending].abort();
    },
  };
}
