import { range } from '#base/arrays.ts';
import type { JobContext } from '#base/job-context.ts';
import { createStages } from '#base/stages.ts';
import { createStopwatch } from '#base/stopwatch.ts';
import { findColumn, listLabels } from '#data/table.ts';
import { calibrateElapsed } from '#evaluation/intervals/remaining.ts';
import { chooseModel } from '#evaluation/selection.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';
import { askReferenceAnswers } from '#inference/reference-answers.ts';
import type { ModelSpec } from '#models/model-spec.ts';
import { writeModelFile } from '#models/write-model-file.ts';
import { calibrateForecasts, poolCompared } from './calibration.ts';
import { compareAtRandom, compareOnFolds } from './compare-on-folds.ts';
import type { TrainingResult, TrainRequest } from './contract.ts';
import { describeModel } from './describe-model.ts';
import { explainModel } from './explain-model.ts';
import { fitFinalModels } from './final-fits.ts';
import { findCandidates } from './find-candidates.ts';
import { measureHorizonPrice } from './horizon-price.ts';
import { computeLearningCurve } from './learning-curve.ts';
import { measureDomain } from './measure-domain.ts';
import { openTraining } from './open-training.ts';
import { isWorthRacing } from './race-heats.ts';
import { isComparedByTime } from './row-split.ts';
import { listScores } from './score-summary.ts';
import { findClasses } from './test-predictions.ts';
import { assembleResult } from './training-result.ts';
import { selectSamples, type TrainingSource } from './training-set.ts';

/** The outcome, and the model itself, as it was opened from its text. It crosses no thread. */
export interface Trained {
  readonly result: TrainingResult;
  /** The text of the model's file. */
  readonly modelText: string;
  readonly model: ModelAtWork;
}

/**
 * Compares the candidates by cross-validation over all outages, chooses one, scores all of them on the test rows by fits
 * without these, explains the chosen one there, and fits it at last on all rows: that is the model which predicts and is saved.
 *
 * When `context.stop` aborts, the folds finished so far decide, and the chosen model is fitted on the training rows
 * (with a few seconds of grace) and kept as it is, unless it had been fitted on all rows by then. Errors before any
 * work: those of `openTraining`.
 */
export async function train(
  source: TrainingSource,
  request: TrainRequest,
  context: JobContext,
): Promise<Trained> {
  const { seed, folds } = request.settings;
  const clock = createStopwatch(['preparing', 'validating', 'fitting', 'explaining'], context);
  // A stage's weight is about what it takes, in fits of all candidates.
  const weights = {
    comparing: folds,
    'comparing-again': request.alsoRandom ? folds : 0,
    scoring: 3,
    pricing: 0.5,
    explaining: 1,
    calibrating: 0.2,
    measuring: 0.2,
  };
  const stage = createStages(context, weights);
  context.onProgress({ phase: 'preparing', done: 0, total: 1 });
  const opened = openTraining(source, request);
  const { set, settings, rows } = opened;
  const { outages } = set;
  const candidates = findCandidates(set, settings);
  const test = selectSamples(outages, rows.testRows);
  const training = selectSamples(outages, rows.trainRows);
  clock.lap('preparing');

  const isRaced = isWorthRacing(outages, candidates.blend);
  const raced = { ...candidates, isRaced };
  const comparison = await compareOnFolds(set, raced, settings, stage('comparing'));
  const choice = chooseModel(comparison.scores, comparison.weighted?.id);
  const isAskedAgain = request.alsoRandom === true && isComparedByTime(settings, outages.rows.length);
  const alsoRandom = isAskedAgain
    ? await compareAtRandom(set, candidates, settings, stage('comparing-again'))
    : null;
  clock.lap('validating');

  const spec = comparison.specs.find(({ id }) => id === choice.chosen) as ModelSpec;
  const fits = await fitFinalModels(spec, comparison.specs, outages, rows, stage('scoring'));
  const price = stage('pricing');
  const planned = { chosen: spec, comparison };
  const horizonPrice = await measureHorizonPrice(source, request, settings, planned, price);
  clock.lap('fitting');

  const { chosen, withNoise, tested } = fits;
  const importance = await explainModel(
    chosen.model,
    withNoise,
    set.origins,
    test,
    seed,
    stage('explaining'),
  );
  const learningCurve = await computeLearningCurve(spec.id, comparison, tested, training, test, context);
  const classes = findClasses(fits, outages);
  const pooled = poolCompared(spec.id, outages, comparison, context);
  const calibrating = stage('calibrating');
  const ofUnderWay = classes && findColumn(outages.underWay.features, classes.name);
  const calibrated =
    pooled &&
    (await calibrateForecasts(
      pooled,
      outages.features,
      classes && listLabels(classes),
      calibrating,
      ofUnderWay?.type === 'category' ? listLabels(ofUnderWay) : null,
    ));
  const domain = await measureDomain(chosen, training, test, stage('measuring'));
  clock.lap('explaining');

  const model = fits.whole ?? chosen.model;
  const fitted = fits.whole ? range(outages.rows.length) : rows.trainRows;
  const choiceOfIntervals = calibrated && !calibrated.isTooOpen ? calibrated.choice : null;
  const intervals = choiceOfIntervals?.calibration ?? null;
  const elapsed = intervals && pooled && calibrateElapsed(pooled.outages, pooled.underWay);
  const measured = { classColumn: classes?.name ?? null, intervals, elapsed, domain };
  const description = describeModel(source, set, model, fitted, measured, comparison);
  const answers = askReferenceAnswers(model, description);
  const { text: modelText } = writeModelFile(model, description, outages.features, answers);
  // Nothing is handed over that would not open again.
  const atWork = openSoundModel(request.modelId, modelText);
  clock.lap('fitting');

  const isStopped = context.stop.aborted;
  const models = await listScores(comparison, fits, outages, rows.testRows, seed, context);
  const result = assembleResult({
    source,
    request,
    opened,
    candidates,
    comparison,
    choice,
    fits,
    importance,
    learningCurve,
    classes,
    calibrated: choiceOfIntervals,
    isTooOpen: calibrated?.isTooOpen ?? false,
    description,
    models,
    horizonPrice,
    alsoRandom,
    isStopped,
    seconds: clock.seconds(),
  });
  return { result, modelText, model: atWork };
}
