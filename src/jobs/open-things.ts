import { AppError } from '#base/errors.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { completeDataset } from './dataset/complete-dataset.ts';
import type { OpenDataset } from './dataset/open-dataset.ts';
import { createRecipeQueue } from './dataset/recipe-queue.ts';

/** The open tables and models of a workbench, by the ids their openers chose. What is open is never changed, only replaced. */
export type OpenThings = ReturnType<typeof createOpenThings>;

export function createOpenThings() {
  const datasets = new Map<string, OpenDataset>();
  const models = new Map<string, ModelAtWork>();
  return {
    datasets,
    models,
    recipes: createRecipeQueue(datasets),

    /** Throws `unknown-dataset`. */
    datasetOf({ datasetId }: { readonly datasetId: string }): OpenDataset {
      const dataset = datasets.get(datasetId);
      if (!dataset) throw new AppError('unknown-dataset', `no dataset "${datasetId}" is open`, { datasetId });
      return dataset;
    },

    /** With what the model asks of a second file. Throws `unknown-dataset` and `unknown-model`. */
    datasetFor(request: { readonly datasetId: string; readonly modelId: string }): OpenDataset {
      return completeDataset(this.modelOf(request), this.datasetOf(request)).dataset;
    },

    /** Throws `unknown-model`. */
    modelOf({ modelId }: { readonly modelId: string }): ModelAtWork {
      const model = models.get(modelId);
      if (!model) throw new AppError('unknown-model', `no model "${modelId}" is open`, { modelId });
      return model;
    },
  };
}
