import { binWidth, columns, columnStride, indices, staging } from './layout';

// A node with few samples leaves most bins of a fine feature empty: then its bins are marked by its
// samples, one bit per bin in the staging room, instead of looking at all of them.

/** Most samples of a node for which it is done: with more, most bins have some. */
export const MOST_SAMPLES: i32 = 1024;

/** Words of 64 bits that `nBins` bins take. */
@inline
export function markWords(nBins: i32): i32 {
  return (nBins + 63) >> 6;
}

/** Marks the bins of `feature` that samples indices[start … end) are in; not that of missing values, number nBins. */
export function markBins(feature: i32, nBins: i32, start: i32, end: i32): void {
  const column = columns + <usize>feature * columnStride;
  if (binWidth == 1) markEach<u8>(column, nBins, start, end);
  else markEach<u16>(column, nBins, start, end);
}

@inline
function markEach<Bin>(column: usize, nBins: i32, start: i32, end: i32): void {
  const stop = indices + (<usize>end << 2);
  let at = indices + (<usize>start << 2);
  if (nBins <= 64) {
    // One word stays in a register: in memory each sample would wait for the one before.
    let bits: u64 = 0;
    for (; at < stop; at += 4) {
      const bin = i32(load<Bin>(column + <usize>load<u32>(at) * sizeof<Bin>()));
      bits |= u64(bin != nBins) << (bin & 63);
    }
    store<u64>(staging, bits);
    return;
  }
  memory.fill(staging, 0, <usize>(markWords(nBins + 1) << 3));
  for (; at < stop; at += 4) {
    const bin = <usize>load<Bin>(column + <usize>load<u32>(at) * sizeof<Bin>());
    const place = staging + ((bin >> 6) << 3);
    store<u64>(place, load<u64>(place) | ((<u64>1) << (bin & 63)));
  }
  const place = staging + (<usize>(nBins >> 6) << 3);
  store<u64>(place, load<u64>(place) & ~((<u64>1) << (nBins & 63)));
}
