import type { Kernel, KernelLayout } from './kernel/kernel.ts';
import type { Workspace } from './workspace.ts';

/** One quantised value takes at most this many bits besides its sign. */
const MAX_VALUE_BITS = 30;

/** Sums stay below 2^51: exact as 64-bit floats, and turned into them by one addition in the kernel. */
const MAX_SUM_BITS = 51;

/** Powers of two that turn the quantised sums of one tree into real ones, and its samples' mean hessian. */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
  readonly meanHessian: number;
}

/**
 * Quantises the gradients (and hessians) of all samples for one tree and returns their units.
 *
 * The scale is the largest power of two for which no value exceeds 30 bits and no sum can exceed what
 * a 64-bit word has left beside the count. Multiplying by it is exact; only the rounding to an integer
 * loses anything: at most half a unit per sample.
 */
export function quantizeGradients({ kernel, layout }: Workspace): Units {
  const scale = quantize(kernel, layout, layout.floatGradients, layout.gradients);
  if (layout.hessians === 0) return { gradient: 1 / scale, hessian: 1, meanHessian: 1 };
  const meanHessian = kernel.sumMagnitudes(layout.floatHessians, layout.nSamples) / layout.nSamples;
  const hessianScale = quantize(kernel, layout, layout.floatHessians, layout.hessians);
  return { gradient: 1 / scale, hessian: 1 / hessianScale, meanHessian };
}

/** Returns the scale. */
function quantize(kernel: Kernel, layout: KernelLayout, source: number, target: number): number {
  const { nSamples, countBits } = layout;
  const sum = kernel.sumMagnitudes(source, nSamples);
  const largest = kernel.findLargestMagnitude(source, nSamples);
  const scale = findScale(sum, largest, nSamples, countBits);
  kernel.quantize(source, nSamples, scale, target);
  return scale;
}

/** Largest power of two such that values and sums keep within their bits; 1 when all values are 0. */
export function findScale(
  sumOfMagnitudes: number,
  largest: number,
  nSamples: number,
  countBits: number,
): number {
  if (!(largest > 0)) return 1;
  const maxSum = 2 ** Math.min(MAX_SUM_BITS, 63 - countBits) - nSamples;
  // Multiplying by a power of two is exact, and so is comparing with what is left of the bound.
  return Math.min(findPower(2 ** MAX_VALUE_BITS, largest), findPower(maxSum, sumOfMagnitudes));
}

/** The largest power of two that `value` times it does not exceed `bound`. */
function findPower(bound: number, value: number): number {
  let power = 1;
  while (value * power > bound) power /= 2;
  while (value * (power * 2) <= bound) power *= 2;
  return power;
}
