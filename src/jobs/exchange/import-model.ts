import type { JobContext } from '#base/job-context.ts';
import type { PlannedFeature } from '#data/feature-plan.ts';
import type { Table } from '#data/table.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { type HandOver, readHandOver } from '#interop/hand-over/read-hand-over.ts';
import { createImportedModel, toCategories } from '#interop/imported-model.ts';
import { readXgboost, type XgboostModel } from '#interop/xgboost/read-xgboost.ts';
import {
  adoptAlone,
  adoptOnHoldout,
  type AdoptedModel,
  buildHoldoutFeatures,
  openHoldout,
} from '#training/adopt-model.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { openTrainingSource } from '../dataset/training-source.ts';
import type { ImportedModel, ImportModelRequest } from './contract.ts';

/**
 * A model of XGBoost as one of its own. Out of a hand-over it is taken only if it says of the parity rows, bit for bit, what
 * XGBoost said. Throws `import-invalid`, `import-unsupported`, `import-altered`, and on a hold-out the errors of a training.
 */
export async function importModel(
  holdout: OpenDataset | null,
  request: ImportModelRequest,
  context: JobContext,
): Promise<{ readonly imported: ImportedModel; readonly model: ModelAtWork }> {
  const source = readXgboost(request.bytes);
  const handOver = request.handOver
    ? readHandOver(request.handOver.spec, request.handOver.report, request.bytes)
    : null;
  const adopted = await adopt(source, handOver, holdout, request, context);
  const { modelText, model, scores } = adopted;
  const imported: ImportedModel = {
    modelText,
    summary: model.summary,
    nTrees: source.trees.length,
    nParityRows: handOver ? handOver.checkParity(model.model) : null,
    scores: scores && { n: scores.n, mae: scores.meanAbsoluteError, rmse: scores.rootMeanSquaredError },
  };
  return { imported, model };
}

async function adopt(
  trees: XgboostModel,
  handOver: HandOver | null,
  holdout: OpenDataset | null,
  { modelId, holdout: read, target }: ImportModelRequest,
  context: JobContext,
): Promise<AdoptedModel> {
  const scale = handOver?.scale ?? (trees.attributes['tranche_scale'] === 'log1p' ? 'log1p' : 'identity');
  const facts = { scale, ...(handOver && { encoder: handOver.encoder }) };
  // Of one weight each, and a loss of one curvature, they are counted in the first root.
  const nTrainingRows = handOver?.nRows ?? Math.round(trees.trees[0]?.cover[0] ?? 0);
  if (holdout === null || read === null) {
    const alone = createImportedModel(trees, { ...facts, seen: null });
    return adoptAlone(modelId, alone, handOver?.target ?? target, nTrainingRows);
  }
  const names = trees.features.map(({ name }) => name);
  const origins =
    handOver?.origins ??
    names.map((name): PlannedFeature => ({ feature: name, column: name, part: 'value' }));
  const source = openTrainingSource(holdout, read);
  const set = openHoldout(source, read);
  const raw = buildHoldoutFeatures(set, origins);
  const fitted = createImportedModel(trees, { ...facts, seen: raw });
  const labelled = new Set(
    fitted.encoder.features.flatMap(({ name, type }) => (type === 'category' ? [name] : [])),
  );
  const features = withCategories(raw, labelled);
  const inputs = new Set(origins.flatMap(({ feature, column }) => (labelled.has(feature) ? [column] : [])));
  const judged = { source, set: { ...set, table: withCategories(set.table, inputs) }, features };
  return adoptOnHoldout(modelId, fitted, origins, nTrainingRows, judged, context);
}

function withCategories({ nRows, columns }: Table, labelled: ReadonlySet<string>): Table {
  return {
    nRows,
    columns: columns.map((column) =>
      labelled.has(column.name) && column.type === 'number' ? toCategories(column) : column,
    ),
  };
}
