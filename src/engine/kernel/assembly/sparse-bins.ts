import { binWidth, columns, columnStride, indices, staging } from './layout';

// A node with few samples leaves most bins of a fine feature empty: then its bins are listed from its
// samples, instead of looking at all of them.

/** Most samples of a node for which it is done: what the staging room holds. */
export const MOST_SAMPLES: i32 = 1024;

/** Within the staging room: one bit per bin, then the list of words. */
const WORD_LIST: usize = 8192;

@inline
export function listedWords(): usize {
  return staging + WORD_LIST;
}

/**
 * Lists the words of the bins of `feature` that samples indices[start … end) are in, ascending, from the
 * histogram at `first`; not that of missing values. Returns how many they are.
 */
export function listBins(feature: i32, first: usize, nBins: i32, wordBytes: usize, start: i32, end: i32): i32 {
  const nBytes = ((<usize>nBins >> 6) + 1) << 3;
  memory.fill(staging, 0, nBytes);
  const column = columns + <usize>feature * columnStride;
  if (binWidth == 1) markBins<u8>(column, start, end);
  else markBins<u16>(column, start, end);
  const last = staging + nBytes - 8;
  store<u64>(last, load<u64>(last) & ~((<u64>1) << (nBins & 63)));
  let words = listedWords();
  let source = first;
  for (let at = staging; at <= last; at += 8) {
    for (let bits = load<u64>(at); bits != 0; bits &= bits - 1) {
      if (wordBytes == 8) store<i64>(words, load<i64>(source + (<usize>ctz(bits) << 3)));
      else v128.store(words, v128.load(source + (<usize>ctz(bits) << 4)));
      words += wordBytes;
    }
    source += wordBytes << 6;
  }
  return i32((words - listedWords()) / wordBytes);
}

/** The bin of the listed word number `place`. */
export function listedBin(place: i32): i32 {
  let left = place;
  for (let at = staging; ; at += 8) {
    let bits = load<u64>(at);
    const n = i32(popcnt(bits));
    if (left >= n) {
      left -= n;
      continue;
    }
    for (; left > 0; left--) bits &= bits - 1;
    return i32((at - staging) << 3) + i32(ctz(bits));
  }
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
