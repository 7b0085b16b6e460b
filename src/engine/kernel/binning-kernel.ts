import { acquireKernel, releaseKernel } from './kernel.ts';
import { binningFields, N_CELLS, planMemory, RADIX_BYTES, THRESHOLD_ROOM, writeMap } from './memory-map.ts';

/** Sorts and bins one column after the other, in the memory of a kernel. */
export interface Binner {
  /** The values of the samples named (null = all), ascending, without NaN, −0 as 0. A view: use it before the next call. */
  readonly sortNumbers: (values: Float64Array, samples: Uint32Array | null) => Float64Array;
  /** Writes the bin of each value: how many thresholds (ascending, finite) lie below it; one beyond the last bin for NaN. */
  readonly binNumbers: (
    values: Float64Array,
    thresholds: Float64Array,
    outBins: Uint8Array | Uint16Array,
  ) => void;
  /** To be called when nothing more is to be binned. */
  readonly release: () => void;
}

/** For columns of `nSamples` values. */
export function createBinner(nSamples: number): Binner {
  const kernel = acquireKernel();
  const { binning } = kernel;
  const { place, countBytes } = planMemory(binningFields);
  const map = {
    nSamples,
    counts: place(RADIX_BYTES),
    thresholds: place(8 * THRESHOLD_ROOM),
    cells: place(2 * N_CELLS),
    values: place(8 * nSamples),
    scratch: place(8 * nSamples),
  };
  const buffer = kernel.reserve(countBytes());
  writeMap(buffer, binningFields, map);
  binning.bindBinning();
  const column = new Float64Array(buffer, map.values, nSamples);

  return {
    sortNumbers: (values, samples) => {
      const n = samples === null ? copyNumbers(values, column) : gatherNumbers(values, samples, column);
      binning.sortNumbers(n);
      return column.subarray(0, n);
    },
    binNumbers: (values, thresholds, outBins) => {
      const width = outBins.BYTES_PER_ELEMENT;
      const View = width === 1 ? Uint8Array : Uint16Array;
      column.set(values);
      new Float64Array(buffer, map.thresholds, thresholds.length).set(thresholds);
      binning.binNumbers(thresholds.length, width);
      outBins.set(new View(buffer, map.scratch, nSamples));
    },
    release: () => releaseKernel(kernel),
  };
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
