import { AppError } from '#base/errors.ts';

export const lossNames = ['squaredError', 'absoluteError', 'huber', 'quantile', 'gamma', 'logistic'] as const;

/**
 * What boosting minimises. `gamma` predicts on the log scale (raw = log of the mean) and needs targets > 0; `logistic`
 * predicts log-odds and needs targets in [0, 1].
 */
export type LossName = (typeof lossNames)[number];

export interface BoostingSettings {
  readonly loss: LossName;
  readonly nIterations: number;
  readonly learningRate: number;
  /** null = as many as depth allows. With a number, the leaf with the most to gain is split next. */
  readonly maxLeafNodes: number | null;
  /** null = no limit but `MAX_DEPTH`. */
  readonly maxDepth: number | null;
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
  /** Bins per numeric feature, missing values apart: 2 … 65,535. Above 255 a bin takes two bytes. */
  readonly maxBins: number;
  /** Share of the samples each tree is grown on, drawn without replacement. */
  readonly subsample: number;
  /** Share of the features each tree may split on. */
  readonly columnSubsample: number;
  /** Iterations without a better validation score before stopping; 0 = no early stopping. */
  readonly nIterNoChange: number;
  readonly seed: number;
  /** The share of targets to lie below the prediction; loss `quantile` only. */
  readonly quantile?: number;
  /** Where Huber's loss turns from square to absolute; absent = the 0.9 quantile of |residual|, renewed at each iteration. */
  readonly huberDelta?: number;
  /** Per feature: +1 = the prediction may only rise with it, −1 = only fall, 0 = free. Numeric features only. */
  readonly monotoneConstraints?: readonly (-1 | 0 | 1)[];
}

/** No tree grows deeper than this: it bounds recursion and what a model file may hold. */
export const MAX_DEPTH = 64;

/** Settings of a plain, careful fit; `models/hyperparameters.ts` decides what a user gets. */
export const defaultSettings: BoostingSettings = {
  loss: 'squaredError',
  nIterations: 100,
  learningRate: 0.1,
  maxLeafNodes: 31,
  maxDepth: null,
  minSamplesLeaf: 20,
  l2Regularization: 0,
  maxBins: 255,
  subsample: 1,
  columnSubsample: 1,
  nIterNoChange: 0,
  seed: 0,
};

/** Throws `invalid-setting` with name, value and bounds. `cardinalities` is that of the features to fit. */
export function checkSettings(settings: BoostingSettings, cardinalities: readonly number[]): void {
  const { loss, monotoneConstraints } = settings;
  if (!lossNames.includes(loss)) reject('loss', loss, lossNames.join(', '));
  checkInteger('nIterations', settings.nIterations, 1, 100_000);
  checkNumber('learningRate', settings.learningRate, 1e-6, 10);
  if (settings.maxLeafNodes !== null) checkInteger('maxLeafNodes', settings.maxLeafNodes, 2, 65_536);
  if (settings.maxDepth !== null) checkInteger('maxDepth', settings.maxDepth, 1, MAX_DEPTH);
  checkInteger('minSamplesLeaf', settings.minSamplesLeaf, 1, 2 ** 31 - 1);
  checkNumber('l2Regularization', settings.l2Regularization, 0, 1e12);
  checkInteger('maxBins', settings.maxBins, 2, 65_535);
  checkNumber('subsample', settings.subsample, 1e-6, 1);
  checkNumber('columnSubsample', settings.columnSubsample, 1e-6, 1);
  checkInteger('nIterNoChange', settings.nIterNoChange, 0, 100_000);
  checkInteger('seed', settings.seed, -(2 ** 31), 2 ** 32 - 1);
  if (loss === 'quantile') checkNumber('quantile', settings.quantile ?? NaN, 1e-6, 1 - 1e-6);
  if (settings.huberDelta !== undefined) checkNumber('huberDelta', settings.huberDelta, 1e-12, 1e100);
  if (monotoneConstraints === undefined) return;
  if (monotoneConstraints.length !== cardinalities.length) {
    reject('monotoneConstraints.length', monotoneConstraints.length, `${cardinalities.length}`);
  }
  monotoneConstraints.forEach((constraint, index) => {
    const isAllowed = constraint === 0 || (cardinalities[index] === 0 && Math.abs(constraint) === 1);
    if (!isAllowed)
      reject(
        `monotoneConstraints[${index}]`,
        constraint,
        cardinalities[index] ? '0 (a category)' : '-1, 0, 1',
      );
  });
}

function checkNumber(name: string, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) reject(name, value, `${low} to ${high}`);
}

function checkInteger(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high)
    reject(name, value, `an integer from ${low} to ${high}`);
}

function reject(name: string, value: string | number, bound: string): never {
  throw new AppError('invalid-setting', `${name} must be ${bound}; got ${value}.`, { name, value, bound });
}
