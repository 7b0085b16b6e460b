import { findRange } from '#base/statistics.ts';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type Design, expandSample, fitDesign } from './design-matrix.ts';

/** Strengths of the penalty tried; columns are standardised, so they mean "this many outages at no effect". */
const STRENGTHS = [0.1, 1, 10, 100];

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

/**
 * Ridge regression with the strength of the penalty chosen by generalised cross-validation (Golub,
 * Heath & Wahba 1979). The intercept is not penalised. Normal equations from the sparse rows, then
 * Cholesky: O(n · features² + width³) with only + − × ÷ sqrt, so the same bits everywhere.
 */
export function fitRidge(
  matrix: FeatureMatrix,
  target: Float64Array,
  nCategories: readonly number[],
  options: { sampleWeight?: Float64Array | undefined; isBounded?: boolean } = {},
): RidgeState {
  const design = fitDesign(matrix, nCategories);
  const equations = sumNormalEquations(design, matrix, target, options.sampleWeight);
  let best: { score: number; strength: number; coefficients: Float64Array } | null = null;
  for (const strength of design.width > 0 ? STRENGTHS : []) {
    const solved = solve(equations, strength);
    if (!best || solved.score < best.score) best = { strength, ...solved };
  }
  const coefficients = best?.coefficients ?? new Float64Array(0);
  let intercept = equations.targetMean;
  for (let i = 0; i < design.width; i++) {
    intercept -= coefficients[i] * equations.means[i];
  }
  return {
    family: 'ridge',
    design,
    means: Array.from(equations.means),
    coefficients: Array.from(coefficients),
    intercept,
    strength: best?.strength ?? 0,
    bounds: options.isBounded ? findRange(target) : null,
  };
}

interface NormalEquations {
  /** XᵀWX and XᵀWy about the weighted means. */
  readonly gram: Matrix;
  readonly moments: Float64Array;
  readonly means: Float64Array;
  readonly targetMean: number;
  readonly targetSquares: number;
  readonly nSamples: number;
}

function sumNormalEquations(
  design: Design,
  matrix: FeatureMatrix,
  target: Float64Array,
  sampleWeight: Float64Array | undefined,
): NormalEquations {
  const { width } = design;
  const gram = new Float64Array(width * width);
  const moments = new Float64Array(width);
  const sums = new Float64Array(width);
  const indices = new Int32Array(design.terms.length);
  const values = new Float64Array(design.terms.length);
  let weightSum = 0;
  let targetSum = 0;
  for (let sample = 0; sample < matrix.nSamples; sample++) {
    const weight = sampleWeight?.[sample] ?? 1;
    weightSum += weight;
    targetSum += weight * target[sample];
  }
  const targetMean = targetSum / weightSum;
  let targetSquares = 0;
  for (let sample = 0; sample < matrix.nSamples; sample++) {
    const weight = sampleWeight?.[sample] ?? 1;
    const length = expandSample(design, matrix, sample, indices, values);
    const residual = target[sample] - targetMean;
    targetSquares += weight * residual * residual;
    for (let a = 0; a < length; a++) {
      const column = indices[a];
      const weighted = weight * values[a];
      sums[column] = sums[column] + weighted;
      moments[column] = moments[column] + weighted * residual;
      const rowOffset = column * width;
      for (let b = 0; b <= a; b++) {
        const cell = rowOffset + indices[b];
        gram[cell] = gram[cell] + weighted * values[b];
      }
    }
  }
  const means = sums.map((sum) => sum / weightSum);
  const centred = new Matrix(width, width);
  // Indices grow with a, so only the lower triangle was summed.
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      const value = gram[i * width + j] - weightSum * means[i] * means[j];
      centred.set(i, j, value);
      centred.set(j, i, value);
    }
  }
  return { gram: centred, moments, means, targetMean, targetSquares, nSamples: matrix.nSamples };
}

function solve(equations: NormalEquations, strength: number): { score: number; coefficients: Float64Array } {
  const { gram, moments, targetSquares, nSamples } = equations;
  const penalised = gram.clone();
  for (let i = 0; i < gram.rows; i++) penalised.set(i, i, penalised.get(i, i) + strength);
  const cholesky = new CholeskyDecomposition(penalised);
  const coefficients = Float64Array.from(cholesky.solve(Matrix.columnVector(moments)).to1DArray());
  // Residual sum of squares = y'y − 2 b'c + b'Gb, and Gb = c − strength·b.
  let explained = 0;
  let penalty = 0;
  for (let i = 0; i < coefficients.length; i++) {
    const b = coefficients[i];
    explained += b * moments[i];
    penalty += b * b;
  }
  const residualSquares = Math.max(0, targetSquares - explained - strength * penalty);
  const degreesOfFreedom = 1 + gram.rows - strength * findInverseTrace(cholesky.lowerTriangularMatrix);
  const slack = Math.max(1, nSamples - degreesOfFreedom);
  return { score: residualSquares / (slack * slack), coefficients };
}

/** trace((LLᵀ)⁻¹) = the sum of squares of L⁻¹, found column by column. O(width³ / 6). */
function findInverseTrace(lower: Matrix): number {
  const n = lower.rows;
  const rows = Array.from({ length: n }, (_, i) => Float64Array.from(lower.getRow(i)));
  const column = new Float64Array(n);
  let trace = 0;
  for (let start = 0; start < n; start++) {
    for (let i = start; i < n; i++) {
      const row = rows[i] as Float64Array;
      let sum = i === start ? 1 : 0;
      for (let j = start; j < i; j++) sum -= row[j] * column[j];
      const value = sum / row[i];
      column[i] = value;
      trace += value * value;
    }
  }
  return trace;
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
