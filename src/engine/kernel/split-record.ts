/**
 * Where `findBestSplit` writes its answer, and how it is read back.
 *
 * f64: 0 gain, 1 left gradients, 2 left hessians, 3 left count (quantised units).
 * i32 from byte 32: 8 feature, 9 bin, 10 next bin with samples, 11 missing goes left (1), right (0) or
 * was not seen (−1), 12 is categorical, 13 … 20 set of categories
 * (bins) that go left, 21 … 28 set of those that have samples in the node.
 */
export const SPLIT_RECORD_BYTES = 120;

export const splitField = {
  gain: 0,
  leftGradients: 1,
  leftHessians: 2,
  leftCount: 3,
  feature: 8,
  bin: 9,
  nextBin: 10,
  missingLeft: 11,
  isCategorical: 12,
  categorySet: 13,
  presentSet: 21,
} as const;
