import type { JobContext } from '#base/job-context.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import { cleanTable, summariseCleaning } from './clean-dataset.ts';
import type { CleaningSummary } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';

/**
 * Applies recipes to the open datasets, in slices. Of several sent for one dataset the last one counts: those before
 * it end with `cancelled`. Whatever else is asked of a dataset first awaits `settle`, so that it sees the recipe that
 * was sent before it.
 */
export function createRecipeQueue(datasets: Map<string, OpenDataset>) {
  const pending = new Map<string, Promise<unknown>>();
  const newest = new Map<string, Recipe>();

  async function clean(dataset: OpenDataset, recipe: Recipe, context: JobContext): Promise<CleaningSummary> {
    const { datasetId, columns } = dataset.summary;
    newest.set(datasetId, recipe);
    const signal = {
      get aborted() {
        return context.signal.aborted || newest.get(datasetId) !== recipe;
      },
    };
    const { table } = dataset.read;
    const factors = dataset.factors?.table ?? null;
    const cleaned = await cleanTable({ table, factors }, recipe, { ...context, signal });
    const summary = await summariseCleaning(table, columns, cleaned, { ...context, signal });
    datasets.set(datasetId, { ...dataset, recipe, cleaned });
    return summary;
  }

  return {
    async apply(dataset: OpenDataset, recipe: Recipe, context: JobContext): Promise<CleaningSummary> {
      const { datasetId } = dataset.summary;
      const cleaning = clean(dataset, recipe, context);
      pending.set(datasetId, cleaning);
      try {
        return await cleaning;
      } finally {
        if (pending.get(datasetId) === cleaning) pending.delete(datasetId);
      }
    },

    /** Until no recipe is being applied to the dataset. */
    async settle(datasetId: string): Promise<void> {
      for (let cleaning = pending.get(datasetId); cleaning; cleaning = pending.get(datasetId)) {
        await cleaning.catch(() => {
          // Whoever sent that recipe is told of it.
        });
        if (pending.get(datasetId) === cleaning) return;
      }
    },

    /** Ends what is being applied to a dataset that is closed. */
    forget(datasetId: string): void {
      newest.delete(datasetId);
    },
  };
}
