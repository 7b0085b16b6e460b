import { AppError } from '#base/errors.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { JobRunner } from '#worker/client/job-runner.ts';
import { createOpenOnce } from './open-once.ts';

/** The workers in which a model may be open. */
export type ModelWorker = 'training' | 'prediction';

/**
 * The texts of the models that are held, by id; which of them is on show is the state's choice. Each is opened in a
 * worker when it is first asked for there, and again where the worker had to start anew.
 */
export function createModelSources(
  workers: Readonly<Record<ModelWorker, JobRunner>>,
  findShown: () => string | undefined,
) {
  const texts = new Map<string, string>();
  const opened = {
    training: createOpenOnce(workers.training),
    prediction: createOpenOnce(workers.prediction),
  };

  function textOf(id: string | undefined): string {
    const text = id === undefined ? undefined : texts.get(id);
    if (text === undefined) throw new AppError('unknown-model', 'No model is open.');
    return text;
  }

  function open(id: string, worker: ModelWorker): Promise<ModelSummary> {
    const text = textOf(id);
    return opened[worker].open(id, () => workers[worker].run('open-model', { modelId: id, text }));
  }

  function release(id: string): void {
    texts.delete(id);
    for (const worker of ['training', 'prediction'] as const) {
      opened[worker].close(id, () => workers[worker].run('close-model', { modelId: id }));
    }
  }

  return {
    open,
    /** Closes a model wherever it is open, and holds it no longer. */
    release,
    /** Throws `unknown-model`. */
    textOf,

    hold(id: string, text: string): void {
      texts.set(id, text);
    },

    /** Holds a model that its training left open. */
    holdTrained(text: string, summary: ModelSummary): void {
      texts.set(summary.modelId, text);
      opened.training.note(summary.modelId, summary);
    },

    /**
     * Runs what may leave a model of that id open in the training worker, and closes it there where nobody waited for
     * the end: a cancel is shown at once, and may meet a training that has just finished.
     */
    async orClose<Result>(id: string, train: () => Promise<Result>): Promise<Result> {
      try {
        return await train();
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === 'cancelled') {
          workers.training.run('close-model', { modelId: id }).catch(() => {
            // The worker did not wind down and was ended, the model with it.
          });
        }
        throw thrown;
      }
    },

    /** Makes sure that the model on show is open in that worker, and gives its id. Throws `unknown-model`. */
    async ensure(worker: ModelWorker): Promise<string> {
      const id = findShown();
      if (id === undefined) throw new AppError('unknown-model', 'No model is open.');
      await open(id, worker);
      return id;
    },
  };
}
