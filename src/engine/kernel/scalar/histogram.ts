import type { KernelLayout } from '../kernel.ts';
import type { MemoryViews } from './memory-views.ts';

/**
 * A histogram here: per bin one f64 of summed gradients, one of counts and, with hessians, one of theirs.
 * All hold integers below 2^51, so sums are exact in any order.
 */
export function scalarBinFields(hasHessians: boolean): number {
  return hasHessians ? 3 : 2;
}

export function buildHistogram(
  views: MemoryViews,
  layout: KernelLayout,
  start: number,
  end: number,
  slot: number,
  nActive: number,
): void {
  const { i32, u32, f64 } = views;
  const bins = layout.binWidth === 1 ? views.u8 : views.u16;
  const hasHessians = layout.hessians !== 0;
  const nFields = scalarBinFields(hasHessians);
  const base = (layout.histograms + slot * layout.histogramStride) >> 3;
  const indices = layout.indices >> 2;
  const gradients = layout.gradients >> 2;
  const hessians = layout.hessians >> 2;
  for (let a = 0; a < nActive; a++) {
    const feature = i32[(layout.activeFeatures >> 2) + a];
    const column = (layout.columns + feature * layout.columnStride) / layout.binWidth;
    const first = base + i32[(layout.binOffsets >> 2) + feature] * nFields;
    f64.fill(0, first, base + i32[(layout.binOffsets >> 2) + feature + 1] * nFields);
    for (let k = start; k < end; k++) {
      const sample = u32[indices + k];
      const at = first + bins[column + sample] * nFields;
      f64[at] += i32[gradients + sample];
      f64[at + 1] += 1;
      if (hasHessians) f64[at + 2] += i32[hessians + sample];
    }
  }
}

export function subtractHistogram(
  views: MemoryViews,
  layout: KernelLayout,
  slot: number,
  childSlot: number,
  nActive: number,
): void {
  const { i32, f64 } = views;
  const nFields = scalarBinFields(layout.hessians !== 0);
  const base = (layout.histograms + slot * layout.histogramStride) >> 3;
  const child = (layout.histograms + childSlot * layout.histogramStride) >> 3;
  for (let a = 0; a < nActive; a++) {
    const feature = i32[(layout.activeFeatures >> 2) + a];
    const end = i32[(layout.binOffsets >> 2) + feature + 1] * nFields;
    for (let k = i32[(layout.binOffsets >> 2) + feature] * nFields; k < end; k++) {
      f64[base + k] -= f64[child + k];
    }
  }
}
