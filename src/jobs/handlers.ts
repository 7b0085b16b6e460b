import { createPacer, throwIfCancelled, type JobContext } from '#base/job-context.ts';
import { runInSlices } from '#base/slices.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';
import { readPastCase } from '#inference/past-case.ts';
import { train } from '#training/train.ts';
import { appendFile } from './dataset/append-file.ts';
import { checkDataset } from './dataset/check-dataset.ts';
import { readColumnValues } from './dataset/column-values.ts';
import { exportRejects } from './dataset/export-rejects.ts';
import { generateSample } from './dataset/generate-sample.ts';
import { mergeFile } from './dataset/merge-file.ts';
import { prepareDataset } from './dataset/prepare.ts';
import { proposeRecipe } from './dataset/propose-recipe.ts';
import { proposeFactorsFor, readFactors } from './dataset/read-factors.ts';
import { readDataset } from './dataset/read-dataset.ts';
import { readTablePage } from './dataset/table-page.ts';
import { openTrainingSource } from './dataset/training-source.ts';
import { measureColumnEffects } from './explanation/column-effect.ts';
import { computeDataCurve } from './explanation/data-curve.ts';
import { explainCase, findSimilarCases } from './explanation/explain-case.ts';
import { measureMeanContributions } from './explanation/mean-contributions.ts';
import { replayPastOutage } from './explanation/replay-outage.ts';
import { openSoundProject } from './gate/open-sound-project.ts';
import { compareModels } from './gate/compare-models.ts';
import type { JobRequest, JobResult, JobsOf } from './job-table.ts';
import type { OpenThings } from './open-things.ts';
import { announceCase, announceFile } from './monitoring/announce.ts';
import { followLedger } from './monitoring/follow.ts';
import { readOutcomesFor } from './monitoring/read-outcomes.ts';
import { replayLedger } from './monitoring/replay-ledger.ts';
import { optimise } from './planning/optimise.ts';
import { answerCases } from './prediction/answer-cases.ts';
import { evaluateModel } from './prediction/evaluate.ts';
import { answerUnseen } from './prediction/unseen-answer.ts';
import { exportPredictions } from './prediction/export-predictions.ts';
import { predictFile } from './prediction/predict-file.ts';
import { predictOpenCase } from './prediction/predict-open.ts';
import { tuneSettings } from './tuning/tune-settings.ts';
import { prepareSecondOpinion } from './second-opinion/prepare-second-opinion.ts';

/** The jobs of a workbench: all but that of the second opinion's own worker. */
export type WorkbenchJob = JobsOf<'training' | 'prediction' | 'opening' | 'any'>;

type Handlers = {
  readonly [Name in WorkbenchJob]: (
    open: OpenThings,
    request: JobRequest<Name>,
    context: JobContext,
  ) => JobResult<Name> | Promise<JobResult<Name>>;
};

/** What does each job, by its name in `job-table.ts`. */
export const handlers: Handlers = {
  'generate-sample': (_open, request) => generateSample(request),

  'read-dataset': async (open, request, context) => {
    const dataset = await readDataset(request, context);
    open.datasets.set(request.datasetId, dataset);
    return dataset.summary;
  },
  'append-file': (open, request, context) => appendFile(open.datasetOf(request), request, context),
  'merge-file': (open, request, context) => mergeFile(open.datasetOf(request), request, context),
  'close-dataset': (open, { datasetId }) => {
    open.recipes.forget(datasetId);
    open.datasets.delete(datasetId);
    return null;
  },
  'read-factors': async (open, request, context) => {
    const { open: factors, summary } = await readFactors(request, context);
    open.datasets.set(request.datasetId, { ...open.datasetOf(request), factors });
    return summary;
  },
  'drop-factors': (open, request) => {
    open.datasets.set(request.datasetId, { ...open.datasetOf(request), factors: null });
    return null;
  },
  'propose-factors': (open, { roles, choices, ...request }) =>
    proposeFactorsFor(open.datasetOf(request), roles, choices),
  'propose-recipe': (open, request, context) =>
    runInSlices(proposeRecipe(open.datasetOf(request).read.table, request.roles), createPacer(context)),
  'apply-recipe': (open, request, context) =>
    open.recipes.apply(open.datasetOf(request), request.recipe, context),
  'check-quality': (open, request, context) => checkDataset(open.datasetOf(request), request, context),
  'table-page': (open, request) => readTablePage(open.datasetOf(request), request),
  'column-values': (open, request) => readColumnValues(open.datasetOf(request), request),
  'export-rejects': (open, request) => {
    const { read, summary } = open.datasetOf(request);
    return exportRejects(summary.name, read);
  },
  prepare: (open, request) => prepareDataset(open.datasetOf(request), request),

  train: async (open, request, context) => {
    const source = openTrainingSource(open.datasetOf(request), request);
    const { result, model, modelText } = await train(source, request, context);
    // Nobody would close the model of a training that nobody waits for.
    throwIfCancelled(context.signal);
    open.models.set(request.modelId, model);
    return { result, modelText, summary: model.summary };
  },
  tune: (open, request, context) =>
    tuneSettings(openTrainingSource(open.datasetOf(request), request), request, context),
  'open-model': (open, { modelId, text }) => {
    const model = openSoundModel(modelId, text);
    open.models.set(modelId, model);
    return model.summary;
  },
  'check-model': (_open, { text }, context) => {
    // The time that a file may take begins here: before it the worker had to start.
    context.onProgress({ phase: 'reading', done: 0, total: 1 });
    openSoundModel('model', text);
    return null;
  },
  'open-project': (_open, { bytes }, context) => openSoundProject(bytes, context),
  'close-model': (open, { modelId }) => {
    open.models.delete(modelId);
    return null;
  },

  predict: (open, request) => answerCases(open.modelOf(request), request),
  'predict-open': (open, request, context) =>
    predictOpenCase(open.modelOf(request), open.datasetFor(request), request, context),
  'past-case': (open, request) =>
    readPastCase(open.modelOf(request), open.datasetFor(request).cleaned, request.row, request.today),
  'unseen-answer': (open, request, context) =>
    answerUnseen(open.modelOf(request), open.datasetFor(request), request, context),
  evaluate: (open, request, context) =>
    evaluateModel(open.modelOf(request), open.datasetOf(request), request, context),
  'compare-models': (open, request, context) => {
    const { datasetId, newDatasetId = datasetId, oldModelId, newModelId } = request;
    return compareModels(
      { model: open.modelOf({ modelId: oldModelId }), dataset: open.datasetOf({ datasetId }) },
      { model: open.modelOf({ modelId: newModelId }), dataset: open.datasetOf({ datasetId: newDatasetId }) },
      request,
      context,
    );
  },
  'export-predictions': (open, request, context) =>
    exportPredictions(open.modelOf(request), open.datasetOf(request), request, context),
  'predict-file': (open, request, context) =>
    predictFile(open.modelOf(request), open.datasetOf(request), request, context),

  optimise: (open, request, context) => {
    const { datasetId } = request;
    return optimise(
      open.modelOf(request),
      datasetId === undefined ? null : open.datasetOf({ datasetId }),
      request,
      context,
    );
  },

  announce: (open, request, context) =>
    announceFile(open.modelOf(request), open.datasetOf(request), request, context),
  'announce-case': (open, request, context) => announceCase(open.modelOf(request), request, context),
  'read-outcomes': (open, request) => readOutcomesFor(open.datasetOf(request), request),
  follow: (_open, request, context) => followLedger(request, context),
  'replay-ledger': (open, request, context) => replayLedger(open.datasetOf(request), request, context),

  'explain-case': (open, request, context) => explainCase(open.modelOf(request), request, context),
  'similar-cases': (open, request) =>
    findSimilarCases(open.modelOf(request), open.datasetFor(request), request),
  'column-effects': (open, request, context) =>
    measureColumnEffects(open.modelOf(request), open.datasetFor(request), request, context),
  'mean-contributions': (open, request, context) =>
    measureMeanContributions(open.modelOf(request), open.datasetFor(request), request, context),
  'data-curve': (open, request, context) =>
    computeDataCurve(open.modelOf(request), open.datasetOf(request), request, context),
  'replay-outage': (open, request, context) =>
    replayPastOutage(open.modelOf(request), open.datasetOf(request), request, context),

  'prepare-second-opinion': (open, request) => prepareSecondOpinion(open.datasetOf(request), request),
};
