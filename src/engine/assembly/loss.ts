import { exactExp, exactExpPair, exactLog, exactLogPair } from './exact-math';
import {
  fixedDelta,
  floatGradients,
  floatHessians,
  GAMMA,
  HUBER,
  LOGISTIC,
  loss,
  lossScale,
  nSamples,
  nValidation,
  PINBALL,
  quantile,
  raw,
  SQUARED_ERROR,
  target,
  validationRaw,
  validationTarget,
  validationWeights,
  weights,
} from './generated/growing-memory';
import { findQuantile } from './weighted-quantile';

// Loss, gradient and hessian of each sample (formulas: `testing/oracle/loss.ts`). `Kind` is u8 for the squared error, u16
// for the pinball loss (absolute error and quantile), u32 for Huber's, u64 for gamma, v128 for the logistic loss: a
// compile-time switch.

/** Where Huber's loss turns from square to absolute. */
export let delta: f64 = 1;

export function resetDelta(): void {
  delta = fixedDelta > 0 ? fixedDelta : 1;
}

/** Writes gradients (and hessians) of all samples; returns their mean loss. Renews Huber's delta first. */
export function writeGradients(): f64 {
  if (loss == HUBER && fixedDelta == 0) renewDelta();
  if (loss == SQUARED_ERROR) {
    return weights == 0 && floatHessians == 0 ? subtract() / f64(nSamples) : gradientsOf<u8>();
  }
  if (loss == PINBALL) return gradientsOf<u16>();
  if (loss == LOGISTIC) return logisticGradients();
  return loss == GAMMA ? gradientsOf<u64>() : gradientsOf<u32>();
}

/** Mean loss of the validation samples. */
export function computeValidationLoss(): f64 {
  if (loss == SQUARED_ERROR) return meanOf<u8>();
  if (loss == PINBALL) return meanOf<u16>();
  if (loss == LOGISTIC) return meanOf<v128>();
  return loss == GAMMA ? meanOf<u64>() : meanOf<u32>();
}

/** The common case. Returns the sum of squares, in two interleaved partial sums. */
function subtract(): f64 {
  let sums = f64x2.splat(0);
  const nBytes = <usize>nSamples << 3;
  let at: usize = 0;
  for (; at + 16 <= nBytes; at += 16) {
    const differences = f64x2.sub(v128.load(raw + at), v128.load(target + at));
    v128.store(floatGradients + at, differences);
    sums = f64x2.add(sums, f64x2.mul(differences, differences));
  }
  let even = f64x2.extract_lane(sums, 0);
  if (at < nBytes) {
    const difference = load<f64>(raw + at) - load<f64>(target + at);
    store<f64>(floatGradients + at, difference);
    even += difference * difference;
  }
  return even + f64x2.extract_lane(sums, 1);
}

@inline
function gradientsOf<Kind>(): f64 {
  return addGradients<Kind>(0, 0, 0);
}

/** Writes those from an address on; returns the mean loss of all, whose first ones make these sums. */
@inline
function addGradients<Kind>(from: usize, sum: f64, sumWeights: f64): f64 {
  const nBytes = <usize>nSamples << 3;
  for (let at = from; at < nBytes; at += 8) {
    const y = load<f64>(target + at);
    const f = load<f64>(raw + at);
    const weight = weights == 0 ? 1 : load<f64>(weights + at);
    const ratio = ratioAt<Kind>(y, f);
    sum += weight * lossAt<Kind>(y, f, ratio);
    sumWeights += weight;
    store<f64>(floatGradients + at, weight * gradientAt<Kind>(y, f, ratio));
    if (floatHessians != 0) store<f64>(floatHessians + at, weight * hessianAt<Kind>(ratio));
  }
  return sum / sumWeights;
}

/** As `gradientsOf<v128>`, two samples at a time. */
function logisticGradients(): f64 {
  const one = f64x2.splat(1);
  let sum: f64 = 0;
  let sumWeights: f64 = 0;
  const nBytes = <usize>nSamples << 3;
  let at: usize = 0;
  for (; at + 16 <= nBytes; at += 16) {
    const y = v128.load(target + at);
    const f = v128.load(raw + at);
    const weight = weights == 0 ? one : v128.load(weights + at);
    const ratio = exactExpPair(f64x2.neg(f64x2.abs(f)));
    const sizes = f64x2.add(one, ratio);
    const gain = f64x2.sub(f64x2.add(exactLogPair(sizes), f64x2.max(f, f64x2.splat(0))), f64x2.mul(y, f));
    const losses = f64x2.mul(weight, gain);
    sum += f64x2.extract_lane(losses, 0);
    sum += f64x2.extract_lane(losses, 1);
    sumWeights += f64x2.extract_lane(weight, 0);
    sumWeights += f64x2.extract_lane(weight, 1);
    const upper = v128.bitselect(one, ratio, f64x2.ge(f, f64x2.splat(0)));
    const gradient = f64x2.sub(f64x2.div(upper, sizes), y);
    v128.store(floatGradients + at, f64x2.mul(weight, gradient));
    const hessian = f64x2.div(ratio, f64x2.mul(sizes, sizes));
    v128.store(floatHessians + at, f64x2.mul(weight, hessian));
  }
  if (at < nBytes) return addGradients<v128>(at, sum, sumWeights);
  return sum / sumWeights;
}

@inline
function meanOf<Kind>(): f64 {
  let sum: f64 = 0;
  let sumWeights: f64 = 0;
  const nBytes = <usize>nValidation << 3;
  for (let at: usize = 0; at < nBytes; at += 8) {
    const y = load<f64>(validationTarget + at);
    const f = load<f64>(validationRaw + at);
    const weight = validationWeights == 0 ? 1 : load<f64>(validationWeights + at);
    sum += weight * lossAt<Kind>(y, f, ratioAt<Kind>(y, f));
    sumWeights += weight;
  }
  return sum / sumWeights;
}

/** What loss, gradient and hessian share: y / e^f of gamma, e^−|f| of the logistic loss. */
@inline
function ratioAt<Kind>(y: f64, f: f64): f64 {
  if (sizeof<Kind>() == 8) return y * exactExp(-f);
  return sizeof<Kind>() == 16 ? exactExp(-abs(f)) : 0;
}

@inline
function hessianAt<Kind>(ratio: f64): f64 {
  if (sizeof<Kind>() == 8) return ratio;
  return sizeof<Kind>() == 16 ? ratio / ((1 + ratio) * (1 + ratio)) : 1;
}

@inline
function lossAt<Kind>(y: f64, f: f64, ratio: f64): f64 {
  if (sizeof<Kind>() == 1) return (f - y) * (f - y);
  if (sizeof<Kind>() == 2) return lossScale * (y >= f ? quantile * (y - f) : (1 - quantile) * (f - y));
  if (sizeof<Kind>() == 4) {
    const size = abs(y - f);
    return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
  }
  if (sizeof<Kind>() == 16) return exactLog(1 + ratio) + max(f, 0) - y * f;
  return ratio - 1 - (exactLog(y) - f);
}

@inline
function gradientAt<Kind>(y: f64, f: f64, ratio: f64): f64 {
  if (sizeof<Kind>() == 1) return f - y;
  if (sizeof<Kind>() == 2) return lossScale * (y > f ? -quantile : y < f ? 1 - quantile : 0);
  if (sizeof<Kind>() == 4) return max(-delta, min(delta, f - y));
  if (sizeof<Kind>() == 16) return (f >= 0 ? 1 : ratio) / (1 + ratio) - y;
  return 1 - ratio;
}

/** The 0.9 quantile of the residuals' sizes. */
function renewDelta(): void {
  const nBytes = <usize>nSamples << 3;
  // The gradients are written next: until then their room holds the sizes.
  for (let at: usize = 0; at < nBytes; at += 8) {
    store<f64>(floatGradients + at, abs(load<f64>(target + at) - load<f64>(raw + at)));
  }
  delta = max(findQuantile(floatGradients, 0, nSamples, 0.9), f64.MIN_VALUE);
}
