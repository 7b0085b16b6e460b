import type { MemoryViews } from './memory-views.ts';

/** Goes down one tree of `assembly/prediction.ts` by sample `sample` of the chunk; returns the leaf's address. */
function walk(
  { u8, u16, u32 }: MemoryViews,
  chunk: number,
  sample: number,
  binWidth: number,
  root: number,
): number {
  const bins = binWidth === 1 ? u8 : u16;
  for (let node = root; ;) {
    const at = node >> 2;
    const left = u32[at + 2];
    if (left === node) return node;
    const bin = bins[(chunk + u32[at]) / binWidth + sample];
    const isInSet = ((u32[(u32[at + 3] >> 2) + (bin >> 5)] >>> (bin & 31)) & 1) === 1;
    const isLeft = bin <= u32[at + 1] && isInSet;
    node = isLeft ? left : left + 16;
  }
}

export function addTrees(
  views: MemoryViews,
  chunk: number,
  nSamples: number,
  binWidth: number,
  roots: number,
  _depths: number,
  nTrees: number,
  nodes: number,
  values: number,
  _scratch: number,
  out: number,
): void {
  const { u32, f64 } = views;
  for (let tree = 0; tree < nTrees; tree++) {
    for (let sample = 0; sample < nSamples; sample++) {
      const leaf = walk(views, chunk, sample, binWidth, u32[(roots >> 2) + tree]);
      f64[(out >> 3) + sample] += f64[(values >> 3) + ((leaf - nodes) >> 4)];
    }
  }
}

export function findLeaves(
  views: MemoryViews,
  chunk: number,
  nSamples: number,
  binWidth: number,
  roots: number,
  _depths: number,
  nTrees: number,
  nodes: number,
  out: number,
): void {
  const { u32, i32 } = views;
  for (let tree = 0; tree < nTrees; tree++) {
    for (let sample = 0; sample < nSamples; sample++) {
      const leaf = walk(views, chunk, sample, binWidth, u32[(roots >> 2) + tree]);
      i32[(out >> 2) + sample * nTrees + tree] = (leaf - nodes) >> 4;
    }
  }
}
