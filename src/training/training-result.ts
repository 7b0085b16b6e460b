import type { CategoryColumn } from '#data/table.ts';
import type { IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import type { IntervalChoice } from '#evaluation/intervals/interval-choice.ts';
import type { Selection } from '#evaluation/selection.ts';
import type { Candidates } from '#models/candidates.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { Comparison } from './comparison.ts';
import {
  TRAINING_RESULT_VERSION,
  type ModelChoice,
  type TrainingResult,
  type TrainRequest,
} from './contract.ts';
import type { FinalFits } from './final-fits.ts';
import { compareWithReferences } from './reference-comparison.ts';
import { compareWithAnnounced, findBest } from './score-summary.ts';
import { listTestPredictions } from './test-predictions.ts';
import { listExpected, listExpectedInVain } from './expected-columns.ts';
import type { OpenedTraining } from './open-training.ts';
import { listPastFeatures, type TrainingSource } from './training-set.ts';
import { summariseUnderWay } from './under-way-summary.ts';
import { listWarnings } from './training-warnings.ts';

/** All that the stages of a training found out. */
export interface TrainingFindings extends Pick<
  TrainingResult,
  'importance' | 'learningCurve' | 'models' | 'horizonPrice' | 'alsoRandom' | 'isStopped' | 'seconds'
> {
  readonly source: TrainingSource;
  readonly request: TrainRequest;
  readonly opened: OpenedTraining;
  readonly candidates: Candidates;
  readonly comparison: Comparison;
  readonly choice: Selection;
  readonly fits: FinalFits;
  readonly classes: CategoryColumn | null;
  readonly calibrated: IntervalChoice | null;
  /** No level is sure: too many outages are under way. */
  readonly isTooOpen: boolean;
  readonly description: ModelDescription;
}

/** The result as it is shown and kept. */
export function assembleResult(found: TrainingFindings): TrainingResult {
  const { source, request, comparison, fits, classes, calibrated, description, isStopped } = found;
  const { set, settings, basis, rows } = found.opened;
  const { outages, roles } = set;
  const { trainRows, testRows } = rows;
  const { kept, rejected } = source.ledger;
  const { spec } = fits.chosen.model;
  const { models, importance, learningCurve, seconds } = found;
  const underWay = summariseUnderWay(outages);
  const expected = listExpected(set);
  return {
    version: TRAINING_RESULT_VERSION,
    modelId: request.modelId,
    datasetId: request.datasetId,
    target: description.target,
    rows: {
      read: kept + rejected,
      kept: outages.rows.length,
      rejected,
      setAside: kept - outages.rows.length - outages.underWay.rows.length,
      train: trainRows.length,
      test: testRows.length,
    },
    ...(underWay && { underWay }),
    roles,
    ...(expected.length > 0 && { expected }),
    cleaning: description.cleaning,
    settings,
    basis,
    horizon: set.horizon,
    knownLater: set.knownLater,
    pastFeatures: listPastFeatures(set),
    chosen: spec.name,
    scale: spec.scale,
    choice: nameChoice(found.choice, comparison),
    models,
    stoppedCandidates: comparison.stopped,
    bestErrors: Array.from(findBest(comparison).absoluteErrors),
    againstAnnounced: compareWithAnnounced(comparison, spec.id, settings.seed),
    ...compareWithReferences(spec.id, comparison, fits, outages, testRows, settings.seed),
    horizonPrice: found.horizonPrice,
    alsoRandom: found.alsoRandom,
    test: listTestPredictions(
      outages,
      testRows,
      fits.chosen.forecasts,
      classes,
      calibrateForTest(testRows, calibrated),
    ),
    coverage: calibrated?.report ?? null,
    importance,
    learningCurve,
    inputs: description.inputs.map(({ name }) => name),
    isStopped,
    nFinalRows: description.nTrainingRows,
    warnings: listWarnings({
      outages,
      settings,
      models,
      chosen: spec.id,
      model: fits.whole ?? fits.chosen.model,
      isLogScaleOffered: found.candidates.isLogScaleOffered,
      isStopped,
      isTooOpen: found.isTooOpen,
      expectedInVain: listExpectedInVain(set),
      testRows,
    }),
    seconds,
  };
}

/** The test outages were compared as well: they are judged by a calibration on the others. */
function calibrateForTest(
  testRows: Int32Array,
  calibrated: IntervalChoice | null,
): IntervalCalibration | null {
  if (calibrated === null) return null;
  const tested = new Set(testRows);
  return calibrated.calibrateSome((row) => !tested.has(row));
}

function nameChoice({ chosen, best, ...choice }: Selection, { scores, weighted }: Comparison): ModelChoice {
  const nameOf = (id: string) => scores.find((score) => score.id === id)?.name as ModelName;
  return {
    ...choice,
    chosen: nameOf(chosen),
    best: nameOf(best),
    chosenId: chosen,
    bestId: best,
    members: weighted?.members.map(({ spec, weight }) => ({ name: spec.name, weight })) ?? [],
    isGuarded: weighted?.isGuarded ?? false,
  };
}
