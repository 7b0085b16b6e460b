import { indexHistory, type HistoryIndex } from '#data/history/history-index.ts';
import type { ModelDescription } from '#models/model-file.ts';
import { openModelFile } from '#models/model-file.ts';
import type { FittedModel } from '#models/regressor.ts';
import { listFormFeatures } from './form-features.ts';
import { readTrust, type ModelTrust } from '../training/model-trust.ts';
import type { ModelSummary, OpenModelRequest } from './prediction.ts';

/** An open model: what predicts, which stays in the workbench, and the summary, which leaves it. */
export interface OpenModel {
  readonly model: FittedModel;
  readonly description: ModelDescription;
  /** The model's past, ready for questions; null where it has none. */
  readonly history: HistoryIndex | null;
  /** What intervals and reasons are made with; null in a file without them. */
  readonly trust: ModelTrust | null;
  readonly summary: ModelSummary;
}

/** Opens a model file, checked as if it came from anywhere. Errors: those of `openModelFile`. */
export function openModel({ modelId, text }: OpenModelRequest): OpenModel {
  const { model, description, hash } = openModelFile(text);
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
  return { model, description, history, trust: readTrust(description.trust), summary };
}
