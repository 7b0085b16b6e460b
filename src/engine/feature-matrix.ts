import { AppError } from '#base/errors.ts';

/** Most categories one feature may hold; a 256-bit set and one byte per bin follow from it. */
export const MAX_CATEGORIES = 255;

/** What the engine learns from: numbers only, one typed array per feature. */
export interface FeatureMatrix {
  readonly nSamples: number;
  /** Column-major; NaN = missing; a categorical feature holds integer codes 0 … cardinality − 1. */
  readonly columns: readonly Float64Array[];
  /** 0 = numeric; k > 0 = categorical with k ≤ 255 categories. Codes outside 0 … k − 1 behave as missing. */
  readonly cardinalities: readonly number[];
}

/** Throws `AppError` unless the columns have one length and the cardinalities are within bounds. O(features). */
export function checkFeatureMatrix(features: FeatureMatrix, name: string, leastSamples = 1): void {
  const { nSamples, columns, cardinalities } = features;
  if (columns.length === 0) throw new AppError('no-feature', `${name} has no feature.`, { name });
  if (!Number.isInteger(nSamples) || nSamples < leastSamples) {
    throw new AppError(
      'too-few-rows',
      `${name} has ${nSamples} samples; at least ${leastSamples} is needed.`,
      {
        name,
        value: nSamples,
        bound: leastSamples,
      },
    );
  }
  checkLength(`${name}.cardinalities`, cardinalities.length, columns.length);
  columns.forEach((column, index) => checkLength(`${name}.columns[${index}]`, column.length, nSamples));
  cardinalities.forEach((cardinality, index) => {
    if (Number.isInteger(cardinality) && cardinality >= 0 && cardinality <= MAX_CATEGORIES) return;
    throw new AppError(
      'too-many-categories',
      `${name}.cardinalities[${index}] is ${cardinality}; it must be an integer from 0 to ${MAX_CATEGORIES}.`,
      { name, index, value: cardinality, bound: MAX_CATEGORIES },
    );
  });
}

export function checkLength(name: string, length: number, expected: number): void {
  if (length === expected) return;
  throw new AppError('length-mismatch', `${name} has ${length} values where ${expected} are needed.`, {
    name,
    value: length,
    bound: expected,
  });
}
