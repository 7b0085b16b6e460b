import { createRng } from '#base/random.ts';
import { lowerBound } from '#base/arrays.ts';
import { mean, quantileOfSorted, sampleDeviation } from '#base/statistics.ts';

/**
 * Two samples over the same points: the shares of each, adding up to 1, and how much each point counts. The distance is a
 * norm of their difference, Σ weight·|cumulated or plain difference|.
 */
export interface ComparedShares {
  readonly reference: Float64Array;
  readonly current: Float64Array;
  /** Outages that each rests on; of weighted ones as many as tell as much. */
  readonly nReference: number;
  readonly nCurrent: number;
  readonly distance: (differences: Float64Array) => number;
}

/** How far two samples are apart, and how far chance alone takes them. */
export interface Distance {
  readonly value: number;
  /** With 95 %, the true distance is no less, and no more. */
  readonly low: number;
  readonly high: number;
  /** A true distance that so many outages show to exceed `threshold` in four samples of five, beside all that is compared. */
  readonly visible: number;
  /** How probable so large a value is where the true distance is `threshold`. */
  readonly chance: number;
}

const N_REPEATS = 240;
/** More draws tell nothing new: chance shrinks as 1/√n. */
const MAX_DRAWS = 250;

/**
 * A distance is a norm, so that the observed one differs from the true one by the norm of the sampling error at most:
 * that error's 95 % quantile, by bootstrap, is the interval. With ever more outages the bounds meet the truth, and equal
 * samples never alarm. O(repeats × draws × log points).
 */
export function measureDistance(
  shares: ComparedShares,
  threshold: number,
  seed: number,
  nCompared = 1,
): Distance {
  const { reference, current, nReference, nCurrent, distance } = shares;
  const value = distance(reference.map((share, i) => share - (current[i] ?? 0)));
  const rng = createRng(seed);
  const noise = Float64Array.from({ length: N_REPEATS }, () => {
    const a = drawError(reference, nReference, rng.nextFloat);
    const b = drawError(current, nCurrent, rng.nextFloat);
    return distance(a.map((error, i) => error - (b[i] ?? 0)));
  }).sort();
  const margin = quantileOfSorted(noise, 0.95);
  const spread = sampleDeviation(noise);
  // What is observed of a shift varies by no more than this.
  const size = Math.sqrt(mean(noise.map((each) => each * each)));
  return {
    value,
    low: Math.max(0, value - margin),
    high: value + margin,
    visible: threshold + quantileOfSorted(noise, 1 - 0.05 / nCompared) + FOUR_OF_FIVE * size,
    chance: findChance(noise, value - threshold, spread),
  };
}

/** A normal variable stays above its mean less so many spreads. */
const FOUR_OF_FIVE = 0.84;

/** Of shares drawn anew, scaled to the n that they rest on. */
function drawError(shares: Float64Array, n: number, nextFloat: () => number): Float64Array {
  const nDraws = Math.max(1, Math.min(MAX_DRAWS, Math.round(n)));
  const cumulated = new Float64Array(shares.length);
  shares.reduce((sum, share, i) => (cumulated[i] = sum + share), 0);
  const error = shares.map((share) => -share);
  for (let i = 0; i < nDraws; i++) {
    const at = Math.min(shares.length - 1, lowerBound(cumulated, nextFloat()));
    error[at] = (error[at] ?? 0) + 1 / nDraws;
  }
  const scale = Math.sqrt(nDraws / n);
  return error.map((each) => each * scale);
}

/** Beyond all that was drawn a normal tail, from above. */
function findChance(noise: Float64Array, excess: number, spread: number): number {
  const nBeyond = noise.length - lowerBound(noise, excess);
  if (nBeyond > 0) return (1 + nBeyond) / (noise.length + 1);
  const z = (excess - mean(noise)) / (spread || 1);
  return Math.min(1 / (noise.length + 1), Math.exp((-z * z) / 2));
}

/** Points at which shares of numbers are compared. */
const MAX_POINTS = 400;

/** Numbers: what has to be moved how far to make one sample of the other (Wasserstein's W₁), in spreads of the reference. */
export function compareNumbers(
  reference: readonly number[],
  weights: readonly number[],
  current: readonly number[],
): ComparedShares {
  const sorted = Float64Array.from(reference).sort();
  const pooled = Float64Array.from([...reference, ...current]).sort();
  const step = Math.max(1, Math.floor(pooled.length / MAX_POINTS));
  const points = [...new Set(pooled.filter((_, i) => i % step === 0 || i === pooled.length - 1))];
  const ascending = Float64Array.from(points);
  const place = (value: number) => Math.min(ascending.length - 1, lowerBound(ascending, value));
  const scale = findScale(sorted);
  return {
    reference: countShares(reference.map(place), weights, ascending.length),
    current: countShares(
      current.map(place),
      current.map(() => 1),
      ascending.length,
    ),
    nReference: countEffective(weights),
    nCurrent: current.length,
    distance: (differences) => {
      let cumulated = 0;
      let sum = 0;
      for (let i = 0; i + 1 < differences.length; i++) {
        cumulated += differences[i] ?? 0;
        sum += Math.abs(cumulated) * ((ascending[i + 1] ?? 0) - (ascending[i] ?? 0));
      }
      return sum / scale;
    },
  };
}

/** The middle half of the reference; of what stands still there all but the ends, at last its range. */
function findScale(sorted: Float64Array): number {
  const between = (low: number, high: number) =>
    quantileOfSorted(sorted, high) - quantileOfSorted(sorted, low);
  return between(0.25, 0.75) || between(0.05, 0.95) || between(0, 1) || 1;
}

/** Labels: the share that would have to bear another one (total variation). Codes count from 0. */
export function compareLabels(
  reference: readonly number[],
  weights: readonly number[],
  current: readonly number[],
  nLabels: number,
): ComparedShares {
  return {
    reference: countShares(reference, weights, nLabels),
    current: countShares(
      current,
      current.map(() => 1),
      nLabels,
    ),
    nReference: countEffective(weights),
    nCurrent: current.length,
    distance: (differences) => differences.reduce((sum, each) => sum + Math.abs(each), 0) / 2,
  };
}

function countShares(codes: readonly number[], weights: readonly number[], n: number): Float64Array {
  const shares = new Float64Array(n);
  let total = 0;
  for (const [i, code] of codes.entries()) {
    shares[code] = (shares[code] ?? 0) + (weights[i] ?? 0);
    total += weights[i] ?? 0;
  }
  return shares.map((share) => share / total);
}

/** Kish's effective size. */
function countEffective(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
}
