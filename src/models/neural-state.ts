import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type Design, expandSample } from './design-matrix.ts';

/** Quantiles the network forecasts at once. */
export const NEURAL_SHARES = [0.1, 0.5, 0.9] as const;

/** One dense layer: out = weightsᵀ · in + biases, weights by input row. */
export interface DenseLayer {
  readonly nIn: number;
  readonly nOut: number;
  readonly weights: readonly number[];
  readonly biases: readonly number[];
}

/**
 * A small network of rectified dense layers whose outputs are the P10, P50 and P90 of the duration.
 * Predicting needs no TensorFlow and only + × min max, so it gives the same bits everywhere.
 */
export interface NeuralState {
  readonly family: 'neural';
  readonly design: Design;
  readonly layers: readonly DenseLayer[];
  /** Outputs are (value − centre) / spread of the learnt scale. */
  readonly centre: number;
  readonly spread: number;
  /**
   * Least and greatest value learnt from, on the learnt scale. A network goes on in a straight line where it has seen
   * nothing; on a logarithm that soon means millions of days.
   */
  readonly bounds: readonly [number, number];
}

/** P10, P50 and P90 of each sample on the learnt scale, put in order. O(samples × weights). */
export function predictNeuralQuantiles(state: NeuralState, matrix: FeatureMatrix): Float64Array[] {
  const out = NEURAL_SHARES.map(() => new Float64Array(matrix.nSamples));
  const indices = new Int32Array(state.design.terms.length);
  const values = new Float64Array(state.design.terms.length);
  const [low, high] = state.bounds;
  for (let sample = 0; sample < matrix.nSamples; sample++) {
    const input = new Float64Array(state.design.width);
    const length = expandSample(state.design, matrix, sample, indices, values);
    for (let a = 0; a < length; a++) input[indices[a]] = values[a];
    const outputs = state.layers
      .reduce<Float64Array>(
        (below, layer, i) => passThrough(layer, below, i < state.layers.length - 1),
        input,
      )
      .sort();
    outputs.forEach((output, q) => {
      const value = state.centre + state.spread * output;
      (out[q] as Float64Array)[sample] = Math.min(Math.max(value, low), high);
    });
  }
  return out;
}

/** The median of each sample, on the learnt scale. */
export function predictNeural(state: NeuralState, matrix: FeatureMatrix): Float64Array {
  return predictNeuralQuantiles(state, matrix)[1];
}

function passThrough(layer: DenseLayer, input: Float64Array, isRectified: boolean): Float64Array {
  const out = Float64Array.from(layer.biases);
  for (let i = 0; i < layer.nIn; i++) {
    const value = input[i];
    if (value === 0) continue;
    const row = i * layer.nOut;
    for (let o = 0; o < layer.nOut; o++) out[o] = out[o] + value * layer.weights[row + o];
  }
  if (isRectified) for (let o = 0; o < out.length; o++) out[o] = Math.max(0, out[o]);
  return out;
}
