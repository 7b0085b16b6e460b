import type { KernelLayout } from '../kernel.ts';
import type { NodeRecords } from '../node-record.ts';
import type { MemoryViews } from './memory-views.ts';

/** A fit's memory as arrays, by the names that its layout has for their places. */
export interface FitViews {
  readonly layout: KernelLayout;
  readonly memory: MemoryViews;
  readonly columns: readonly (Uint8Array | Uint16Array)[];
  /** Bins of each feature, that of missing values not counted: it is the one after. */
  readonly binCounts: readonly number[];
  readonly thresholds: readonly Float64Array[];
  readonly isCategorical: Int32Array;
  readonly constraints: Int32Array;
  readonly activeFeatures: Int32Array;
  readonly indices: Uint32Array;
  readonly scratch: Uint32Array;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  readonly raw: Float64Array;
  readonly floatGradients: Float64Array;
  readonly floatHessians: Float64Array | null;
  readonly gradients: Int32Array;
  /** null when every hessian is 1. */
  readonly hessians: Int32Array | null;
  readonly tree: NodeRecords;
}

export function viewFit(memory: MemoryViews, layout: KernelLayout): FitViews {
  const { nSamples, nFeatures } = layout;
  const ints = (place: number, length: number) => memory.i32.subarray(place >> 2, (place >> 2) + length);
  const words = (place: number, length: number) => memory.u32.subarray(place >> 2, (place >> 2) + length);
  const floats = (place: number, length: number) => memory.f64.subarray(place >> 3, (place >> 3) + length);
  const features = Array.from({ length: nFeatures }, (_, feature) => feature);
  const binOffsets = ints(layout.binOffsets, nFeatures + 1);
  const binCounts = features.map((feature) => binOffsets[feature + 1] - binOffsets[feature] - 1);
  return {
    layout,
    memory,
    columns: features.map((feature) =>
      viewBins(memory, layout.columns + feature * layout.columnStride, nSamples, layout.binWidth),
    ),
    binCounts,
    thresholds: features.map((feature) =>
      floats(layout.thresholds + 8 * binOffsets[feature], binCounts[feature] - 1),
    ),
    isCategorical: ints(layout.isCategorical, nFeatures),
    constraints: ints(layout.constraints, nFeatures),
    activeFeatures: ints(layout.activeFeatures, nFeatures),
    indices: words(layout.indices, nSamples),
    scratch: words(layout.scratch, nSamples),
    target: floats(layout.target, nSamples),
    weights: layout.weights === 0 ? null : floats(layout.weights, nSamples),
    raw: floats(layout.raw, nSamples),
    floatGradients: floats(layout.floatGradients, nSamples),
    floatHessians: layout.floatHessians === 0 ? null : floats(layout.floatHessians, nSamples),
    gradients: ints(layout.gradients, nSamples),
    hessians: layout.hessians === 0 ? null : ints(layout.hessians, nSamples),
    tree: { ints: memory.i32.subarray(layout.tree >> 2), floats: memory.f64.subarray(layout.tree >> 3) },
  };
}

export function viewBins(
  { u8, u16 }: MemoryViews,
  place: number,
  nSamples: number,
  binWidth: number,
): Uint8Array | Uint16Array {
  const bins = binWidth === 1 ? u8 : u16;
  return bins.subarray(place / binWidth, place / binWidth + nSamples);
}
