import type { FeatureMatrix } from '#engine/feature-matrix.ts';

/**
 * How the linear model reads features: a number standardised, with a 0/1 column for "missing" where
 * training had missing values; a category as one 0/1 column per code, and one for missing. JSON-able.
 */
export interface Design {
  readonly terms: readonly DesignTerm[];
  readonly width: number;
}

export interface DesignTerm {
  /** Position of this feature's first column. */
  readonly offset: number;
  /** Category codes; 0 for a number. */
  readonly cardinality: number;
  /** Position of the 0/1 column for missing; −1 where training saw none. */
  readonly missing: number;
  readonly mean: number;
  /** 1 / standard deviation; 0 for a constant feature, which then has no effect. */
  readonly inverseDeviation: number;
}

export function fitDesign(matrix: FeatureMatrix): Design {
  let width = 0;
  const terms = matrix.columns.map((values, i): DesignTerm => {
    const cardinality = matrix.cardinalities[i] as number;
    const offset = width;
    const { mean, deviation, nMissing } = findMoments(values, cardinality);
    width += cardinality === 0 ? 1 : cardinality;
    const missing = nMissing > 0 ? width++ : -1;
    return { offset, cardinality, missing, mean, inverseDeviation: deviation > 0 ? 1 / deviation : 0 };
  });
  return { terms, width };
}

function findMoments(
  values: Float64Array,
  cardinality: number,
): { mean: number; deviation: number; nMissing: number } {
  let n = 0;
  let sum = 0;
  for (const value of values) {
    if (Number.isNaN(value) || (cardinality > 0 && !(value >= 0 && value < cardinality))) continue;
    n++;
    sum += value;
  }
  const mean = n > 0 ? sum / n : 0;
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) * (value - mean);
  const deviation = n > 0 ? Math.sqrt(squares / n) : 0;
  // A "constant" column can keep a rounding crumb of spread that would be blown up to size 1.
  const isConstant = deviation <= 1e-12 * Math.abs(mean);
  return { mean, deviation: isConstant ? 0 : deviation, nMissing: values.length - n };
}

/**
 * The non-zero columns of one sample, written to `outIndices` and `outValues` (each as long as twice the
 * number of features); returns how many. Rows are sparse: one entry a feature, two where it is missing.
 */
export function expandSample(
  design: Design,
  matrix: FeatureMatrix,
  sample: number,
  outIndices: Int32Array,
  outValues: Float64Array,
): number {
  let length = 0;
  for (let i = 0; i < design.terms.length; i++) {
    const term = design.terms[i] as DesignTerm;
    const value = (matrix.columns[i] as Float64Array)[sample] as number;
    const isCategory = term.cardinality > 0;
    if (Number.isNaN(value) || (isCategory && !(value >= 0 && value < term.cardinality))) {
      if (term.missing < 0) continue;
      outIndices[length] = term.missing;
      outValues[length++] = 1;
    } else {
      outIndices[length] = isCategory ? term.offset + value : term.offset;
      outValues[length++] = isCategory ? 1 : (value - term.mean) * term.inverseDeviation;
    }
  }
  return length;
}
