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
export function quantizeGradients(workspace: Workspace): Units {
  const { kernel, layout } = workspace;
  const { nSamples } = layout;

  function quantize(source: number, target: number): { unit: number; mean: number } {
    const sum = kernel.sumMagnitudes(source, nSamples);
    const largest = kernel.findLargestMagnitude(source, nSamples);
    const scale = findScale(sum, largest, nSamples, layout.countBits);
    kernel.quantize(source, nSamples, scale, target);
    return { unit: 1 / scale, mean: sum / nSamples };
  }

  const gradient = quantize(workspace.gradientsAddress, layout.gradients);
  if (workspace.hessians === null) return { gradient: gradient.unit, hessian: 1, meanHessian: 1 };
  const hessian = quantize(workspace.hessiansAddress, layout.hessians);
  return { gradient: gradient.unit, hessian: hessian.unit, meanHessian: hessian.mean };
}

/** Largest power of two such that values and sums keep within their bits; 1 when all values are 0. */
export function findScale(
  sumOfMagnitudes: number,
  largest: number,
  nSamples: number,
  countBits: number,
): number {
  if (!(largest > 0)) return 1;
  const maxValue = 2 ** MAX_VALUE_BITS;
  const maxSum = 2 ** Math.min(MAX_SUM_BITS, 63 - countBits) - nSamples;
  const isTooLarge = (scale: number): boolean =>
    largest * scale > maxValue || sumOfMagnitudes * scale > maxSum;
  let scale = 1;
  while (isTooLarge(scale)) scale /= 2;
  while (!isTooLarge(scale * 2)) scale *= 2;
  return scale;
}
