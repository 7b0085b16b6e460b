import { mean } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type Design, expandSample } from '#models/design-matrix.ts';
import { type MedianPerClassState, predictMedianPerClass } from '#models/median-per-class.ts';
import type { ModelState } from '#models/regressor.ts';
import { predictRidge, type RidgeState } from '#models/ridge.ts';

/**
 * A prediction as a constant and one term a feature, where the model is such a sum: the linear model,
 * the linear start of boosting, the median per class, the overall median.
 */
export interface AdditiveContributions {
  readonly constant: number;
  /** One array a feature, one value a sample, on the learnt scale. */
  readonly columns: readonly Float64Array[];
}

/** Null where no part of the model is such a sum. O(samples × features). */
export function computeAdditiveContributions(
  state: ModelState,
  matrix: FeatureMatrix,
): AdditiveContributions | null {
  switch (state.family) {
    case 'constant':
      return { constant: state.value, columns: matrix.columns.map(() => new Float64Array(matrix.nSamples)) };
    case 'median-per-class':
      return computeClassContributions(state, matrix);
    case 'ridge':
      return computeLinearContributions(state, matrix);
    case 'gradient-boosting':
      return state.start && computeLinearContributions(state.start, matrix);
    default:
      return null;
  }
}

function computeClassContributions(state: MedianPerClassState, matrix: FeatureMatrix): AdditiveContributions {
  const columns = matrix.columns.map((_, feature) =>
    feature === state.featureIndex
      ? predictMedianPerClass(state, matrix).map((value) => value - state.overall)
      : new Float64Array(matrix.nSamples),
  );
  return { constant: state.overall, columns };
}

function computeLinearContributions(state: RidgeState, matrix: FeatureMatrix): AdditiveContributions {
  const indices = new Int32Array(2);
  const values = new Float64Array(2);
  const columns = matrix.columns.map((column, feature) => {
    // The design of this feature alone; its positions in the coefficients stay.
    const design: Design = { ...state.design, terms: [state.design.terms[feature]] };
    const single: FeatureMatrix = { ...matrix, columns: [column] };
    return column.map((_, sample) => {
      const length = expandSample(design, single, sample, indices, values);
      let contribution = 0;
      for (let a = 0; a < length; a++) {
        contribution += state.coefficients[indices[a]] * values[a];
      }
      return contribution;
    });
  });
  return { constant: state.intercept, columns };
}

/**
 * SHAP values of an additive model: φ_j = the term of feature j − its mean over the training samples, exact where
 * features are taken as independent. Where the linear model's answer was held in the range of the
 * training targets (log scale), all contributions shrink alike so that they still sum to the answer held.
 */
export function centreAdditiveContributions(
  state: ModelState,
  matrix: FeatureMatrix,
  meanContributions: readonly number[],
): { readonly base: number; readonly columns: readonly Float64Array[] } | null {
  const additive = computeAdditiveContributions(state, matrix);
  if (!additive) return null;
  const columns = additive.columns.map((column, feature) =>
    column.map((term) => term - meanContributions[feature]),
  );
  const base = meanContributions.reduce((sum, value) => sum + value, additive.constant);
  const linear = state.family === 'ridge' ? state : state.family === 'gradient-boosting' ? state.start : null;
  if (!linear?.bounds) return { base, columns };
  const heldBase = Math.min(Math.max(base, linear.bounds[0]), linear.bounds[1]);
  predictRidge(linear, matrix).forEach((held, sample) => {
    const free = columns.reduce((sum, column) => sum + column[sample], 0);
    const factor = free === 0 ? 1 : (held - heldBase) / free;
    for (const column of columns) column[sample] = column[sample] * factor;
  });
  return { base: heldBase, columns };
}

/** Mean contribution of each feature over the samples; zeros where the model has no additive part. */
export function averageContributions(state: ModelState, matrix: FeatureMatrix): number[] {
  const additive = computeAdditiveContributions(state, matrix);
  return additive ? additive.columns.map(mean) : matrix.columns.map(() => 0);
}
