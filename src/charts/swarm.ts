/** Slices along the values; points of one slice are laid beside one another. */
const N_SLICES = 80;

/**
 * Where each value of one row of a swarm stands across the row, in [−1, 1]: in the middle where values are few, the
 * wider the more of them lie together. Same order, same places. O(n).
 */
export function spreadSwarm(values: ArrayLike<number>, domain: readonly [number, number]): Float64Array {
  const [low, high] = domain;
  const sliceOf = (value: number) =>
    Math.min(N_SLICES - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * N_SLICES)));
  const counts = new Int32Array(N_SLICES);
  const ranks = Int32Array.from(values, (value) => {
    const slice = sliceOf(value);
    return (counts[slice] = (counts[slice] as number) + 1);
  });
  const most = counts.reduce((max, count) => Math.max(max, count), 1);
  // Few points need no more room than their own: the full width is for ten and more.
  const half = Math.max(most, 10) / 2;
  return Float64Array.from(ranks, (rank) => {
    const distance = Math.floor(rank / 2) / half;
    return rank % 2 === 0 ? distance : -distance;
  });
}
