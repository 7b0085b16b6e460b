import { AppError } from '#base/errors.ts';
import { createPacer, type JobContext } from '#base/job-context.ts';
import { runInSlices } from '#base/slices.ts';
import { checkDataset } from './dataset/check-dataset.ts';
import { measureColumnEffects } from './explanation/column-effect.ts';
import { readColumnValues } from './dataset/column-values.ts';
import { computeDataCurve } from './explanation/data-curve.ts';
import { evaluateModel } from './prediction/evaluate.ts';
import { explainCase, findSimilarCases } from './explanation/explain-case.ts';
import { exportPredictions } from './prediction/export-predictions.ts';
import { exportRejects } from './dataset/export-rejects.ts';
import { generateSample } from './dataset/generate-sample.ts';
import type { JobName, JobRequest, JobResult } from './job-table.ts';
import { measureMeanContributions } from './explanation/mean-contributions.ts';
import { type ModelAtWork, openModel } from '#inference/open-model.ts';
import { readPastCase } from '#inference/past-case.ts';
import { prepareSecondOpinion } from './second-opinion/prepare-second-opinion.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { prepareDataset } from './dataset/prepare.ts';
import { proposeRecipe } from './dataset/propose-recipe.ts';
import type { OpenDataset } from './dataset/open-dataset.ts';
import { readDataset } from './dataset/read-dataset.ts';
import { createRecipeQueue } from './dataset/recipe-queue.ts';
import { readTablePage } from './dataset/table-page.ts';
import { replayPastOutage } from './explanation/replay-outage.ts';
import { train } from '#training/train.ts';
import { openTrainingSource } from './dataset/training-source.ts';

export interface Workbench {
  run<Name extends JobName>(
    job: Name,
    request: JobRequest<Name>,
    context: JobContext,
  ): Promise<JobResult<Name>>;
}

type Handlers = {
  readonly [Name in JobName]: (
    request: JobRequest<Name>,
    context: JobContext,
  ) => JobResult<Name> | Promise<JobResult<Name>>;
};

/**
 * Holds the open tables and models behind the seam, by the ids their openers chose, and runs the jobs on them: the
 * same in a worker, in the command line and in tests. Jobs may run interleaved; what is open is never changed, only
 * replaced. Throws `unknown-dataset` and `unknown-model`, beside the jobs' own errors.
 */
export function createWorkbench(): Workbench {
  const datasets = new Map<string, OpenDataset>();
  const models = new Map<string, ModelAtWork>();
  const recipes = createRecipeQueue(datasets);

  function datasetOf({ datasetId }: { readonly datasetId: string }): OpenDataset {
    const dataset = datasets.get(datasetId);
    if (!dataset) throw new AppError('unknown-dataset', `no dataset "${datasetId}" is open`, { datasetId });
    return dataset;
  }

  function modelOf({ modelId }: { readonly modelId: string }): ModelAtWork {
    const model = models.get(modelId);
    if (!model) throw new AppError('unknown-model', `no model "${modelId}" is open`, { modelId });
    return model;
  }

  const handlers: Handlers = {
    'read-dataset': async (request, context) => {
      const dataset = await readDataset(request, context);
      datasets.set(request.datasetId, dataset);
      return dataset.summary;
    },
    'close-dataset': ({ datasetId }) => {
      recipes.forget(datasetId);
      datasets.delete(datasetId);
      return null;
    },
    'propose-recipe': (request, context) =>
      runInSlices(proposeRecipe(datasetOf(request).read.table, request.roles), createPacer(context)),
    'apply-recipe': (request, context) => recipes.apply(datasetOf(request), request.recipe, context),
    'check-quality': (request, context) => checkDataset(datasetOf(request), request, context),
    'table-page': (request) => readTablePage(datasetOf(request), request),
    'export-rejects': (request) => {
      const { read, summary } = datasetOf(request);
      return exportRejects(summary.name, read);
    },
    prepare: (request) => prepareDataset(datasetOf(request), request),
    train: (request, context) => train(openTrainingSource(datasetOf(request), request), request, context),
    'open-model': (request) => {
      const model = openModel(request.modelId, request.text);
      models.set(request.modelId, model);
      return model.summary;
    },
    'close-model': ({ modelId }) => {
      models.delete(modelId);
      return null;
    },
    predict: (request) => predictCases(modelOf(request), request.cases, request.atMost),
    'explain-case': (request, context) => explainCase(modelOf(request), request, context),
    'similar-cases': (request) => findSimilarCases(modelOf(request), datasetOf(request), request),
    'column-values': (request) => readColumnValues(datasetOf(request), request),
    'column-effects': (request, context) =>
      measureColumnEffects(modelOf(request), datasetOf(request), request, context),
    'mean-contributions': (request, context) =>
      measureMeanContributions(modelOf(request), datasetOf(request), request, context),
    'data-curve': (request, context) =>
      computeDataCurve(modelOf(request), datasetOf(request), request, context),
    'replay-outage': (request, context) =>
      replayPastOutage(modelOf(request), datasetOf(request), request, context),
    'prepare-second-opinion': (request) => prepareSecondOpinion(datasetOf(request), request),
    'fit-second-opinion': () => {
      throw new AppError('internal', 'the secondOpinion is fitted in a worker of its own');
    },
    'past-case': (request) =>
      readPastCase(modelOf(request), datasetOf(request).cleaned, request.row, request.today),
    evaluate: (request, context) => evaluateModel(modelOf(request), datasetOf(request), request, context),
    'export-predictions': (request, context) =>
      exportPredictions(modelOf(request), datasetOf(request), request, context),
    'generate-sample': (request) => generateSample(request),
  };

  return {
    run: async (job, request, context) => {
      const isAboutRecipe = job === 'apply-recipe' || job === 'close-dataset';
      if (!isAboutRecipe && 'datasetId' in request) await recipes.settle(request.datasetId);
      return handlers[job](request, context);
    },
  };
}
