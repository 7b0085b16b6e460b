import { exactExp, exactLog } from '#base/exact-math.ts';
import { quantileOfSorted, sampleDeviation } from '#base/statistics.ts';

const nCells = 256;
const minOutages = 50;
/** The long and the short side of the threshold each hold at least this share of the outages. */
const minShare = 0.05;
/** The lower of the two peaks must stand this far above the valley, as a ratio. */
const minProminence = 1.3;

/**
 * The duration that parts long outages from short ones: the deepest valley of the density of their
 * logarithms (Gaussian kernel, Silverman's bandwidth 0.9·min(sd, IQR/1.34)·n^−0.2). About 19 days on
 * the French shutdowns. Null where the density has no clear valley, or with fewer than 50 positive
 * durations. In the unit of the durations; the same bits everywhere. O(n log n).
 */
export function findLongThreshold(durations: ArrayLike<number>): number | null {
  const logs = Float64Array.from(durations)
    .filter((duration) => duration > 0 && duration < Infinity)
    .map(exactLog)
    .sort();
  if (logs.length < minOutages) return null;
  const [low = NaN, high = NaN] = [logs[0], logs.at(-1)];
  const width = (high - low) / nCells;
  const spread = Math.min(
    sampleDeviation(logs),
    (quantileOfSorted(logs, 0.75) - quantileOfSorted(logs, 0.25)) / 1.34,
  );
  if (!(width > 0) || !(spread > 0)) return null;
  const bandwidth = 0.9 * spread * exactExp(-0.2 * exactLog(logs.length));
  const counts = countCells(logs, low, width);
  const density = smooth(counts, bandwidth / width);
  const valley = findDeepestValley(density, counts, logs.length);
  return valley === null ? null : exactExp(low + (valley + 0.5) * width);
}

function countCells(sorted: Float64Array, low: number, width: number): Int32Array {
  const counts = new Int32Array(nCells);
  for (const value of sorted) {
    const cell = Math.min(Math.floor((value - low) / width), nCells - 1);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** Convolution with a Gaussian of the given deviation in cells; its height does not matter. */
function smooth(counts: Int32Array, deviation: number): Float64Array {
  const kernel = Float64Array.from({ length: nCells }, (_, cell) =>
    exactExp(-0.5 * (cell / deviation) * (cell / deviation)),
  );
  return Float64Array.from({ length: nCells }, (_, at) => {
    let sum = 0;
    for (const [cell, count] of counts.entries()) sum += count * (kernel[Math.abs(at - cell)] ?? 0);
    return sum;
  });
}

/** The cell of the local minimum that lies deepest under the lower of the highest peaks beside it. */
function findDeepestValley(density: Float64Array, counts: Int32Array, n: number): number | null {
  const peakBefore = findRunningPeaks(density);
  const peakAfter = findRunningPeaks(density.toReversed()).toReversed();
  let best: number | null = null;
  let bestProminence = minProminence;
  let nShorter = 0;
  for (const [cell, height] of density.entries()) {
    nShorter += counts[cell] ?? 0;
    if (nShorter < minShare * n || n - nShorter < minShare * n) continue;
    const prominence = Math.min(peakBefore[cell] ?? 0, peakAfter[cell] ?? 0) / height;
    if (prominence <= bestProminence) continue;
    bestProminence = prominence;
    best = cell;
  }
  return best;
}

/** The greatest of the values before each, 0 before the first. */
function findRunningPeaks(values: Float64Array): Float64Array {
  let peak = 0;
  return values.map((value) => {
    const before = peak;
    peak = Math.max(peak, value);
    return before;
  });
}
