import { exactExp, exactLog } from '#base/exact-math.ts';
import { createRng, type Rng } from '#base/random.ts';
import { mean as meanOf, sampleDeviation } from '#base/statistics.ts';
import { type CholeskyFactor, factorise, solveFactorised, solveLower } from '#models/cholesky.ts';
import type { SearchSpace } from './search-space.ts';
import type { FitSurrogate } from './surrogate.ts';

/** More points than this are thinned to the best and the most recent ones: a factor costs their cube. */
const MOST_POINTS = 150;
const N_STARTS = 12;
const N_ROUNDS = 4;
const JITTER = 1e-8;

/** Hyperparameters by their logarithms: a length for each dimension, and the share of noise in the variance. */
type Lengths = Float64Array;

/**
 * A Gaussian process with Matérn's 5/2 kernel, a length of its own for each dimension, and noise (Rasmussen & Williams 2006, ch. 2, 4
 * and 5). The scale is integrated out; lengths and noise maximise the posterior under weak log-normal priors: several seeded starts,
 * then a search along each. Values of a list differ by 1; a dimension that does not apply by 0. O(n³) a try, some 100 of them.
 */
export const fitGaussianProcess: FitSurrogate = (space, points, values, seed) => {
  const kept = thin(values);
  const own = kept.map((i) => points[i]);
  const centre = meanOf(values);
  const spread = sampleDeviation(values) || 1;
  const target = Float64Array.from(kept, (i) => (values[i] - centre) / spread);
  const squares = measureSquares(space, own);
  const lengths = findLengths(squares, target, space.dimensions.length, createRng(seed));
  const fitted = fitAt(squares, target, lengths) ?? fitAt(squares, target, standard(space.dimensions.length));
  return (at) => {
    const mean = new Float64Array(at.length).fill(centre);
    const variance = new Float64Array(at.length).fill(spread * spread);
    if (!fitted) return { mean, variance };
    const { factor, weights, scale } = fitted;
    const cross = new Float64Array(own.length);
    for (let i = 0; i < at.length; i++) {
      for (let j = 0; j < own.length; j++) cross[j] = correlate(space, at[i], own[j], lengths);
      let sum = 0;
      for (let j = 0; j < own.length; j++) sum += cross[j] * weights[j];
      mean[i] = centre + spread * sum;
      const left = solveLower(factor, cross);
      let explained = 0;
      for (const value of left) explained += value * value;
      variance[i] = spread * spread * scale * Math.max(1e-12, 1 - explained);
    }
    return { mean, variance };
  };
};

/** Positions of the values that are learnt from: the best two thirds of them, and of the rest the latest. */
function thin(values: Float64Array): readonly number[] {
  const all = Array.from(values, (_, i) => i);
  if (all.length <= MOST_POINTS) return all;
  const byValue = all.toSorted((a, b) => values[a] - values[b]);
  const nBest = Math.floor((2 * MOST_POINTS) / 3);
  const best = byValue.slice(0, nBest);
  const latest = byValue
    .slice(nBest)
    .sort((a, b) => b - a)
    .slice(0, MOST_POINTS - nBest);
  return [...best, ...latest].sort((a, b) => a - b);
}

/** Squared differences by dimension and pair (i > j, row by row). */
function measureSquares(space: SearchSpace, points: readonly Float64Array[]): readonly Float64Array[] {
  const n = points.length;
  return space.dimensions.map((dimension, d) => {
    const out = new Float64Array((n * (n - 1)) / 2);
    let at = 0;
    for (let i = 1; i < n; i++) {
      for (let j = 0; j < i; j++) out[at++] = squareOf(dimension.kind, points[i][d], points[j][d]);
    }
    return out;
  });
}

function squareOf(kind: 'number' | 'list', a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return 0;
  if (kind === 'list') return a === b ? 0 : 1;
  return (a - b) * (a - b);
}

const ROOT_5 = Math.sqrt(5);

function matern(square: number): number {
  const r = ROOT_5 * Math.sqrt(square);
  return (1 + r + (r * r) / 3) * exactExp(-r);
}

function correlate({ dimensions }: SearchSpace, a: Float64Array, b: Float64Array, lengths: Lengths): number {
  let sum = 0;
  for (let d = 0; d < dimensions.length; d++) {
    sum += squareOf(dimensions[d].kind, a[d], b[d]) * exactExp(-2 * lengths[d]);
  }
  return matern(sum);
}

interface Fitted {
  readonly factor: CholeskyFactor;
  readonly weights: Float64Array;
  readonly scale: number;
  readonly logPosterior: number;
}

/** Null where the matrix is singular. */
function fitAt(squares: readonly Float64Array[], target: Float64Array, lengths: Lengths): Fitted | null {
  const n = target.length;
  const nDimensions = squares.length;
  const inverse = Float64Array.from({ length: nDimensions }, (_, d) => exactExp(-2 * lengths[d]));
  const noise = exactExp(lengths[nDimensions]) + JITTER;
  const matrix = new Float64Array(n * n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = 1 + noise;
    for (let j = 0; j < i; j++, at++) {
      let sum = 0;
      for (let d = 0; d < nDimensions; d++) sum += squares[d][at] * inverse[d];
      matrix[i * n + j] = matern(sum);
    }
  }
  try {
    const factor = factorise(matrix, n);
    const weights = solveFactorised(factor, target);
    let fit = 0;
    for (let i = 0; i < n; i++) fit += target[i] * weights[i];
    const scale = Math.max(1e-12, fit / n);
    let logDeterminant = 0;
    for (let i = 0; i < n; i++) logDeterminant += 2 * exactLog(factor.lower[i * n + i]);
    let prior = 0;
    for (let d = 0; d < nDimensions; d++) prior -= ((lengths[d] - LENGTH_MEAN) / LENGTH_SPREAD) ** 2 / 2;
    prior -= ((lengths[nDimensions] - NOISE_MEAN) / NOISE_SPREAD) ** 2 / 2;
    return { factor, weights, scale, logPosterior: -(n * exactLog(scale) + logDeterminant) / 2 + prior };
  } catch {
    return null;
  }
}

// Lengths of about half the range, give or take a factor of three; noise of about a thousandth, give or take a factor of twelve.
const LENGTH_MEAN = -0.7;
const LENGTH_SPREAD = 1.1;
const NOISE_MEAN = -7;
const NOISE_SPREAD = 2.5;
const BOUNDS = { length: [-4, 3], noise: [-14, 1] } as const;

function standard(nDimensions: number): Lengths {
  return Float64Array.from({ length: nDimensions + 1 }, (_, d) =>
    d < nDimensions ? LENGTH_MEAN : NOISE_MEAN,
  );
}

function findLengths(
  squares: readonly Float64Array[],
  target: Float64Array,
  nDimensions: number,
  rng: Rng,
): Lengths {
  const judge = (lengths: Lengths) => fitAt(squares, target, lengths)?.logPosterior ?? -Infinity;
  let best = standard(nDimensions);
  let score = judge(best);
  const take = (lengths: Lengths) => {
    const own = judge(lengths);
    if (own > score) [best, score] = [lengths, own];
    return own === score;
  };
  for (let start = 0; start < N_STARTS; start++) {
    take(
      standard(nDimensions).map((value, d) =>
        clamp(value + (d < nDimensions ? LENGTH_SPREAD : NOISE_SPREAD) * rng.nextNormal(), d < nDimensions),
      ),
    );
  }
  let step = 0.8;
  for (let round = 0; round < N_ROUNDS; round++, step /= 2) {
    for (let d = 0; d <= nDimensions; d++) {
      const width = d < nDimensions ? step : 2.5 * step;
      const move = (by: number) =>
        best.map((value, i) => (i === d ? clamp(value + by, d < nDimensions) : value));
      if (!take(move(width))) take(move(-width));
    }
  }
  return best;
}

function clamp(value: number, isLength: boolean): number {
  const [low, high] = isLength ? BOUNDS.length : BOUNDS.noise;
  return Math.min(high, Math.max(low, value));
}
