import { BLOCK_SAMPLES } from '../flat-ensemble.ts';
import type { MemoryViews } from './memory-views.ts';

/** The walk of `assembly/prediction.ts`, one sample after the other. */
export function addBlock(
  views: MemoryViews,
  block: number,
  roots: number,
  depths: number,
  nTrees: number,
  nodes: number,
  values: number,
  _kind: number,
  out: number,
): void {
  const { i32, u32, f64 } = views;

  function descend(node: number, sample: number): number {
    const flags = i32[(node >> 2) + 2];
    const value = f64[((block + (flags & ~7)) >> 3) + sample];
    const left = i32[(node >> 2) + 3];
    if (Number.isNaN(value)) return left + ((flags & 1) << 4);
    if ((flags & 2) === 0) return left + (value > f64[node >> 3] ? 16 : 0);
    const word = u32[(u32[node >> 2] >> 2) + (value >> 5)];
    return left + (((word >>> (value & 31)) & 1) === 1 ? 0 : 16);
  }

  for (let tree = 0; tree < nTrees; tree++) {
    for (let sample = 0; sample < BLOCK_SAMPLES; sample++) {
      let node = i32[(roots >> 2) + tree];
      for (let level = i32[(depths >> 2) + tree]; level > 0; level--) node = descend(node, sample);
      f64[(out >> 3) + sample] += f64[(values >> 3) + ((node - nodes) >> 4)];
    }
  }
}
