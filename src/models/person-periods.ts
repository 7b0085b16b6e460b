import { findBinThresholds } from '#engine/bin-thresholds.ts';
import { binByThresholds, type BinnedFeatures } from '#engine/binning.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { createTreeWalk } from './tree-walk.ts';

/** Rows of a person-period table (Singer & Willett 1993): a sample in an interval of time. */
export interface PersonPeriods {
  readonly sample: Int32Array;
  readonly interval: Int32Array;
}

/** A row for each sample and each of its first intervals, as many as are told. */
export function expandPeriods(counts: ArrayLike<number>): PersonPeriods {
  let nRows = 0;
  for (let i = 0; i < counts.length; i++) nRows += counts[i];
  const sample = new Int32Array(nRows);
  const interval = new Int32Array(nRows);
  for (let i = 0, at = 0; i < counts.length; i++) {
    for (let k = 0; k < counts[i]; k++, at++) {
      sample[at] = i;
      interval[at] = k;
    }
  }
  return { sample, interval };
}

/**
 * All features of the samples, and the interval after them, in bins of as many rows each: what `binFeatures` makes of
 * `joinInterval`, without laying it out in values. O(samples log samples + rows) a feature; a byte or two a row.
 */
export function binPeriods(matrix: FeatureMatrix, rows: PersonPeriods, maxBins: number): BinnedFeatures {
  const counts = new Int32Array(matrix.nSamples);
  for (const sample of rows.sample) counts[sample] = counts[sample] + 1;
  const nRows = rows.sample.length;
  const binned = binByThresholds(
    matrix,
    matrix.columns.map((column, f) =>
      matrix.cardinalities[f] === 0
        ? findBinThresholds(sortRepeated(column, counts, nRows), maxBins)
        : new Float64Array(0),
    ),
  );
  const copy = (binOf: ArrayLike<number>, at: Int32Array) => {
    const bins = binned.columns[0] instanceof Uint16Array ? new Uint16Array(nRows) : new Uint8Array(nRows);
    for (let row = 0; row < nRows; row++) bins[row] = binOf[at[row]];
    return bins;
  };
  const cuts = findBinThresholds(Float64Array.from(rows.interval).sort(), maxBins);
  const nIntervals = rows.interval.reduce((last, interval) => Math.max(last, interval), 0) + 1;
  const binOfInterval = Array.from({ length: nIntervals }, (_, k) => cuts.filter((cut) => cut < k).length);
  return {
    nSamples: nRows,
    cardinalities: [...binned.cardinalities, 0],
    columns: [...binned.columns.map((bins) => copy(bins, rows.sample)), copy(binOfInterval, rows.interval)],
    binCounts: [...binned.binCounts, cuts.length + 1],
    thresholds: [...binned.thresholds, cuts],
    runs: rows.sample,
  };
}

/** Known values ascending, each so many times. */
function sortRepeated(values: Float64Array, counts: Int32Array, nRows: number): Float64Array {
  const total = new Map<number, number>();
  values.forEach((value, i) => {
    if (!Number.isNaN(value)) total.set(value, (total.get(value) ?? 0) + counts[i]);
  });
  const sorted = new Float64Array(nRows);
  let at = 0;
  for (const value of Float64Array.from(total.keys()).sort()) {
    const end = at + (total.get(value) ?? 0);
    sorted.fill(value, at, end);
    at = end;
  }
  return sorted.subarray(0, at);
}

/** The same in values. */
export function joinInterval(matrix: FeatureMatrix, { sample, interval }: PersonPeriods): FeatureMatrix {
  return {
    nSamples: sample.length,
    columns: [
      ...matrix.columns.map((column) => Float64Array.from(sample, (i) => column[i])),
      Float64Array.from(interval),
    ],
    cardinalities: [...matrix.cardinalities, 0],
  };
}

/**
 * out[sample × intervals + interval] += values of the leaves reached, where the interval is the feature after all others.
 * One way down each tree for all intervals, parted where the tree asks for the interval: a few leaves, and the sums are
 * those of `predictRaw` on `joinInterval`, to the last bit.
 */
export function addTreesByInterval(
  trees: TreeEnsemble,
  matrix: FeatureMatrix,
  nIntervals: number,
  out: Float64Array,
): void {
  const { leftChild, threshold, value, treeStarts } = trees;
  const walk = createTreeWalk(trees, matrix, matrix.columns.length);
  // Nodes still to be followed with the intervals that reach them: node, first, end. No more than there are intervals.
  const waiting = new Int32Array(3 * nIntervals);
  for (let tree = 0; tree < countTrees(trees); tree++) {
    for (let sample = 0; sample < matrix.nSamples; sample++) {
      const first = sample * nIntervals;
      let nWaiting = 0;
      let from = 0;
      let to = nIntervals;
      let node = walk(treeStarts[tree], sample);
      for (;;) {
        const left = leftChild[node];
        if (left !== 0) {
          const middle = Math.floor(threshold[node]) + 1;
          if (from < middle && middle < to) {
            waiting[nWaiting++] = left + 1;
            waiting[nWaiting++] = middle;
            waiting[nWaiting++] = to;
            to = middle;
          }
          node = walk(from < middle ? left : left + 1, sample);
          continue;
        }
        for (let at = first + from; at < first + to; at++) out[at] = out[at] + value[node];
        if (nWaiting === 0) break;
        to = waiting[--nWaiting];
        from = waiting[--nWaiting];
        node = walk(waiting[--nWaiting], sample);
      }
    }
  }
}
