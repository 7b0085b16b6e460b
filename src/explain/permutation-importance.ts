import { type JobContext, createPacer, ignoreStop } from '#base/job-context.ts';
import { type Part, runParts } from '#base/parts.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import type { FeatureOrigin } from '#data/feature-plan.ts';
import type { Table } from '#data/table.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { encode } from '#models/encoder.ts';
import { type FittedModel, type ModelState, predictState } from '#models/regressor.ts';
import { fromScaleInPlace, type TargetScale } from '#models/target-scale.ts';
import { createVariantPredictor, type Variants } from './forest-variants.ts';
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
 * of the mean absolute error is the column's importance. At most nRepeats × columns predictions of all samples, spread
 * over the pool where there is one.
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

/** Samples predicted between two yields: laying a forest out for it costs as much as a thousand rows. */
const SLICE_ROWS = 4096;

/** Outages with what predicts them. The predictions with nothing shuffled are made once, for all columns. */
export interface JudgedOutages {
  readonly predict: (samples: FeatureMatrix) => Float64Array;
  /** The same of variants of these outages, ascending by the outage: where a model has a quicker way. */
  readonly predictVariants?: (variants: Variants) => Float64Array;
  readonly matrix: FeatureMatrix;
  readonly target: Float64Array;
  basePredictions?: Float64Array;
}

const openSubjects = new WeakMap<Subject, JudgedOutages>();

function openSubject(subject: Subject): JudgedOutages {
  const opened = openSubjects.get(subject) ?? judge(subject);
  openSubjects.set(subject, opened);
  return opened;
}

function judge({ state, scale, matrix, target }: Subject): JudgedOutages {
  const predict = (samples: FeatureMatrix) => fromScaleInPlace(predictState(state, samples), scale);
  if (state.family !== 'forest') return { predict, matrix, target };
  const predictRaw = createVariantPredictor(state, matrix);
  return {
    predict,
    predictVariants: (variants) => fromScaleInPlace(predictRaw(variants), scale),
    matrix,
    target,
  };
}

/**
 * The mean absolute error with the features shuffled − that without, one figure a seed. Each outage is predicted once
 * with each value that the shuffles give it: where a column has few values that saves most of the work.
 */
export async function measureRises(
  outages: JudgedOutages,
  { features, seeds }: Shuffles,
  context: JobContext,
): Promise<Float64Array> {
  const { matrix, target } = outages;
  const { nSamples } = matrix;
  outages.basePredictions ??= await predictInSlices(outages, matrix, null, context);
  const base = outages.basePredictions;
  const kindOf = numberValues(features.map((feature) => matrix.columns[feature]));
  const orders = seeds.map((seed) => shuffleRows(nSamples, seed));
  const rises = new Float64Array(seeds.length);
  const nPerBatch = Math.max(1, Math.floor(MAX_BATCH_ROWS / nSamples));
  for (let from = 0; from < seeds.length; from += nPerBatch) {
    const batch = orders.slice(from, from + nPerBatch);
    // A row with a donor of another kind: predicted once, whichever repeats ask for it.
    const rows: number[] = [];
    const donors: number[] = [];
    const places = batch.map(() => new Int32Array(nSamples).fill(-1));
    for (let row = 0; row < nSamples; row++) {
      const placeOf = new Map<number, number>();
      for (const [repeat, order] of batch.entries()) {
        const donor = order[row];
        const kind = kindOf[donor];
        if (kind === kindOf[row]) continue;
        const place = placeOf.get(kind) ?? rows.length;
        if (place === rows.length) {
          placeOf.set(kind, place);
          rows.push(row);
          donors.push(donor);
        }
        places[repeat][row] = place;
      }
    }
    const moved = { features, rows, donors };
    const predicted = await predictInSlices(outages, matrix, moved, context);
    places.forEach((placesOfRows, repeat) => {
      const errorOf = (predictedAt: (row: number) => number) => {
        let sum = 0;
        for (let row = 0; row < nSamples; row++) sum += Math.abs(target[row] - predictedAt(row));
        return sum / nSamples;
      };
      const shuffled = errorOf((row) => (placesOfRows[row] < 0 ? base[row] : predicted[placesOfRows[row]]));
      rises[from + repeat] = shuffled - errorOf((row) => base[row]);
    });
    context.onProgress({ phase: 'explaining', done: from + batch.length, total: seeds.length });
  }
  return rises;
}

/** Rows of all repeats that are predicted together at most; one repeat at least. */
const MAX_BATCH_ROWS = 65_536;

/** Numbers the distinct tuples of values that the samples have; NaN equals NaN. */
function numberValues(columns: readonly Float64Array[]): Int32Array {
  const nSamples = columns[0]?.length ?? 0;
  let kindOf = new Int32Array(nSamples);
  for (const values of columns) {
    const numbers = new Map<number, Map<number, number>>();
    let next = 0;
    kindOf = kindOf.map((kind, row) => {
      const own = numbers.get(kind) ?? new Map<number, number>();
      numbers.set(kind, own);
      const number = own.get(values[row]) ?? next++;
      own.set(values[row], number);
      return number;
    });
  }
  return kindOf;
}

function shuffleRows(nSamples: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: nSamples }, (_, i) => i);
  shuffleInPlace(order, createRng(seed));
  return order;
}

/** Of some rows, with the values of some features taken from their donors; or of all rows as they are. */
async function predictInSlices(
  { predict, predictVariants }: JudgedOutages,
  matrix: FeatureMatrix,
  moved: {
    readonly features: readonly number[];
    readonly rows: readonly number[];
    readonly donors: readonly number[];
  } | null,
  context: JobContext,
): Promise<Float64Array> {
  const pace = createPacer(context);
  const n = moved ? moved.rows.length : matrix.nSamples;
  const out = new Float64Array(n);
  for (let from = 0; from < n; from += SLICE_ROWS) {
    const to = Math.min(n, from + SLICE_ROWS);
    const columns = matrix.columns.map((values, feature) => {
      if (!moved) return values.subarray(from, to);
      const sources = moved.features.includes(feature) ? moved.donors : moved.rows;
      const own = new Float64Array(to - from);
      for (let i = from; i < to; i++) own[i - from] = values[sources[i]];
      return own;
    });
    const samples = { nSamples: to - from, columns, cardinalities: matrix.cardinalities };
    const predicted =
      moved && predictVariants
        ? predictVariants({
            features: moved.features,
            matrix: samples,
            originals: moved.rows.slice(from, to),
          })
        : predict(samples);
    out.set(predicted, from);
    await pace();
  }
  return out;
}
