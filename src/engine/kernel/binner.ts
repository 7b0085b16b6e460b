import type { Kernel } from './kernel.ts';

/** Sorting and binning of one column at a time in a kernel's memory. Valid until the kernel is bound or grows. */
export interface Binner {
  /** The values of the samples named (null = all), ascending, without NaN, −0 as 0. A view: use it before the next call. */
  readonly sortNumbers: (values: Float64Array, samples: Uint32Array | null) => Float64Array;
  /** The bin of each value: how many thresholds lie below it; one beyond the last bin for NaN. */
  readonly binNumbers: (
    values: Float64Array,
    thresholds: Float64Array,
    outBins: Uint8Array | Uint16Array,
  ) => void;
}

/** Bytes of digit counts that the kernel's radix sort works with: 6 digits of 11 bits, 4 bytes each. */
export const RADIX_BYTES = 6 * 2048 * 4;

/** Room for 65,535 thresholds, padded to a power of two. */
const THRESHOLD_BYTES = 65_536 * 8;

export function createBinner(kernel: Kernel, nSamples: number): Binner {
  const columnBytes = Math.ceil(nSamples / 2) * 16;
  const thresholdPlace = RADIX_BYTES;
  const valuesPlace = thresholdPlace + THRESHOLD_BYTES;
  const scratchPlace = valuesPlace + columnBytes;
  const buffer = kernel.reserve(scratchPlace + columnBytes);

  function sortNumbers(values: Float64Array, samples: Uint32Array | null): Float64Array {
    const all = new Float64Array(buffer, valuesPlace, nSamples);
    const n = samples === null ? copyNumbers(values, all) : gatherNumbers(values, samples, all);
    kernel.sortFloats(valuesPlace, n, scratchPlace, 0);
    return all.subarray(0, n);
  }

  function binNumbers(
    values: Float64Array,
    thresholds: Float64Array,
    outBins: Uint8Array | Uint16Array,
  ): void {
    const nSteps = 32 - Math.clz32(thresholds.length);
    new Float64Array(buffer, thresholdPlace, 2 ** nSteps).fill(Infinity).set(thresholds);
    new Float64Array(buffer, valuesPlace, nSamples).set(values);
    const width = outBins.BYTES_PER_ELEMENT;
    kernel.binFloats(
      valuesPlace,
      nSamples,
      thresholdPlace,
      nSteps,
      thresholds.length + 1,
      scratchPlace,
      width,
    );
    const View = width === 1 ? Uint8Array : Uint16Array;
    outBins.set(new View(buffer, scratchPlace, nSamples));
  }

  return { sortNumbers, binNumbers };
}

function copyNumbers(values: Float64Array, out: Float64Array): number {
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) out[n++] = values[i] + 0; // −0 becomes 0: both are one value
  }
  return n;
}

function gatherNumbers(values: Float64Array, samples: Uint32Array, out: Float64Array): number {
  let n = 0;
  for (let k = 0; k < samples.length; k++) {
    const value = values[samples[k]];
    if (!Number.isNaN(value)) out[n++] = value + 0;
  }
  return n;
}
