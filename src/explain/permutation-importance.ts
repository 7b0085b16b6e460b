import { type JobContext, createPacer, ignoreStop } from '#base/job-context.ts';
import { type Part, runParts } from '#base/parts.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import type { FeatureOrigin } from '#data/feature-plan.ts';
import type { Table } from '#data/table.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { encode } from '#models/encoder.ts';
import { type FittedModel, type ModelState, predictState } from '#models/regressor.ts';
import { sliceSamples } from '#models/select-samples.ts';
import { fromScaleInPlace, type TargetScale } from '#models/target-scale.ts';
import { addNoiseFeatures, type NoiseFittedModel } from './noise-features.ts';

/** What the model loses without a column: mean absolute error gained, in the target's unit. */
export interface ColumnImportance {
  readonly column: string;
  readonly mean: number;
  /** Standard deviation over the repeats. */
  readonly sd: number;
}

export interface PermutationImportance {
  /** One per original column, the most important first. */
  readonly columns: readonly ColumnImportance[];
  /** What a column of pure chance would reach; null where it was not measured. */
  readonly floor: number | null;
  readonly nSamples: number;
  readonly nRepeats: number;
}

export interface ImportanceOptions {
  readonly nRepeats?: number;
  readonly seed: number;
  /** The same kind of model, fitted with columns of chance beside the real ones; without it the floor is null. */
  readonly withNoise?: NoiseFittedModel;
}

/** Outages as a model reads them, and the model: plain data, as other threads are given it. */
interface Subject {
  readonly state: ModelState;
  readonly scale: TargetScale;
  readonly matrix: FeatureMatrix;
  readonly target: Float64Array;
}

interface ShuffleRequest extends Shuffles {
  /** Position among the subjects. */
  readonly subject: number;
}

interface Shuffles {
  /** Features shuffled together: those made from one column. */
  readonly features: readonly number[];
  /** One repeat each. */
  readonly seeds: readonly number[];
}

/** By how much the error rises with one column shuffled, one figure a repeat. */
export const shuffleColumn: Part<{ readonly subjects: readonly Subject[] }, ShuffleRequest, Float64Array> = {
  name: 'shuffle-column',
  run: ({ subjects }, request, context) =>
    measureRises(openSubject(subjects[request.subject]), request, context),
};

/**
 * Permutation importance (Breiman 2001) on samples the model did not learn from: the values of one
 * original column are shuffled among the samples — all features made from it together — and the rise
 * of the mean absolute error is the column's share. nRepeats × columns predictions of all samples, spread over the
 * pool where there is one.
 *
 * The floor is the highest importance that columns of seeded normal noise reach in a model fitted with them beside
 * the real features: a bar that does not stand above it may be chance.
 */
export async function computePermutationImportance(
  model: FittedModel,
  features: Table,
  target: Float64Array,
  origins: readonly FeatureOrigin[],
  { nRepeats = 10, seed, withNoise }: ImportanceOptions,
  context: JobContext,
): Promise<PermutationImportance> {
  const columns = [...new Set(origins.map(({ column }) => column))];
  const groups = columns.map((column) =>
    origins.filter((origin) => origin.column === column).map(({ feature }) => feature),
  );
  const subjects = [createSubject(model, features, target)];
  const requests = groups.map((names, i) => requestShuffle(model, 0, names, i, nRepeats, seed));
  if (withNoise) {
    subjects.push(
      createSubject(withNoise.model, addNoiseFeatures(features, withNoise.names, seed, 1), target),
    );
    requests.push(
      ...withNoise.names.map((name, i) => requestShuffle(withNoise.model, 1, [name], i, nRepeats, seed)),
    );
  }
  // Bars are wanted after a stop too: whoever calls then asks for fewer repeats.
  const rises = await runParts(shuffleColumn, { subjects }, requests, ignoreStop(context), {
    onProgress: (done) => context.onProgress({ phase: 'explaining', done, total: requests.length }),
  });
  const bars = rises.map((each, i) => {
    const values = each as Float64Array;
    return { column: columns[i] ?? '', mean: mean(values), sd: sampleDeviation(values) };
  });
  const ofChance = bars.splice(columns.length);
  bars.sort((a, b) => b.mean - a.mean || (a.column < b.column ? -1 : 1));
  const floor = withNoise ? ofChance.reduce((highest, bar) => Math.max(highest, bar.mean), 0) : null;
  return { columns: bars, floor, nSamples: features.nRows, nRepeats };
}

function createSubject(
  { encoder, state, spec }: FittedModel,
  features: Table,
  target: Float64Array,
): Subject {
  return { state, scale: spec.scale, matrix: encode(encoder, features).matrix, target };
}

function requestShuffle(
  { encoder }: FittedModel,
  subject: number,
  names: readonly string[],
  column: number,
  nRepeats: number,
  seed: number,
): ShuffleRequest {
  const wanted = new Set(names);
  return {
    subject,
    features: encoder.features.flatMap(({ name }, position) => (wanted.has(name) ? [position] : [])),
    seeds: Array.from({ length: nRepeats }, (_, repeat) => deriveSeed(seed, column * nRepeats + repeat)),
  };
}

/**
 * Samples predicted between two yields: laying a forest out for it costs as much as a thousand rows. Of few samples several
 * repeats are predicted together.
 */
const SLICE_ROWS = 4096;

/** Outages with what predicts them. The error with nothing shuffled is found once, for all columns. */
export interface JudgedOutages {
  readonly predict: (samples: FeatureMatrix) => Float64Array;
  readonly matrix: FeatureMatrix;
  readonly target: Float64Array;
  baseError?: number;
}

const openSubjects = new WeakMap<Subject, JudgedOutages>();

function openSubject(subject: Subject): JudgedOutages {
  const { state, scale, matrix, target } = subject;
  const predict = (samples: FeatureMatrix) => fromScaleInPlace(predictState(state, samples), scale);
  const opened = openSubjects.get(subject) ?? { predict, matrix, target };
  openSubjects.set(subject, opened);
  return opened;
}

/** The mean absolute error with the features shuffled − that without, one figure a seed. */
export async function measureRises(
  outages: JudgedOutages,
  { features, seeds }: Shuffles,
  context: JobContext,
): Promise<Float64Array> {
  const { matrix, target } = outages;
  const baseError = (outages.baseError ??= (await measureErrors(outages, matrix, context))[0]);
  const rises = new Float64Array(seeds.length);
  const nTogether = Math.max(1, Math.floor(SLICE_ROWS / target.length));
  for (let from = 0; from < seeds.length; from += nTogether) {
    const repeats = seeds.slice(from, from + nTogether);
    const errors = await measureErrors(outages, shuffleFeatures(matrix, features, repeats), context);
    const gained = errors.map((error) => error - baseError);
    rises.set(gained, from);
    context.onProgress({ phase: 'explaining', done: from + repeats.length, total: seeds.length });
  }
  return rises;
}

/** Mean absolute error in the target's unit, of each repeat of the samples that stand one after the other. */
async function measureErrors(
  { predict, target }: JudgedOutages,
  samples: FeatureMatrix,
  context: JobContext,
): Promise<Float64Array> {
  const pace = createPacer(context);
  const { nSamples } = samples;
  const n = target.length;
  const sums = new Float64Array(nSamples / n);
  for (let from = 0; from < nSamples; from += SLICE_ROWS) {
    const predicted = predict(sliceSamples(samples, from, Math.min(nSamples, from + SLICE_ROWS)));
    for (let i = 0, at = from; i < predicted.length; i++, at++) {
      const repeat = Math.floor(at / n);
      sums[repeat] = sums[repeat] + Math.abs(target[at % n] - predicted[i]);
    }
    await pace();
  }
  return sums.map((sum) => sum / n);
}

/** The samples once for each seed, with the features in another order. */
function shuffleFeatures(
  matrix: FeatureMatrix,
  features: readonly number[],
  seeds: readonly number[],
): FeatureMatrix {
  const n = matrix.nSamples;
  const nSamples = seeds.length * n;
  const columns = matrix.columns.map((values) => {
    const repeated = new Float64Array(nSamples);
    for (let at = 0; at < nSamples; at += n) repeated.set(values, at);
    return repeated;
  });
  for (const [repeat, seed] of seeds.entries()) {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    shuffleInPlace(order, createRng(seed));
    for (const feature of features) {
      for (let i = 0; i < n; i++) columns[feature][repeat * n + i] = matrix.columns[feature][order[i]];
    }
  }
  return { ...matrix, nSamples, columns };
}
