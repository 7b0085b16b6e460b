import { AppError } from '#base/errors.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { DatasetFile, DatasetSummary, FactorsFile } from '#jobs/dataset/contract.ts';
import type { JobRunner, RunOptions } from '#worker/client/job-runner.ts';
import { createOpenOnce } from './open-once.ts';

export interface DatasetSource {
  readonly id: string;
  readonly file: DatasetFile;
  readonly overrides: Partial<Dialect>;
  /** Null where none was decided: one is then proposed. */
  readonly recipe: Recipe | null;
  /** The second file beside it; null without one. */
  readonly factors: FactorsFile | null;
}

/** What the open table is read from, again where the worker that holds it had to start anew. */
export function createDatasetSource(worker: JobRunner) {
  const opened = createOpenOnce(worker);
  let current: DatasetSource | null = null;

  /** Reads a file; its table stays in the worker. The file becomes the open one by `adopt`. */
  function read(
    { id, file, overrides, recipe, factors }: DatasetSource,
    options: RunOptions,
  ): Promise<DatasetSummary> {
    return opened.open(id, () =>
      worker.run(
        'read-dataset',
        { datasetId: id, file, overrides, ...(recipe && { recipe }), ...(factors && { factors }) },
        options,
      ),
    );
  }

  return {
    read,

    get current(): DatasetSource | null {
      return current;
    },

    /** Makes it the open one, in place of the one before. */
    adopt(source: DatasetSource | null): void {
      const before = current?.id;
      if (before !== undefined && before !== source?.id) {
        opened.close(before, () => worker.run('close-dataset', { datasetId: before }));
      }
      current = source;
    },

    /** Makes sure that the open table is in the worker, and gives its id. */
    async ensure(options: RunOptions = {}): Promise<string> {
      if (!current) throw new AppError('unknown-dataset', 'No data are open.');
      await read(current, options);
      return current.id;
    },
  };
}
