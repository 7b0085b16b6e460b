import type { FitState, Sums } from './fit-state.ts';

/** The bins of one feature that have samples, ascending; that of missing values is the last. */
export type Histogram = readonly (Sums & { readonly bin: number })[];

/** All values are integers whose sums stay below 2^51, so that no order matters. */
export function buildHistogram(
  { binned, gradients, hessians }: FitState,
  feature: number,
  samples: Uint32Array,
): Histogram {
  const column = binned.columns[feature];
  const sums = new Map<number, { bin: number; count: number; gradients: number; hessians: number }>();
  for (const sample of samples) {
    const bin = column[sample];
    let entry = sums.get(bin);
    if (!entry) sums.set(bin, (entry = { bin, count: 0, gradients: 0, hessians: 0 }));
    entry.count += 1;
    entry.gradients += gradients[sample];
    entry.hessians += hessians ? hessians[sample] : 1;
  }
  return [...sums.values()].sort((a, b) => a.bin - b.bin);
}

export function addSums(a: Sums, b: Sums): Sums {
  return {
    count: a.count + b.count,
    gradients: a.gradients + b.gradients,
    hessians: a.hessians + b.hessians,
  };
}
