import type { LossName } from '../settings.ts';
import { createRng } from '#base/random.ts';
import type { FeatureMatrix } from '../feature-matrix.ts';

export interface Problem {
  readonly features: FeatureMatrix;
  readonly target: Float64Array;
  readonly weights: Float64Array;
}

export interface ProblemShape {
  readonly nSamples: number;
  readonly seed: number;
  /** Numeric features after the first two; the first is rounded to tenths, the second has missing values. */
  readonly nExtra?: number;
  /** Categories of the last feature; 0 = none. */
  readonly nCategories?: number;
}

/**
 * A regression problem for tests: steps, slopes, an interaction, missing values that matter and
 * categories whose codes say nothing about their effect. The target is positive.
 */
export function createProblem({ nSamples, seed, nExtra = 2, nCategories = 6 }: ProblemShape): Problem {
  const rng = createRng(seed);
  const draw = (next: () => number) => Float64Array.from({ length: nSamples }, next);
  const rounded = draw(() => Math.round(rng.nextNormal() * 10) / 10);
  const gappy = draw(() => (rng.nextFloat() < 0.2 ? NaN : rng.nextNormal()));
  const extra = Array.from({ length: nExtra }, () => draw(rng.nextNormal));
  const codes = draw(() => (rng.nextFloat() < 0.03 ? NaN : rng.nextBelow(Math.max(1, nCategories))));
  const columns = [rounded, gappy, ...extra, ...(nCategories > 0 ? [codes] : [])];
  const target = new Float64Array(nSamples);
  for (let i = 0; i < nSamples; i++) {
    const gap = gappy[i];
    const code = codes[i];
    let value = 20 + 3 * (rounded[i] > 0.5 ? 1 : 0) + (Number.isNaN(gap) ? 4 : gap);
    if (nExtra >= 2) value += 0.5 * extra[0][i] * extra[1][i];
    if (nCategories > 0) value += Number.isNaN(code) ? -2 : (code * 7) % 5;
    target[i] = Math.max(0.1, value + 0.5 * rng.nextNormal());
  }
  return {
    features: {
      nSamples,
      columns,
      cardinalities: columns.map((column) => (column === codes ? nCategories : 0)),
    },
    target,
    weights: draw(() => rng.nextBelow(5)),
  };
}

/** Samples in another order (or a part of them). */
export function takeSamples(features: FeatureMatrix, order: readonly number[]): FeatureMatrix {
  return {
    nSamples: order.length,
    columns: features.columns.map((column) => Float64Array.from(order, (i) => column[i])),
    cardinalities: features.cardinalities,
  };
}

/** Targets that a loss takes: of the logistic one, shares. */
export function toTargetOf(loss: LossName, target: Float64Array): Float64Array {
  return loss === 'logistic' ? target.map((value) => Math.min(1, Math.max(0, value / 40))) : target;
}
