import { exactExp, exactLog } from './exact-math';
import { floatGradients, floatHessians, nSamples, raw, target, weights } from './layout';
import { findQuantile } from './sorting';

// The losses of `engine/loss.ts`, term by term. `Kind` is u8 for the squared error, u16 for the pinball loss
// (absolute error and quantile), u32 for Huber's, u64 for gamma: a compile-time switch.

const SQUARED_ERROR: i32 = 0;
const PINBALL: i32 = 1;
const HUBER: i32 = 2;

let kind: i32 = 0;
/** Of the pinball loss. */
export let quantile: f64 = 0.5;
let scale: f64 = 1;
/** Of Huber's loss; 0 = renewed at each iteration. */
let fixedDelta: f64 = 0;
export let delta: f64 = 1;

export function setLoss(newKind: i32, newQuantile: f64, newScale: f64, newDelta: f64): void {
  kind = newKind;
  quantile = newQuantile;
  scale = newScale;
  fixedDelta = newDelta;
  delta = newDelta > 0 ? newDelta : 1;
}

@inline
export function isHuber(): bool {
  return kind == HUBER;
}

/** Writes gradients (and hessians) of all samples; returns their mean loss. Huber's delta is renewed first. */
export function computeGradients(): f64 {
  if (kind == HUBER && fixedDelta == 0) renewDelta();
  if (kind == SQUARED_ERROR) {
    return weights == 0 && floatHessians == 0 ? subtract() / f64(nSamples) : gradientsOf<u8>();
  }
  if (kind == PINBALL) return gradientsOf<u16>();
  if (kind == HUBER) return gradientsOf<u32>();
  return gradientsOf<u64>();
}

/** Mean loss of any samples. `weightsOf` 0 = equal. */
export function computeMeanLoss(targetOf: usize, weightsOf: usize, rawOf: usize, n: i32): f64 {
  if (kind == SQUARED_ERROR) return meanOf<u8>(targetOf, weightsOf, rawOf, n);
  if (kind == PINBALL) return meanOf<u16>(targetOf, weightsOf, rawOf, n);
  if (kind == HUBER) return meanOf<u32>(targetOf, weightsOf, rawOf, n);
  return meanOf<u64>(targetOf, weightsOf, rawOf, n);
}

/** The common case. Returns the sum of squares, in two interleaved partial sums, as the scalar twin adds them. */
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
  let sum: f64 = 0;
  let sumWeights: f64 = 0;
  const nBytes = <usize>nSamples << 3;
  for (let at: usize = 0; at < nBytes; at += 8) {
    const y = load<f64>(target + at);
    const f = load<f64>(raw + at);
    const weight = weights == 0 ? 1 : load<f64>(weights + at);
    const ratio: f64 = sizeof<Kind>() == 8 ? y * exactExp(-f) : 0;
    sum += weight * lossAt<Kind>(y, f, ratio);
    sumWeights += weight;
    store<f64>(floatGradients + at, weight * gradientAt<Kind>(y, f, ratio));
    if (floatHessians != 0) store<f64>(floatHessians + at, weight * (sizeof<Kind>() == 8 ? ratio : 1));
  }
  return sum / sumWeights;
}

@inline
function meanOf<Kind>(targetOf: usize, weightsOf: usize, rawOf: usize, n: i32): f64 {
  let sum: f64 = 0;
  let sumWeights: f64 = 0;
  const nBytes = <usize>n << 3;
  for (let at: usize = 0; at < nBytes; at += 8) {
    const y = load<f64>(targetOf + at);
    const f = load<f64>(rawOf + at);
    const weight = weightsOf == 0 ? 1 : load<f64>(weightsOf + at);
    sum += weight * lossAt<Kind>(y, f, sizeof<Kind>() == 8 ? y * exactExp(-f) : 0);
    sumWeights += weight;
  }
  return sum / sumWeights;
}

/** `ratio` is y / e^f, which only gamma needs. */
@inline
function lossAt<Kind>(y: f64, f: f64, ratio: f64): f64 {
  if (sizeof<Kind>() == 1) return (f - y) * (f - y);
  if (sizeof<Kind>() == 2) return scale * (y >= f ? quantile * (y - f) : (1 - quantile) * (f - y));
  if (sizeof<Kind>() == 4) {
    const size = abs(y - f);
    return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
  }
  return ratio - 1 - (exactLog(y) - f);
}

@inline
function gradientAt<Kind>(y: f64, f: f64, ratio: f64): f64 {
  if (sizeof<Kind>() == 1) return f - y;
  if (sizeof<Kind>() == 2) return scale * (y > f ? -quantile : y < f ? 1 - quantile : 0);
  if (sizeof<Kind>() == 4) return max(-delta, min(delta, f - y));
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
