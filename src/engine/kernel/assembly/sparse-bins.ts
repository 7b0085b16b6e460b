import { binWidth, columns, columnStride, indices, staging } from './layout';

// A node with few samples leaves most bins of a fine feature empty: then its bins are listed from its
// samples, instead of looking at all of them.

/** Most samples of a node for which it is done: what the staging room holds. */
export const MOST_SAMPLES: i32 = 1024;

/** Within the staging room: one bit per bin; the list of bins (i32); the list of their words. */
const BIN_LIST: usize = 8192;
const WORD_LIST: usize = BIN_LIST + 4096;

@inline
export function listedBins(): usize {
  return staging + BIN_LIST;
}

@inline
export function listedWords(): usize {
  return staging + WORD_LIST;
}

/**
 * Lists the bins of `feature` that samples indices[start … end) are in, ascending, and their words from the
 * histogram at `first`; not that of missing values. Returns how many they are.
 */
export function listBins(feature: i32, first: usize, nBins: i32, wordBytes: usize, start: i32, end: i32): i32 {
  const nBytes = ((<usize>nBins >> 6) + 1) << 3;
  memory.fill(staging, 0, nBytes);
  const column = columns + <usize>feature * columnStride;
  if (binWidth == 1) markBins<u8>(column, start, end);
  else markBins<u16>(column, start, end);
  let n: i32 = 0;
  let words = listedWords();
  for (let offset: usize = 0; offset < nBytes; offset += 8) {
    for (let bits = load<u64>(staging + offset); bits != 0; bits &= bits - 1) {
      const bin = i32(offset << 3) + i32(ctz(bits));
      if (bin == nBins) continue;
      store<i32>(listedBins() + (<usize>n << 2), bin);
      n += 1;
      if (wordBytes == 8) store<i64>(words, load<i64>(first + (<usize>bin << 3)));
      else v128.store(words, v128.load(first + (<usize>bin << 4)));
      words += wordBytes;
    }
  }
  return n;
}

@inline
function markBins<Bin>(column: usize, start: i32, end: i32): void {
  const stop = indices + (<usize>end << 2);
  for (let at = indices + (<usize>start << 2); at < stop; at += 4) {
    const bin = <usize>load<Bin>(column + <usize>load<u32>(at) * sizeof<Bin>());
    const place = staging + ((bin >> 6) << 3);
    store<u64>(place, load<u64>(place) | ((<u64>1) << (bin & 63)));
  }
}
