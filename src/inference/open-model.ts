import { atStart } from '#data/known-when.ts';
import { indexHistory, type HistoryIndex } from '#data/history/history-index.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { ReferenceAnswer } from '#models/model-file-schema.ts';
import { listDirections } from '#models/model-spec.ts';
import { type OpenedModel, openModelFile } from '#models/open-model-file.ts';
import type { FittedModel } from '#models/regressor.ts';
import { hashFingerprints } from '#models/row-fingerprints.ts';
import { listFormFeatures } from './case-inputs.ts';
import { readModelCalibration, type ModelCalibration } from './model-calibration.ts';
import type { ModelSummary } from './contract.ts';

/** An open model: what predicts, which stays in the workbench, and the summary, which leaves it. */
export interface ModelAtWork {
  readonly model: FittedModel;
  readonly description: ModelDescription;
  /** The model's past, ready for questions; null where it has none. */
  readonly history: HistoryIndex | null;
  /** What intervals and explanations are made with; null in a file without them. */
  readonly calibration: ModelCalibration | null;
  readonly summary: ModelSummary;
  /** What was said of some cases when its file was written. */
  readonly answers?: readonly ReferenceAnswer[];
  /** Columns of the file that this one was fitted without, whatever the model's inputs are. Absent: none. */
  readonly without?: ReadonlySet<string>;
}

/** Opens a model file, checked as if it came from anywhere. Errors: those of `openModelFile`. */
export function openModel(modelId: string, text: string): ModelAtWork {
  return putToWork(modelId, openModelFile(text));
}

/** The same of a model that need not be read: the one that was just written. Throws `model-file-invalid`. */
export function putToWork(modelId: string, { model, description, hash, answers }: OpenedModel): ModelAtWork {
  const directions = listDirections(model.spec);
  const summary: ModelSummary = {
    modelId,
    name: model.spec.name,
    scale: model.spec.scale,
    target: description.target,
    // Only numbers as they stand in the file are directed: their features bear the column's name.
    ...(directions.length > 0 && {
      expected: directions.map(({ feature, direction }) => ({ column: feature, direction })),
    }),
    features: listFormFeatures(description),
    nTrainingRows: description.nTrainingRows,
    ...(description.learntRows && { learntHash: hashFingerprints(description.learntRows) }),
    ...(description.reading && { reading: description.reading }),
    ...findLongest(description),
    horizon: description.horizon ?? atStart,
    ...(description.factors && { factors: description.factors.plan }),
    hash,
  };
  const history = description.history && indexHistory(description.history);
  const calibration = readModelCalibration(description.calibration);
  return { model, description, history, calibration, summary, ...(answers && { answers }) };
}

function findLongest({ history, pastDurations = [] }: ModelDescription): Pick<ModelSummary, 'longest'> {
  const ofLabels = pastDurations.flatMap(({ durations }) => durations.flat());
  const longest = (history?.durations ?? ofLabels).reduce<number>(
    (most, duration) => Math.max(most, duration ?? most),
    0,
  );
  return longest > 0 ? { longest } : {};
}
