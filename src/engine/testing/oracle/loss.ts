import { exactExp, exactLog } from '#base/exact-math.ts';
import { quantileOfSorted } from '#base/statistics.ts';
import type { Loss } from '../../loss.ts';
import { findWeightedQuantile } from '../../weighted-quantile.ts';

/** The formulas of a loss, as the kernel's `assembly/loss.ts` has them. */
export interface LossFormulas {
  /**
   * Writes the derivatives of the (weighted) loss by the raw prediction and returns the mean loss.
   * `outHessians` is null when the hessian is constant and there are no weights.
   */
  readonly computeGradients: (
    raw: Float64Array,
    target: Float64Array,
    weights: Float64Array | null,
    outGradients: Float64Array,
    outHessians: Float64Array | null,
  ) => number;
  /** Mean (weighted) loss. */
  readonly computeMean: (raw: Float64Array, target: Float64Array, weights: Float64Array | null) => number;
  /**
   * Best constant to add in a leaf given its residuals target − raw, where one Newton step is not it
   * (absolute, quantile, Huber); absent where it is. May reorder its arguments.
   */
  readonly findLeafValue?: (residuals: Float64Array, weights: Float64Array | null) => number;
  /** Called with all residuals before each iteration's gradients; Huber's loss renews its delta here. */
  readonly prepareIteration?: (raw: Float64Array, target: Float64Array) => void;
}

/** Loss, gradient and hessian of one sample. */
interface PointwiseLoss {
  loss: (target: number, raw: number) => number;
  gradient: (target: number, raw: number) => number;
  hessian: (target: number, raw: number) => number;
}

/** One for each fit: Huber's remembers its delta. */
export function createLossFormulas({ name, quantile, scale, delta }: Loss): LossFormulas {
  if (name === 'pinball') return createPinball(quantile, scale);
  if (name === 'huber') return createHuber(delta);
  if (name === 'logistic') return createLogistic();
  return name === 'gamma' ? createGamma() : createSquaredError();
}

/** (target − raw)²; the gradient is that of half of it, so that the hessian is 1. */
function createSquaredError(): LossFormulas {
  const weighted = overSamples({
    loss: (target, raw) => (raw - target) * (raw - target),
    gradient: (target, raw) => raw - target,
    hessian: () => 1,
  });
  return {
    computeMean: weighted.computeMean,
    computeGradients: (raw, target, weights, outGradients, outHessians) => {
      if (weights ?? outHessians)
        return weighted.computeGradients(raw, target, weights, outGradients, outHessians);
      return subtract(raw, target, outGradients) / target.length;
    },
  };
}

/** The common case. Returns the sum of squares, in two partial sums (even and odd positions) as the kernel adds them. */
function subtract(raw: Float64Array, target: Float64Array, outGradients: Float64Array): number {
  const sums = [0, 0];
  for (let i = 0; i < target.length; i++) {
    const gradient = raw[i] - target[i];
    outGradients[i] = gradient;
    sums[i % 2] += gradient * gradient;
  }
  return sums[0] + sums[1];
}

/** `scale` · ((target − raw) · q if positive, else (raw − target) · (1 − q)). Koenker & Bassett 1978. */
function createPinball(quantile: number, scale: number): LossFormulas {
  return {
    findLeafValue: (residuals, weights) => findWeightedQuantile(residuals, weights, quantile),
    ...overSamples({
      loss: (target, raw) =>
        scale * (target >= raw ? quantile * (target - raw) : (1 - quantile) * (raw - target)),
      gradient: (target, raw) => scale * (target > raw ? -quantile : target < raw ? 1 - quantile : 0),
      hessian: () => 1,
    }),
  };
}

/** Half the square up to delta, then linear. Leaf values as in Friedman 2001, algorithm 4. */
function createHuber(fixedDelta: number): LossFormulas {
  let delta = fixedDelta || 1;

  function prepareIteration(raw: Float64Array, target: Float64Array): void {
    if (fixedDelta > 0) return;
    const sizes = Float64Array.from(target, (value, i) => Math.abs(value - raw[i])).sort();
    delta = Math.max(quantileOfSorted(sizes, 0.9), Number.MIN_VALUE);
  }

  function findLeafValue(residuals: Float64Array, weights: Float64Array | null): number {
    const centre = findWeightedQuantile(residuals.slice(), weights, 0.5);
    let sum = 0;
    let sumWeights = 0;
    for (let i = 0; i < residuals.length; i++) {
      const weight = weights ? weights[i] : 1;
      sum += weight * Math.max(-delta, Math.min(delta, residuals[i] - centre));
      sumWeights += weight;
    }
    return sumWeights > 0 ? centre + sum / sumWeights : centre;
  }

  return {
    prepareIteration,
    findLeafValue,
    ...overSamples({
      loss: (target, raw) => {
        const size = Math.abs(target - raw);
        return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
      },
      gradient: (target, raw) => Math.max(-delta, Math.min(delta, raw - target)),
      hessian: () => 1,
    }),
  };
}

/** Half the gamma deviance with a log link: raw = log of the mean. Targets > 0. */
function createGamma(): LossFormulas {
  return {
    ...overSamples({
      loss: (target, raw) => target * exactExp(-raw) - 1 - (exactLog(target) - raw),
      gradient: (target, raw) => 1 - target * exactExp(-raw),
      hessian: (target, raw) => target * exactExp(-raw),
    }),
  };
}

/** Minus the log-likelihood of a yes or no (or a share) whose log-odds is raw. Targets in [0, 1]. */
function createLogistic(): LossFormulas {
  const ratioOf = (raw: number) => exactExp(-Math.abs(raw));
  return {
    ...overSamples({
      loss: (target, raw) => exactLog(1 + ratioOf(raw)) + Math.max(raw, 0) - target * raw,
      gradient: (target, raw) => (raw >= 0 ? 1 : ratioOf(raw)) / (1 + ratioOf(raw)) - target,
      hessian: (_, raw) => ratioOf(raw) / ((1 + ratioOf(raw)) * (1 + ratioOf(raw))),
    }),
  };
}

function overSamples(point: PointwiseLoss): Pick<LossFormulas, 'computeGradients' | 'computeMean'> {
  function computeGradients(
    raw: Float64Array,
    target: Float64Array,
    weights: Float64Array | null,
    outGradients: Float64Array,
    outHessians: Float64Array | null,
  ): number {
    let sum = 0;
    let sumWeights = 0;
    for (let i = 0; i < target.length; i++) {
      const weight = weights ? weights[i] : 1;
      sum += weight * point.loss(target[i], raw[i]);
      sumWeights += weight;
      outGradients[i] = weight * point.gradient(target[i], raw[i]);
      if (outHessians) outHessians[i] = weight * point.hessian(target[i], raw[i]);
    }
    return sum / sumWeights;
  }

  function computeMean(raw: Float64Array, target: Float64Array, weights: Float64Array | null): number {
    let sum = 0;
    let sumWeights = 0;
    for (let i = 0; i < target.length; i++) {
      const weight = weights ? weights[i] : 1;
      sum += weight * point.loss(target[i], raw[i]);
      sumWeights += weight;
    }
    return sum / sumWeights;
  }

  return { computeGradients, computeMean };
}
