import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { JobContext } from '#base/job-context.ts';
import { selectRows, type Table } from '#data/table.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { forecastEncoded, type ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import type { Fold } from '#evaluation/splits.ts';
import { encode } from '#models/encoder.ts';
import { predictStages } from '#models/gradient-boosting.ts';
import type { ModelSpec, SpecId } from '#models/model-spec.ts';
import { type PreparedSamples, prepareSamples } from '#models/prepared-samples.ts';
import { type FitOptions, type FittedModel, fitPrepared } from '#models/regressor.ts';
import { fromScaleInPlace } from '#models/target-scale.ts';
import type { Samples } from './training-set.ts';

/**
 * Outages with the ways they are split: what all fits on them read. Plain data, sent to another thread once. What a fold
 * is prepared to (rows selected, encoded, binned, …) is derived on each thread when first needed, shared by all fits on
 * the fold and forgotten with this object — or before, where the data are large.
 */
export interface SharedFolds extends Samples {
  readonly folds: readonly Fold[];
}

/** The network, from whoever loaded it. */
export type EvaluationOptions = Pick<FitOptions, 'fitNeural'>;

/**
 * Fits a spec on the training rows of a fold and forecasts the rows it did not see: the one door for comparison,
 * tuning, data curve and gate. One fit.
 *
 * L1 The same folds give the same forecasts, in any order, with any number of threads, whatever else was evaluated on
 * them. Throws `cancelled` and the errors of `fitModel`; on `context.stop` the fit is cut short.
 */
export async function evaluateSpec(
  spec: ModelSpec,
  folds: SharedFolds,
  fold: number,
  context: JobContext,
  options: EvaluationOptions = {},
): Promise<ModelForecasts> {
  const { samples, test, judged } = prepareFold(folds, fold);
  const model = await fitPrepared(spec, samples, options, context);
  return {
    ...forecastEncoded(model, test),
    ...(judged && { underWay: forecastEncoded(model, judged) }),
  };
}

/**
 * Evaluates specs that `groupByFit` put together, at the cost of the longest one's fit: the first trees of a fit are the
 * fit of so many trees. L2 Each forecast is that of `evaluateSpec`.
 */
export async function evaluateSpecs(
  specs: readonly ModelSpec[],
  folds: SharedFolds,
  fold: number,
  context: JobContext,
  options: EvaluationOptions = {},
): Promise<ModelForecasts[]> {
  const [first] = specs;
  if (first && specs.length === 1) return [await evaluateSpec(first, folds, fold, context, options)];
  const longest = specs.reduce((most, spec) => (countIterations(spec) > countIterations(most) ? spec : most));
  const { samples, test, judged } = prepareFold(folds, fold);
  const { state } = await fitPrepared(longest, samples, options, context);
  if (state.family !== 'gradient-boosting') throw new TypeError(`${longest.id} has no stages`);
  const predict = (matrix: FeatureMatrix) =>
    predictStages(state, matrix, specs.map(countIterations)).map((raw) => ({
      predicted: fromScaleInPlace(raw, longest.scale),
    }));
  const underWay = judged && predict(judged);
  return predict(test).map((forecasts, i) => ({
    ...forecasts,
    ...(underWay?.[i] && { underWay: underWay[i] }),
  }));
}

/** Specs that one fit serves: alike but for the number of trees, where early stopping does not choose it. In order. */
export function groupByFit(specs: readonly ModelSpec[]): readonly (readonly ModelSpec[])[] {
  const groups = new Map<SpecId, ModelSpec[]>();
  for (const spec of specs) {
    const key = findFitKey(spec);
    groups.set(key, [...(groups.get(key) ?? []), spec]);
  }
  return [...groups.values()];
}

function findFitKey({ id, name, scale, seed, settings, expected }: ModelSpec): string {
  if (settings.family !== 'gradient-boosting' || settings.hyperparameters.nIterNoChange > 0) return id;
  const { nIterations: _, ...shared } = settings.hyperparameters;
  return JSON.stringify([name, scale, seed, settings.init, shared, expected]);
}

function countIterations({ settings }: ModelSpec): number {
  return settings.family === 'gradient-boosting' ? settings.hyperparameters.nIterations : 0;
}

/** A fold as its fits read it. */
export interface PreparedFold {
  readonly samples: PreparedSamples;
  /** The test rows, encoded as the training rows are. */
  readonly test: FeatureMatrix;
  /** The outages under way that it judges; null for none. */
  readonly judged: FeatureMatrix | null;
}

/** Folds are remembered while they hold no more cells than this together (the encoded ones take 80 MB), and the last always. */
const MAX_REMEMBERED_CELLS = 10_000_000;

const preparedFolds = new WeakMap<SharedFolds, Map<number, PreparedFold>>();

/** Remembered: fits on one fold come one after the other. O(cells) the first time. */
export function prepareFold(folds: SharedFolds, fold: number): PreparedFold {
  const known = preparedFolds.get(folds) ?? new Map<number, PreparedFold>();
  preparedFolds.set(folds, known);
  const found = known.get(fold);
  if (found) return found;
  const { features, target } = folds;
  const { trainRows, testRows, underWay } = folds.folds[fold] as Fold;
  const beside = folds.underWay && underWay ? { ...underWay, features: folds.underWay.features } : null;
  forgetOldest(known, (trainRows.length + testRows.length) * features.columns.length);
  const samples = prepareSamples(
    selectRows(features, trainRows),
    Float64Array.from(trainRows, (row) => target[row] as number),
    beside && { features: selectRows(beside.features, beside.learnt), elapsed: beside.elapsed },
  );
  const encodeRows = (table: Table, rows: Int32Array) =>
    encode(samples.encoder, selectRows(table, rows)).matrix;
  const prepared: PreparedFold = {
    samples,
    test: encodeRows(features, testRows),
    judged: beside && beside.judged.length > 0 ? encodeRows(beside.features, beside.judged) : null,
  };
  known.set(fold, prepared);
  return prepared;
}

/** Makes room for so many cells. */
function forgetOldest(known: Map<number, PreparedFold>, nCells: number): void {
  const countCells = ({ nSamples, columns }: FeatureMatrix) => nSamples * columns.length;
  let total = nCells;
  for (const { samples, test } of known.values()) total += countCells(samples.matrix) + countCells(test);
  for (const [fold, { samples, test }] of known) {
    if (total <= MAX_REMEMBERED_CELLS) return;
    total -= countCells(samples.matrix) + countCells(test);
    known.delete(fold);
  }
}

/** Fits a spec on the training rows of a fold, to be kept. Errors and stop: those of `evaluateSpec`. */
export function fitOnFold(
  spec: ModelSpec,
  folds: SharedFolds,
  fold: number,
  context: JobContext,
): Promise<FittedModel> {
  return fitPrepared(spec, prepareFold(folds, fold).samples, {}, context);
}

/**
 * SHA-256 of features, target and folds, as hexadecimal: evaluations filed under it and the id of a spec are still those
 * of the same question. O(cells): some 5 ms a megabyte.
 */
export function identifyFolds({ features, target, underWay, folds }: SharedFolds): string {
  const hash = sha256.create();
  const addText = (value: unknown) => hash.update(utf8ToBytes(`${JSON.stringify(value)}\n`));
  const addNumbers = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array) =>
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  const addTable = ({ columns }: Table) => {
    for (const column of columns) {
      addText([column.name, column.type, column.type === 'category' ? column.categories : null]);
      addNumbers(column.type === 'category' ? column.codes : column.values);
    }
  };
  addTable(features);
  addNumbers(target);
  if (underWay) addTable(underWay.features);
  for (const { repeat, trainRows, testRows, underWay: beside } of folds) {
    addText([repeat, trainRows.length, testRows.length]);
    addNumbers(trainRows);
    addNumbers(testRows);
    if (!beside) continue;
    addNumbers(beside.learnt);
    addNumbers(beside.elapsed);
    addNumbers(beside.judged);
  }
  return bytesToHex(hash.digest());
}
