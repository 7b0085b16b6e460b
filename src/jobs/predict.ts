import { buildModelFeatures } from './apply-model.ts';
import { noteCells, toCaseTable } from './case-table.ts';
import type { OpenModel } from './open-model.ts';
import type { CasePrediction, PredictRequest } from './prediction.ts';

/** Predicts cases. Synchronous and small: a what-if is answered within a frame. O(cases × trees × depth). */
export function predictCases(model: OpenModel, { cases }: PredictRequest): readonly CasePrediction[] {
  const { inputs } = model.description;
  const values = model.model.predict(buildModelFeatures(model, toCaseTable(inputs, cases)));
  return cases.map((cells, i) => ({ value: values[i] as number, notes: noteCells(inputs, cells) }));
}
