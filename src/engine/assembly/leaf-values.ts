import { l2 } from './features';
import {
  constraints,
  floatGradients,
  HUBER,
  indices,
  isConstrained,
  learningRate,
  loss,
  quantile,
  raw,
  sorting,
  target,
  weights,
} from './generated/growing-memory';
import { delta } from './loss';
import { findQuantile } from './weighted-quantile';
import {
  END,
  FEATURE,
  LEFT_CHILD,
  LOWER_BOUND,
  START,
  SUM_GRADIENTS,
  SUM_HESSIANS,
  UPPER_BOUND,
  VALUE,
} from './generated/node-record';
import { nNodes, nodeAt } from './tree';

/** The Newton step of a node's samples within its bounds, in quantised units. */
export function boundedValue(node: usize): f64 {
  const value = -load<f64>(node, SUM_GRADIENTS) / (load<f64>(node, SUM_HESSIANS) + l2);
  return max(load<f64>(node, LOWER_BOUND), min(load<f64>(node, UPPER_BOUND), value));
}

/** Writes every node's value. `unit` turns a value in quantised units into a real one. */
export function setNodeValues(unit: f64): void {
  for (let node: i32 = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    store<f64>(at, boundedValue(at) * unit * learningRate, VALUE);
  }
}

/** Gives each leaf the best constant for its samples' residuals (absolute error, quantile, Huber), within the constraints. */
export function renewLeafValues(): void {
  for (let node: i32 = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at, LEFT_CHILD) != 0) continue;
    store<f64>(at, findLeafValue(load<i32>(at, START), load<i32>(at, END)) * learningRate, VALUE);
  }
  if (isConstrained) enforceConstraints();
}

function findLeafValue(start: i32, end: i32): f64 {
  const n = end - start;
  // Quantised, the gradients are not needed any more: residuals take their room, weights that of the sort's.
  const residuals = floatGradients;
  const weightsOf: usize = weights == 0 ? 0 : sorting + (<usize>n << 3);
  for (let k: i32 = 0; k < n; k++) {
    const sample = <usize>load<u32>(indices + (<usize>(start + k) << 2)) << 3;
    const place = <usize>k << 3;
    store<f64>(residuals + place, load<f64>(target + sample) - load<f64>(raw + sample));
    if (weightsOf != 0) store<f64>(weightsOf + place, load<f64>(weights + sample));
  }
  return loss == HUBER
    ? huberValue(residuals, weightsOf, n, start)
    : findQuantile(residuals, weightsOf, n, quantile);
}

/** One step from the median (Friedman 2001, algorithm 4). */
function huberValue(residuals: usize, weightsOf: usize, n: i32, start: i32): f64 {
  const centre = findQuantile(residuals, weightsOf, n, 0.5);
  let sum: f64 = 0;
  let sumWeights: f64 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const sample = <usize>load<u32>(indices + (<usize>(start + k) << 2)) << 3;
    const residual = load<f64>(target + sample) - load<f64>(raw + sample);
    const weight = weightsOf == 0 ? 1 : load<f64>(weights + sample);
    sum += weight * max(-delta, min(delta, residual - centre));
    sumWeights += weight;
  }
  return sumWeights > 0 ? centre + sum / sumWeights : centre;
}

/**
 * Where a leaf below a constrained split lies on the wrong side of one below its sibling, both sides are clipped
 * at the middle of the overlap. That keeps the order within each side, so children may be done before their parent.
 */
function enforceConstraints(): void {
  for (let node = nNodes - 1; node >= 0; node--) {
    const left = load<i32>(nodeAt(node), LEFT_CHILD);
    if (left == 0) continue;
    const constraint = load<i32>(constraints + (<usize>load<i32>(nodeAt(node), FEATURE) << 2));
    if (constraint == 0) continue;
    const low = constraint > 0 ? left : left + 1;
    const high = constraint > 0 ? left + 1 : left;
    const top = findLargest(low);
    const bottom = findSmallest(high);
    if (top <= bottom) continue;
    const middle = top / 2 + bottom / 2;
    clipLeaves(low, -Infinity, middle);
    clipLeaves(high, middle, Infinity);
  }
}

function findLargest(node: i32): f64 {
  const left = load<i32>(nodeAt(node), LEFT_CHILD);
  if (left == 0) return load<f64>(nodeAt(node), VALUE);
  return max(findLargest(left), findLargest(left + 1));
}

function findSmallest(node: i32): f64 {
  const left = load<i32>(nodeAt(node), LEFT_CHILD);
  if (left == 0) return load<f64>(nodeAt(node), VALUE);
  return min(findSmallest(left), findSmallest(left + 1));
}

function clipLeaves(node: i32, low: f64, high: f64): void {
  const left = load<i32>(nodeAt(node), LEFT_CHILD);
  if (left == 0) {
    store<f64>(nodeAt(node), max(low, min(high, load<f64>(nodeAt(node), VALUE))), VALUE);
  } else {
    clipLeaves(left, low, high);
    clipLeaves(left + 1, low, high);
  }
}
