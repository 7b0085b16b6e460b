import * as tf from '@tensorflow/tfjs-core';
import { type JobContext, createPacer } from '#base/job-context.ts';
import { createRng, deriveSeed, type Rng, shuffleInPlace } from '#base/random.ts';
import { findRange, mean, sampleDeviation } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type Design, expandSample, fitDesign } from './design-matrix.ts';
import { NEURAL_SHARES, type NeuralState } from './neural-state.ts';
import './tensor-kernels.ts';

const HIDDEN = [32, 16] as const;
const N_EPOCHS = 60;
const BATCH_SIZE = 64;
const LEARNING_RATE = 0.005;
/** Epochs without a better validation loss before training stops. */
const PATIENCE = 8;
const VALIDATION_SHARE = 0.15;
/** More outages than this tell no better which epoch is the best. */
const MAX_VALIDATION = 2000;
/** Batches in a whole training: all epochs of some 2,000 outages, fewer epochs of more. */
const MAX_BATCHES = 1600;
const PENALTY = 1e-4;

/**
 * Fits a small network in tfjs (plain JavaScript backend) to the P10, P50 and P90 of the duration by the
 * pinball loss: an opinion independent of the trees. Stops on a held-out share, keeps the best epoch.
 *
 * Weights and order are seeded, but tfjs computes in 32 bits with the engine's own exp and sqrt: the
 * same browser gives the same network, another one may differ in the last digits. This module brings
 * tfjs: only the second opinion’s own worker may import it. On `context.stop` the best epoch so far is the
 * model. Seconds to a minute of processor time: the number of batches is bounded.
 */
export async function fitNeural(
  data: {
    readonly matrix: FeatureMatrix;
    readonly target: Float64Array;
    readonly nCategories: readonly number[];
  },
  seed: number,
  context: JobContext,
): Promise<NeuralState> {
  await tf.setBackend('cpu');
  await tf.ready();
  const design = fitDesign(data.matrix, data.nCategories);
  const centre = mean(data.target);
  const spread = sampleDeviation(data.target) || 1;
  const rng = createRng(deriveSeed(seed, 7));
  const order = Int32Array.from(data.target, (_, i) => i);
  shuffleInPlace(order, rng);
  const nValidation = Math.min(MAX_VALIDATION, Math.max(1, Math.round(VALIDATION_SHARE * order.length)));
  const validation = order.slice(0, nValidation);
  const training = order.slice(nValidation);
  const toBatch = (rows: Int32Array) => ({
    inputs: tf.tensor2d(expandRows(design, data.matrix, rows), [rows.length, design.width]),
    targets: tf.tensor2d(
      Float32Array.from(rows, (row) => (data.target[row] - centre) / spread),
      [rows.length, 1],
    ),
  });
  const parameters = createParameters(design.width, rng);
  const optimizer = tf.train.adam(LEARNING_RATE);
  const held = toBatch(validation);
  const pace = createPacer(context);
  const nBatches = Math.ceil(training.length / BATCH_SIZE);
  const nEpochs = Math.min(N_EPOCHS, Math.max(1, Math.floor(MAX_BATCHES / nBatches)));
  let best = { loss: Infinity, epoch: 0, layers: readLayers(parameters) };
  try {
    for (let epoch = 1; epoch <= nEpochs && epoch - best.epoch <= PATIENCE; epoch++) {
      shuffleInPlace(training, rng);
      for (let from = 0; from < training.length && !context.stop.aborted; from += BATCH_SIZE) {
        const batch = toBatch(training.slice(from, from + BATCH_SIZE));
        optimizer.minimize(() => computeLoss(parameters, batch), false, parameters.flat());
        tf.dispose(batch);
        await pace(() => ({ phase: 'fitting', done: epoch - 1 + from / training.length, total: nEpochs }));
      }
      const loss = tf.tidy(() => computeLoss(parameters, held).dataSync()[0]);
      if (loss < best.loss) best = { loss, epoch, layers: readLayers(parameters) };
      if (context.stop.aborted) break;
    }
  } finally {
    tf.dispose([parameters.flat(), held.inputs, held.targets]);
    optimizer.dispose();
  }
  return { family: 'neural', design, layers: best.layers, centre, spread, bounds: findRange(data.target) };
}

type Parameters = readonly (readonly [tf.Variable, tf.Variable])[];

/** He initialisation, from our own seeded numbers. */
function createParameters(width: number, rng: Rng): Parameters {
  const sizes = [width, ...HIDDEN, NEURAL_SHARES.length];
  return sizes.slice(1).map((nOut, i) => {
    const nIn = sizes[i];
    const scale = Math.sqrt(2 / Math.max(1, nIn));
    const weights = Float32Array.from({ length: nIn * nOut }, () => scale * rng.nextNormal());
    return [tf.variable(tf.tensor2d(weights, [nIn, nOut])), tf.variable(tf.zeros([nOut]))] as const;
  });
}

/** Mean pinball loss of the three quantiles, and a small pull of the weights towards 0. */
function computeLoss(
  parameters: Parameters,
  batch: { readonly inputs: tf.Tensor2D; readonly targets: tf.Tensor2D },
): tf.Scalar {
  const outputs = parameters.reduce<tf.Tensor>((below, [weights, biases], i) => {
    const sums = tf.add(tf.matMul(below as tf.Tensor2D, weights as tf.Tensor2D), biases);
    return i < parameters.length - 1 ? tf.relu(sums) : sums;
  }, batch.inputs);
  const errors = tf.sub(batch.targets, outputs);
  const shares = tf.tensor1d([...NEURAL_SHARES]);
  const pinball = tf.maximum(tf.mul(shares, errors), tf.mul(tf.sub(shares, 1), errors));
  const sizes = parameters.map(([weights]) => tf.sum(tf.square(weights)));
  return tf.add<tf.Scalar>(tf.mean(pinball), tf.mul(PENALTY, tf.addN(sizes)));
}

function readLayers(parameters: Parameters): NeuralState['layers'] {
  return parameters.map(([weights, biases]) => ({
    nIn: weights.shape[0] ?? 0,
    nOut: weights.shape[1] ?? 0,
    weights: Array.from(weights.dataSync()),
    biases: Array.from(biases.dataSync()),
  }));
}

function expandRows(design: Design, matrix: FeatureMatrix, rows: Int32Array): Float32Array {
  const out = new Float32Array(rows.length * design.width);
  const indices = new Int32Array(design.terms.length);
  const values = new Float64Array(design.terms.length);
  rows.forEach((row, i) => {
    const length = expandSample(design, matrix, row, indices, values);
    for (let a = 0; a < length; a++) out[i * design.width + indices[a]] = values[a];
  });
  return out;
}
