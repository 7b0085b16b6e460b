import { AppError } from '#base/errors.ts';
import type { BinnedFeatures } from './binning.ts';
import { checkFeatureMatrix, checkLength, type FeatureMatrix } from './feature-matrix.ts';
import type { LossName } from './settings.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';

/** Where boosting starts: a statistic of the targets, a number in their unit, or one raw prediction per sample. */
export type Init = 'mean' | 'median' | 'zero' | number | Float64Array;

export interface ValidationInput {
  readonly features: FeatureMatrix;
  readonly target: Float64Array;
  /** Raw starts of the validation samples; needed when `FitInput.init` is per sample. */
  readonly init?: Float64Array;
  readonly sampleWeight?: Float64Array;
}

interface AnyFitInput {
  readonly target: Float64Array;
  /** ≥ 0, not all 0. */
  readonly sampleWeight?: Float64Array;
  readonly init: Init;
  readonly validation?: ValidationInput;
  /**
   * Told of every leaf that the ensemble gets, in its order of nodes: the samples that the leaf was grown on,
   * ascending. A view, to be read during the call.
   */
  readonly onLeaf?: (samples: Uint32Array) => void;
}

interface FitOnValues extends AnyFitInput {
  readonly features: FeatureMatrix;
  /** `binFeatures(features, maxBins, seed)` made before, so that several fits share the work. */
  readonly binned?: BinnedFeatures;
  /** Go on from these trees; `init` must start where they did. Settings may differ, the loss may not. */
  readonly warmStart?: TreeEnsemble;
}

/** Of a table too long to be laid out in values. */
interface FitOnBins extends AnyFitInput {
  readonly features: null;
  readonly binned: BinnedFeatures;
  readonly warmStart?: undefined;
}

export type FitInput = FitOnValues | FitOnBins;

/** Targets beyond this could overflow when squared and summed. */
const MAX_MAGNITUDE = 1e100;

/** Throws `AppError` with name, value and bound on anything that could not be fitted. O(samples). */
export function checkFitInput(input: FitInput, loss: LossName, nIterNoChange: number): void {
  const { validation, warmStart } = input;
  if (input.features) checkFeatureMatrix(input.features, 'features');
  const features = describeFeatures(input);
  const start = init(input) ?? undefined;
  checkSamples(input.target, input.sampleWeight, start, features.nSamples, loss, 'features');
  if (typeof input.init === 'number') checkValues('init', Float64Array.of(input.init));
  if (nIterNoChange > 0 && !validation) {
    throw new AppError(
      'invalid-setting',
      `nIterNoChange is ${nIterNoChange}: early stopping needs validation data.`,
      { name: 'nIterNoChange', value: nIterNoChange, bound: 'validation data' },
    );
  }
  if (validation) {
    checkFeatureMatrix(validation.features, 'validation.features');
    checkLength(
      'validation.features.columns',
      validation.features.columns.length,
      features.cardinalities.length,
    );
    checkCardinalities('validation.features.cardinalities', validation.features, features.cardinalities);
    const start = init(input) ? (validation.init ?? new Float64Array(0)) : undefined;
    checkSamples(
      validation.target,
      validation.sampleWeight,
      start,
      validation.features.nSamples,
      loss,
      'validation',
    );
  }
  if (warmStart) {
    checkLength('warmStart.cardinalities', warmStart.cardinalities.length, features.cardinalities.length);
    checkCardinalities('features.cardinalities', features, warmStart.cardinalities);
    if (warmStart.loss !== loss) {
      throw new AppError('invalid-setting', `loss is ${loss}; the warm start has ${warmStart.loss}.`, {
        name: 'loss',
        value: loss,
        bound: warmStart.loss,
      });
    }
  }
}

/** How many samples there are, and features of which kinds. */
export function describeFeatures(input: FitInput): Pick<FeatureMatrix, 'nSamples' | 'cardinalities'> {
  return input.features === null ? input.binned : input.features;
}

function init(input: FitInput): Float64Array | null {
  return input.init instanceof Float64Array ? input.init : null;
}

function checkSamples(
  target: Float64Array,
  weights: Float64Array | undefined,
  start: Float64Array | undefined,
  nSamples: number,
  loss: LossName,
  name: string,
): void {
  checkLength(`${name}: target`, target.length, nSamples);
  checkValues(`${name}: target`, target);
  if (loss === 'gamma') checkPositive(`${name}: target`, target);
  if (loss === 'logistic') checkShares(`${name}: target`, target);
  if (start) {
    checkLength(`${name}: init`, start.length, nSamples);
    checkValues(`${name}: init`, start);
  }
  if (!weights) return;
  checkLength(`${name}: sampleWeight`, weights.length, nSamples);
  let sum = 0;
  weights.forEach((weight, index) => {
    if (!(weight >= 0 && weight <= MAX_MAGNITUDE)) rejectWeight(name, index, weight);
    sum += weight;
  });
  if (!(sum > 0)) rejectWeight(name, 0, sum);
}

function rejectWeight(name: string, index: number, value: number): never {
  throw new AppError(
    'weight-invalid',
    `${name}: sampleWeight[${index}] is ${value}; weights must be from 0 to ${MAX_MAGNITUDE} and not all 0.`,
    { name: 'sampleWeight', index, value, bound: 0 },
  );
}

function checkValues(name: string, values: Float64Array): void {
  const index = values.findIndex((value) => !(Math.abs(value) <= MAX_MAGNITUDE));
  if (index === -1) return;
  throw new AppError(
    'target-not-finite',
    `${name}[${index}] is ${values[index]}; it must be finite and at most ${MAX_MAGNITUDE} in size.`,
    { name, index, value: values[index], bound: MAX_MAGNITUDE },
  );
}

function checkPositive(name: string, values: Float64Array): void {
  const index = values.findIndex((value) => !(value > 0));
  if (index === -1) return;
  throw new AppError(
    'target-not-positive',
    `${name}[${index}] is ${values[index]}; loss gamma needs targets > 0.`,
    { name, index, value: values[index], bound: 0 },
  );
}

function checkShares(name: string, values: Float64Array): void {
  const index = values.findIndex((value) => value < 0 || value > 1);
  if (index === -1) return;
  throw new AppError(
    'invalid-setting',
    `${name}[${index}] is ${values[index]}; loss logistic needs 0 to 1.`,
    {
      name: `${name}[${index}]`,
      value: values[index],
      bound: '0 to 1',
    },
  );
}

function checkCardinalities(
  name: string,
  features: Pick<FeatureMatrix, 'cardinalities'>,
  expected: readonly number[],
): void {
  const index = features.cardinalities.findIndex((cardinality, i) => cardinality !== expected[i]);
  if (index === -1) return;
  throw new AppError(
    'length-mismatch',
    `${name}[${index}] is ${features.cardinalities[index]} where ${expected[index]} is needed.`,
    { name, index, value: features.cardinalities[index], bound: expected[index] },
  );
}
