import { expect, it, vi } from 'vitest';
import { AppError } from '#base/errors.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import { checkForeignFile } from './check-foreign-file.ts';
import type { Effects } from './effects.ts';

/** A worker that begins at once and then hears nothing but its end. */
function occupied() {
  const endWorker = vi.fn<(worker: string) => void>();
  const run = (_job: string, _request: object, { signal, onProgress }: RunOptions) =>
    new Promise((_, reject) => {
      onProgress?.({ phase: 'reading', done: 0, total: 1 });
      signal?.addEventListener('abort', () => reject(new AppError('cancelled', 'cancelled')));
    });
  return { effects: { run, endWorker } as unknown as Effects, endWorker };
}

it('gives a file five seconds, says so, and ends the worker that it occupies', async () => {
  vi.useFakeTimers();
  const { effects, endWorker } = occupied();
  const checking = checkForeignFile(effects, 'check-model', { text: '' }, {});
  const outcome = Promise.allSettled([checking]);
  await vi.advanceTimersByTimeAsync(4900);
  expect(endWorker).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(await outcome).toMatchObject([{ reason: { code: 'model-file-too-slow' } }]);
  expect(endWorker).toHaveBeenCalledExactlyOnceWith('opening');
  vi.useRealTimers();
});

it('ends at once when it is cancelled', async () => {
  const { effects, endWorker } = occupied();
  const cancel = new AbortController();
  const checking = checkForeignFile(effects, 'check-model', { text: '' }, { signal: cancel.signal });
  cancel.abort();
  await expect(checking).rejects.toMatchObject({ code: 'cancelled' });
  expect(endWorker).toHaveBeenCalledOnce();
});
