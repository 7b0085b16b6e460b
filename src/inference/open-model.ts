import { indexHistory, type HistoryIndex } from '#data/history/history-index.ts';
import type { ModelDescription, OpenedModel } from '#models/model-file.ts';
import { openModelFile, readModelHash } from '#models/model-file.ts';
import { createFittedModel, type FittedModel } from '#models/regressor.ts';
import { listFormFeatures } from './case-inputs.ts';
import { readModelCalibration, type ModelCalibration } from './model-calibration.ts';
import type { ModelSummary } from './contract.ts';

/** An open model: what predicts, which stays in the workbench, and the summary, which leaves it. */
export interface ModelAtWork {
  readonly model: FittedModel;
  readonly description: ModelDescription;
  /** The model's past, ready for questions; null where it has none. */
  readonly history: HistoryIndex | null;
  /** What intervals and reasons are made with; null in a file without them. */
  readonly trust: ModelCalibration | null;
  readonly summary: ModelSummary;
}

/** Opens a model file, checked as if it came from anywhere. Errors: those of `openModelFile`. */
export function openModel(modelId: string, text: string): ModelAtWork {
  return putToWork(modelId, openModelFile(text));
}

/**
 * Opens a model where it has just been fitted, without reading its text again: it answers as the one opened from
 * `text`, which `writeModelFile` made of it.
 */
export function openFittedModel(
  modelId: string,
  model: FittedModel,
  description: ModelDescription,
  text: string,
): ModelAtWork {
  // The members of a blend are told by what they have become, as in its file.
  const { members: _members, ...spec } = model.spec;
  const asRead = createFittedModel(spec, model.encoder, model.state);
  return putToWork(modelId, { model: asRead, description, hash: readModelHash(text) });
}

function putToWork(modelId: string, { model, description, hash }: OpenedModel): ModelAtWork {
  const summary: ModelSummary = {
    modelId,
    name: model.spec.name,
    scale: model.spec.scale,
    target: description.target,
    features: listFormFeatures(description),
    nTrainingRows: description.nTrainingRows,
    hash,
  };
  const history = description.history && indexHistory(description.history);
  return { model, description, history, trust: readModelCalibration(description.trust), summary };
}
