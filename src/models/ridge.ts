import { findRange } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type CholeskyFactor, factorise, findInverseTrace, solveFactorised } from './cholesky.ts';
import { type Design, expandSample, fitDesign } from './design-matrix.ts';

/** Strengths of the penalty tried; columns are standardised, so they mean "this many outages at no effect". */
const STRENGTHS = [0.1, 1, 10, 100];

/** Factors of wider systems are found anew for each target: four of this width take 8 MB. */
const MAX_REMEMBERED_WIDTH = 512;

/** A linear model: intercept + coefficients · design columns, on the scale that was learnt. */
export interface RidgeState {
  readonly family: 'ridge';
  readonly design: Design;
  /** Training mean of each design column: with it each feature's share of a prediction is known. */
  readonly means: readonly number[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  readonly strength: number;
  /** Answers are held in this range where the scale is logarithmic: exp() of an extrapolation explodes. */
  readonly bounds: readonly [number, number] | null;
}

/** All of a ridge regression but its target: what fits on the same samples share. */
export interface RidgeSystem {
  readonly matrix: FeatureMatrix;
  readonly design: Design;
  /** Means of the design's columns. */
  readonly means: Float64Array;
  /** Of XᵀX about the means with the penalty on its diagonal, and what it takes of the degrees of freedom. */
  readonly factoriseAt: (strength: number) => PenalisedFactor;
}

interface PenalisedFactor {
  readonly factor: CholeskyFactor;
  readonly inverseTrace: number;
}

export interface RidgeOptions {
  /** Null: the strength of the least generalised cross-validation error. */
  readonly strength?: number | null;
  readonly isBounded?: boolean;
  /** Positions of features that have no effect. */
  readonly without?: ReadonlySet<number>;
}

/**
 * Ridge regression with the strength of the penalty chosen by generalised cross-validation (Golub,
 * Heath & Wahba 1979). The intercept is not penalised. Normal equations from the sparse rows, then
 * Cholesky: O(n · features² + width³) with only + − × ÷ sqrt, so the same bits everywhere.
 */
export function fitRidge(
  matrix: FeatureMatrix,
  target: Float64Array,
  nCategories: readonly number[],
  options: RidgeOptions = {},
): RidgeState {
  return solveRidge(prepareRidge(matrix, nCategories, options.without), target, options);
}

/** O(n · features²); each factor, when first asked for, O(width³). Features `without` have no effect, whatever they hold. */
export function prepareRidge(
  given: FeatureMatrix,
  nCategories: readonly number[],
  without: ReadonlySet<number> = new Set(),
): RidgeSystem {
  const matrix = holdConstant(given, without);
  const design = fitDesign(matrix, nCategories);
  const { gram, means } = sumGram(design, matrix);
  const known = new Map<number, PenalisedFactor>();
  return {
    matrix,
    design,
    means,
    factoriseAt: (strength) => {
      const found = known.get(strength) ?? factorisePenalised(gram, design.width, strength);
      if (design.width <= MAX_REMEMBERED_WIDTH) known.set(strength, found);
      return found;
    },
  };
}

/** A feature that does not vary has no effect on a linear model, in fitting as in predicting. */
function holdConstant(matrix: FeatureMatrix, features: ReadonlySet<number>): FeatureMatrix {
  if (features.size === 0) return matrix;
  const constant = new Float64Array(matrix.nSamples);
  return {
    ...matrix,
    columns: matrix.columns.map((column, feature) => (features.has(feature) ? constant : column)),
  };
}

function factorisePenalised(gram: Float64Array, width: number, strength: number): PenalisedFactor {
  const penalised = gram.slice();
  for (let i = 0; i < width; i++) penalised[i * width + i] = penalised[i * width + i] + strength;
  const factor = factorise(penalised, width);
  return { factor, inverseTrace: findInverseTrace(factor) };
}

/** The fit of one target. O(n · features + width²) beyond the factors. */
export function solveRidge(
  system: RidgeSystem,
  target: Float64Array,
  { strength: fixed = null, isBounded = false }: RidgeOptions,
): RidgeState {
  const { design, means } = system;
  const moments = sumMoments(system, target);
  const strengths = fixed === null ? STRENGTHS : [fixed];
  let best: { score: number; strength: number; coefficients: Float64Array } | null = null;
  for (const strength of design.width > 0 ? strengths : []) {
    const solved = solve(system.factoriseAt(strength), moments, strength, target.length);
    if (!best || solved.score < best.score) best = { strength, ...solved };
  }
  const coefficients = best?.coefficients ?? new Float64Array(0);
  let intercept = moments.targetMean;
  for (let i = 0; i < design.width; i++) {
    intercept -= coefficients[i] * means[i];
  }
  return {
    family: 'ridge',
    design,
    means: Array.from(means),
    coefficients: Array.from(coefficients),
    intercept,
    strength: best?.strength ?? 0,
    bounds: isBounded ? findRange(target) : null,
  };
}

/** XᵀX about the means, row-major, its lower triangle only. */
function sumGram(design: Design, matrix: FeatureMatrix): { gram: Float64Array; means: Float64Array } {
  const { width } = design;
  const { nSamples } = matrix;
  const gram = new Float64Array(width * width);
  const sums = new Float64Array(width);
  const indices = new Int32Array(design.terms.length);
  const values = new Float64Array(design.terms.length);
  for (let sample = 0; sample < nSamples; sample++) {
    const length = expandSample(design, matrix, sample, indices, values);
    for (let a = 0; a < length; a++) {
      const column = indices[a];
      const value = values[a];
      sums[column] = sums[column] + value;
      const rowOffset = column * width;
      // Indices grow with a, so this is the lower triangle.
      for (let b = 0; b <= a; b++) {
        const cell = rowOffset + indices[b];
        gram[cell] = gram[cell] + value * values[b];
      }
    }
  }
  const means = sums.map((sum) => sum / nSamples);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      const cell = i * width + j;
      gram[cell] = gram[cell] - nSamples * means[i] * means[j];
    }
  }
  return { gram, means };
}

interface Moments {
  /** Xᵀy about the means. */
  readonly products: Float64Array;
  readonly targetMean: number;
  readonly targetSquares: number;
}

function sumMoments({ design, matrix }: RidgeSystem, target: Float64Array): Moments {
  const products = new Float64Array(design.width);
  const indices = new Int32Array(design.terms.length);
  const values = new Float64Array(design.terms.length);
  let targetSum = 0;
  for (const value of target) targetSum += value;
  const targetMean = targetSum / target.length;
  let targetSquares = 0;
  for (let sample = 0; sample < target.length; sample++) {
    const length = expandSample(design, matrix, sample, indices, values);
    const residual = target[sample] - targetMean;
    targetSquares += residual * residual;
    for (let a = 0; a < length; a++) {
      const column = indices[a];
      products[column] = products[column] + values[a] * residual;
    }
  }
  return { products, targetMean, targetSquares };
}

function solve(
  { factor, inverseTrace }: PenalisedFactor,
  { products, targetSquares }: Moments,
  strength: number,
  nSamples: number,
): { score: number; coefficients: Float64Array } {
  const coefficients = solveFactorised(factor, products);
  // Residual sum of squares = y'y − 2 b'c + b'Gb, and Gb = c − strength·b.
  let explained = 0;
  let penalty = 0;
  for (let i = 0; i < coefficients.length; i++) {
    const b = coefficients[i];
    explained += b * products[i];
    penalty += b * b;
  }
  const residualSquares = Math.max(0, targetSquares - explained - strength * penalty);
  const degreesOfFreedom = 1 + factor.width - strength * inverseTrace;
  const slack = Math.max(1, nSamples - degreesOfFreedom);
  return { score: residualSquares / (slack * slack), coefficients };
}

/** O(samples × features). */
export function predictRidge(state: RidgeState, matrix: FeatureMatrix): Float64Array {
  const indices = new Int32Array(state.design.terms.length);
  const values = new Float64Array(state.design.terms.length);
  const out = new Float64Array(matrix.nSamples);
  for (let sample = 0; sample < out.length; sample++) {
    const length = expandSample(state.design, matrix, sample, indices, values);
    let sum = state.intercept;
    for (let a = 0; a < length; a++) {
      sum += state.coefficients[indices[a]] * values[a];
    }
    out[sample] = state.bounds ? Math.min(Math.max(sum, state.bounds[0]), state.bounds[1]) : sum;
  }
  return out;
}
