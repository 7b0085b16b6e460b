import { gather } from '#base/arrays.ts';
import type { JobContext } from '#base/job-context.ts';
import type { OutageSet } from '#data/outages.ts';
import { findUnitColumn } from '#data/unit-column.ts';
import { type CrossValidation, type GivenPredictions, crossValidate } from '#evaluation/cross-validation.ts';
import { chooseModel } from '#evaluation/selection.ts';
import { listCandidates } from '#models/candidates.ts';
import { type ModelName, modelCatalogue } from '#models/model-catalogue.ts';
import { type ModelDescription, writeModelFile } from '#models/model-file.ts';
import type { FittedModel, ModelSpec } from '#models/regressor.ts';
import { explainModel } from './explain-model.ts';
import { fitFinalModels } from './fit-models.ts';
import { listFormFeatures } from '#inference/case-inputs.ts';
import { computeLearningCurve } from './learning-curve.ts';
import { calibrate } from './calibrate.ts';
import { measureDomain } from './measure-domain.ts';
import type { ModelCalibration } from '#inference/model-calibration.ts';
import { measureShapBackground } from '#explain/model-shap.ts';
import { describeInputs, findInputColumns } from './model-inputs.ts';
import { compareErrors, findBest, listScores } from './model-scores.ts';
import { splitFolds, splitTestRows } from './split-rows.ts';
import { createStages } from '#base/stages.ts';
import { createStopwatch } from '#base/stopwatch.ts';
import { findClasses, listTestPredictions } from './test-predictions.ts';
import { prepareTrainingSet, selectSamples, type TrainingSource } from './training-set.ts';
import { listWarnings } from './training-warnings.ts';
import type { PairedDifference, TrainingResult, TrainOutcome, TrainRequest } from './contract.ts';

/**
 * Compares the candidates by cross-validation, chooses one, scores all of them on rows kept aside, explains the
 * chosen one on these, and fits it at last on all rows: that is the model which predicts and is saved.
 *
 * When `context.stop` aborts, the folds finished so far decide, and the chosen model is fitted on the training rows
 * (with a few seconds of grace) and kept as it is, unless it had been fitted on all rows by then. Errors before any work: those of `prepareTrainingSet`, `invalid-setting`.
 */
export async function train(
  source: TrainingSource,
  request: TrainRequest,
  context: JobContext,
): Promise<TrainOutcome> {
  const { settings } = request;
  const { table, ledger } = source;
  const clock = createStopwatch(['preparing', 'validating', 'fitting', 'explaining'], context);
  // A stage's weight is about what it takes, in fits of all candidates.
  const stage = createStages(context, {
    comparing: settings.folds,
    scoring: 3,
    explaining: 1,
    calibrating: 0.2,
    measuring: 0.2,
  });
  context.onProgress({ phase: 'preparing', done: 0, total: 1 });
  const { outages, positions, origins, history, roles } = prepareTrainingSet(source, request);
  const { trainRows, testRows } = splitTestRows(outages, settings);
  const { specs, isLogScaleOffered } = listCandidates(outages.target, {
    ...settings,
    unitFeature: findUnitColumn(outages.features, roles),
  });
  const test = selectSamples(outages, testRows);
  const training = selectSamples(outages, trainRows);
  clock.lap('preparing');

  const compared = request.compareOn === 'all-rows' ? allPositions(outages) : trainRows;
  const comparison = await compare(outages, compared, specs, request, stage('comparing'));
  const choice = chooseModel(comparison.models);
  clock.lap('validating');

  const chosenSpec = comparison.specs.find(({ name }) => name === choice.chosen) as ModelSpec;
  const fits = await fitFinalModels(chosenSpec, comparison.specs, outages, trainRows, stage('scoring'));
  const { fitted, chosen, withNoise, whole } = fits;
  clock.lap('fitting');

  const importance = await explainModel(chosen, withNoise, origins, test, settings.seed, stage('explaining'));
  const curveModel = findCurveModel(choice.chosen, comparison, fitted);
  const learningCurve = curveModel && (await computeLearningCurve(curveModel, training, test, context));
  const classes = findClasses(fitted, outages);
  const calibrated = await calibrate(
    chosenSpec,
    outages,
    compared,
    comparison,
    classes,
    stage('calibrating'),
  );
  const domain = await measureDomain(chosen, training, test, stage('measuring'));
  clock.lap('explaining');

  const model = whole ?? chosen;
  const nFinalRows = whole ? outages.rows.length : trainRows.length;
  const description: ModelDescription = {
    target: { name: outages.targetName, unit: outages.unit },
    roles,
    origins: outages.featureOrigins,
    history,
    cleaning: source.cleaning,
    ...describeInputs(
      table,
      findInputColumns(table, outages.featureOrigins, history),
      positions,
      outages.target,
    ),
    nTrainingRows: nFinalRows,
    trust: {
      classColumn: classes?.name ?? null,
      intervals: calibrated?.calibration ?? null,
      background: measureShapBackground(model, outages.features),
      ...(domain && { domain }),
    } satisfies ModelCalibration,
    scores: comparison.models,
  };
  const modelText = writeModelFile(model, description, outages.features);
  clock.lap('fitting');

  const isStopped = context.stop.aborted;
  const models = await listScores(comparison, fitted, outages, testRows, test, settings.seed, context);
  const result: TrainingResult = {
    modelId: request.modelId,
    datasetId: request.datasetId,
    target: description.target,
    rows: {
      read: ledger.kept + ledger.rejected,
      kept: outages.rows.length,
      rejected: ledger.rejected,
      setAside: ledger.kept - outages.rows.length,
      train: trainRows.length,
      test: testRows.length,
    },
    roles,
    cleaning: description.cleaning,
    settings,
    chosen: choice.chosen,
    scale: chosenSpec.scale,
    choice,
    models,
    bestErrors: Array.from(findBest(comparison).absoluteErrors),
    againstAnnounced: compareWithAnnounced(comparison, choice.chosen, settings.seed),
    test: listTestPredictions(outages, testRows, chosen, classes, calibrated?.calibration ?? null),
    coverage: calibrated?.report ?? null,
    importance,
    learningCurve,
    features: listFormFeatures(description),
    isStopped,
    nFinalRows,
    warnings: listWarnings({
      outages,
      settings,
      models,
      choice,
      model,
      isLogScaleOffered,
      isStopped,
      testRows,
      trainRows,
    }),
    seconds: clock.seconds(),
  };
  return { result, modelText };
}

function allPositions({ rows }: OutageSet): Int32Array {
  return Int32Array.from(rows, (_, position) => position);
}

function compare(
  outages: OutageSet,
  positions: Int32Array,
  specs: readonly ModelSpec[],
  { settings }: TrainRequest,
  context: JobContext,
): Promise<CrossValidation> {
  const { features, target } = selectSamples(outages, positions);
  const folds = splitFolds(outages, positions, settings);
  const nFolds = folds.length;
  context.onProgress({ phase: 'cross-validating', done: 0, total: nFolds * specs.length, fold: 1, nFolds });
  return crossValidate(specs, features, target, folds, context, listGiven(outages, positions));
}

/** The planner's own durations, scored beside the models where the file has them. */
function listGiven({ announced }: OutageSet, positions: Int32Array): readonly GivenPredictions[] {
  if (announced === null) return [];
  const predictions = gather(announced, positions);
  return predictions.every(Number.isNaN) ? [] : [{ name: 'announced', predictions }];
}

/** By how much the announced durations were further off than the chosen model, where both are known. */
function compareWithAnnounced(
  { models }: CrossValidation,
  chosen: ModelName,
  seed: number,
): PairedDifference | null {
  const scoreOf = (wanted: ModelName) => models.find(({ name }) => name === wanted);
  const [announced, model] = [scoreOf('announced'), scoreOf(chosen)];
  return announced && model ? compareErrors(announced, model, seed) : null;
}

/** The chosen model if it boosts, else the best that does. */
function findCurveModel(
  chosen: ModelName,
  { models }: CrossValidation,
  fitted: ReadonlyMap<ModelName, FittedModel>,
): FittedModel | null {
  const byError = [...models].sort((a, b) => a.mae - b.mae).map(({ name }) => name);
  const names = [chosen, ...byError].filter((name) => modelCatalogue[name].family === 'gradient-boosting');
  const name = names.find((each) => fitted.has(each));
  return name === undefined ? null : (fitted.get(name) ?? null);
}
