import type { JobContext } from '#base/job-context.ts';
import { buildColumn } from '#data/cell.ts';
import { buildFeatures, type PlannedFeature } from '#data/feature-plan.ts';
import { atStart } from '#data/known-when.ts';
import type { DurationUnit } from '#data/outages.ts';
import { listLabels, selectRows, type Table } from '#data/table.ts';
import { calibrateElapsed } from '#evaluation/intervals/remaining.ts';
import { computeMetrics, type Metrics } from '#evaluation/metrics.ts';
import { measureShapBackground } from '#explain/model-shap.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { ModelCalibration } from '#inference/model-calibration.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';
import { askReferenceAnswers } from '#inference/reference-answers.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { FittedModel } from '#models/regressor.ts';
import { writeModelFile } from '#models/write-model-file.ts';
import { calibrateForecasts, type PooledForecasts } from './calibration.ts';
import type { OutageRequest } from './contract.ts';
import { describeModel } from './describe-model.ts';
import { prepareTrainingSet, type TrainingSet, type TrainingSource } from './training-set.ts';

/** A model that was fitted elsewhere, as a file of its own and open. */
export interface AdoptedModel {
  readonly modelText: string;
  readonly model: ModelAtWork;
  /** On the hold-out; null without one. */
  readonly scores:
    (Pick<Metrics, 'meanAbsoluteError' | 'rootMeanSquaredError'> & { readonly n: number }) | null;
}

const N_PARTS = 5;

/** The outages to judge a model by that has not learnt them. Errors: those of `prepareTrainingSet`. */
export function openHoldout(source: TrainingSource, request: OutageRequest): TrainingSet {
  return prepareTrainingSet(source, request, { horizon: atStart, usesPast: false });
}

/** The model's features of these outages, as its origins make them. Throws `model-columns-missing`. */
export function buildHoldoutFeatures(
  { table, positions }: Pick<TrainingSet, 'table' | 'positions'>,
  origins: readonly PlannedFeature[],
): Table {
  return buildFeatures(selectRows(table, positions), origins);
}

/**
 * Calibrates levels and explanations of a model on outages that it has not learnt, all of which count as out of fold.
 * `table` and `features` hold each column as the model's encoder reads it.
 */
export async function adoptOnHoldout(
  modelId: string,
  fitted: FittedModel,
  origins: readonly PlannedFeature[],
  nTrainingRows: number,
  {
    source,
    set,
    features,
  }: { readonly source: TrainingSource; readonly set: TrainingSet; readonly features: Table },
  context: JobContext,
): Promise<AdoptedModel> {
  const outages = { ...set.outages, features, featureOrigins: origins };
  const { target } = outages;
  const predicted = fitted.predict(features);
  const pooled: PooledForecasts = {
    outages: { predicted, actual: target },
    foldOf: Int32Array.from(target, (_, i) => i % N_PARTS),
    underWay: { positions: new Int32Array(0), actual: new Float64Array(0), predicted: new Float64Array(0) },
  };
  const classes = features.columns.find((column) => column.type === 'category') ?? null;
  const labels = classes && listLabels(classes);
  const { choice } = await calibrateForecasts(pooled, features, labels, context);
  const intervals = choice.calibration;
  const elapsed = calibrateElapsed(pooled.outages, pooled.underWay);
  const metrics = computeMetrics(target, predicted);
  const { id, name, scale } = fitted.spec;
  const score = { id, name, scale, metrics, predictions: predicted, absoluteErrors: predicted, perFold: [] };
  // The rows it was trained on are not told, so that no gate takes it for one that has not learnt an outage.
  const { learntRows: _, ...told } = describeModel(
    source,
    { ...set, outages, origins, history: null },
    fitted,
    new Int32Array(0),
    { classColumn: classes?.name ?? null, intervals, elapsed, domain: null },
    { scores: [score] },
  );
  const description: ModelDescription = { ...told, nTrainingRows };
  const { meanAbsoluteError, rootMeanSquaredError } = metrics;
  const scores = { meanAbsoluteError, rootMeanSquaredError, n: target.length };
  return { ...keep(modelId, fitted, description, features), scores };
}

/** A model of which nothing but itself is known: it answers, without levels. */
export function adoptAlone(
  modelId: string,
  fitted: FittedModel,
  target: { readonly name: string; readonly unit: DurationUnit },
  nTrainingRows: number,
): AdoptedModel {
  const { features: inputs } = fitted.encoder;
  const typical = inputs.map(findTypicalCell);
  const features: Table = {
    nRows: 1,
    columns: inputs.map(({ name, type }, i) => buildColumn(name, type, [typical[i] ?? null])),
  };
  const calibration: ModelCalibration = {
    classColumn: null,
    intervals: null,
    background: measureShapBackground(fitted, features),
  };
  const description: ModelDescription = {
    target,
    roles: inputs.map(({ name }) => ({ column: name, role: 'context' })),
    cleaning: [],
    origins: inputs.map(({ name }) => ({ feature: name, column: name, part: 'value' })),
    history: null,
    knownAtStart: [],
    inputs,
    typical,
    dependents: [],
    calendar: [],
    nTrainingRows,
    calibration,
    scores: [],
  };
  return { ...keep(modelId, fitted, description, features), scores: null };
}

/** Nothing is handed over that would not open again. */
function keep(modelId: string, fitted: FittedModel, description: ModelDescription, features: Table) {
  const answers = askReferenceAnswers(fitted, description);
  const { text: modelText } = writeModelFile(fitted, description, features, answers);
  return { modelText, model: openSoundModel(modelId, modelText) };
}

function findTypicalCell(input: EncodedFeature): number | string | null {
  if (input.type !== 'category') return input.quantiles[2] ?? null;
  const most = Math.max(...input.counts);
  return input.categories[input.counts.indexOf(most)] ?? null;
}
