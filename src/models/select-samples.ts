import type { FeatureMatrix } from '#engine/feature-matrix.ts';

/** The matrix with only the given samples, in the given order. O(samples × features). */
export function selectSamples(matrix: FeatureMatrix, samples: ArrayLike<number>): FeatureMatrix {
  return {
    nSamples: samples.length,
    columns: matrix.columns.map((values) => selectValues(values, samples)),
    cardinalities: matrix.cardinalities,
  };
}

/** Samples `from` … `to` − 1, as views. */
export function sliceSamples(matrix: FeatureMatrix, from: number, to: number): FeatureMatrix {
  const columns = matrix.columns.map((values) => values.subarray(from, to));
  return { nSamples: to - from, columns, cardinalities: matrix.cardinalities };
}

export function selectValues(values: Float64Array, samples: ArrayLike<number>): Float64Array {
  const out = new Float64Array(samples.length);
  for (let i = 0; i < out.length; i++) out[i] = values[samples[i]];
  return out;
}
