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
const RADIX_BYTES = 6 * 2048 * 4;

/** Room for 65,535 thresholds and as much padding, so that no search reads beyond. */
const THRESHOLD_BYTES = 131_072 * 8;

/** The range of a feature's thresholds is cut into so many cells of equal width. */
const N_CELLS = 1024;

export function createBinner(kernel: Kernel, nSamples: number): Binner {
  const columnBytes = Math.ceil(nSamples / 2) * 16;
  const thresholdPlace = RADIX_BYTES;
  const cellPlace = thresholdPlace + THRESHOLD_BYTES;
  const valuesPlace = cellPlace + 2 * N_CELLS;
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
    const cells = layOutCells(thresholds, new Uint16Array(buffer, cellPlace, N_CELLS));
    const nPadded = thresholds.length + 2 ** cells.nSteps;
    new Float64Array(buffer, thresholdPlace, nPadded).fill(Infinity).set(thresholds);
    new Float64Array(buffer, valuesPlace, nSamples).set(values);
    const width = outBins.BYTES_PER_ELEMENT;
    kernel.binFloats(
      valuesPlace,
      nSamples,
      thresholdPlace,
      cellPlace,
      cells.origin,
      cells.cellsPerUnit,
      cells.nSteps,
      thresholds.length + 1,
      scratchPlace,
      width,
    );
    const View = width === 1 ? Uint8Array : Uint16Array;
    outBins.set(new View(buffer, scratchPlace, nSamples));
  }

  return { sortNumbers, binNumbers };
}

/**
 * Fills `outStarts` with how many thresholds lie in earlier cells. Cells follow from a number by rising
 * operations only, so that a threshold in an earlier cell is below it and one in a later cell above. Where
 * the range is too wide to be cut, all are in cell 0.
 */
function layOutCells(
  thresholds: Float64Array,
  outStarts: Uint16Array,
): { origin: number; cellsPerUnit: number; nSteps: number } {
  const origin = thresholds[0] ?? 0;
  const ratio = (N_CELLS - 1) / ((thresholds.at(-1) ?? 0) - origin);
  const cellsPerUnit = Number.isFinite(ratio) ? ratio : 0;
  let most = 0;
  let next = 0;
  for (let cell = 0; cell < N_CELLS; cell++) {
    const start = next;
    outStarts[cell] = start;
    while (next < thresholds.length && cellOf(thresholds[next], origin, cellsPerUnit) <= cell) next += 1;
    most = Math.max(most, next - start);
  }
  return { origin, cellsPerUnit, nSteps: 32 - Math.clz32(most) };
}

/** Infinity · 0, where a range is too wide to be cut, counts as 0: in the kernels as here. */
function cellOf(value: number, origin: number, cellsPerUnit: number): number {
  const cell = Math.trunc((value - origin) * cellsPerUnit) || 0;
  return Math.max(0, Math.min(N_CELLS - 1, cell));
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
