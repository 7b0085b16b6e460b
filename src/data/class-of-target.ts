import { argsort, gather, lowerBound, range } from '#base/arrays.ts';
import { median } from '#base/statistics.ts';

const minRows = 30;
const maxClasses = 30;
const minRowsPerClass = 5;
/** Share of the rows whose classes follow one another as the target grows: a few are misfiled by hand. */
const inOrder = 0.98;
const minValuesPerClass = 3;
/** With two classes chance could put them apart: then not one row may be out of place, and neither class be small. */
const minRowsOfTwo = 10;
/** Values on either side of a cut whose spacing tells what is usual there, and how much wider a gap may be. */
const neighbours = 5;
const widestGap = 5;

/**
 * Whether the classes are a cut of the target: sorted by it, one class follows the other, and where they meet there is
 * no gap. Kinds of outages that only differ in length either overlap, or leave nothing in between. `classes` are codes,
 * those below 0 and NaN missing. O(n log n).
 */
export function isClassOfTarget(classes: ArrayLike<number>, target: Float64Array): boolean {
  const known = range(target.length).filter((i) => (classes[i] ?? NaN) >= 0 && !Number.isNaN(target[i]));
  if (known.length < minRows) return false;
  const valuesOf = new Map<number, number[]>();
  for (const i of known) {
    const values = valuesOf.get(classes[i] as number) ?? [];
    values.push(target[i] as number);
    valuesOf.set(classes[i] as number, values);
    if (valuesOf.size > maxClasses) return false;
  }
  const nClasses = valuesOf.size;
  if (nClasses < 2 || known.length < minRowsPerClass * nClasses) return false;
  const counts = [...valuesOf.values()].map(({ length }) => length);
  if (nClasses === 2 && Math.min(...counts) < minRowsOfTwo) return false;
  const ordered = [...valuesOf].sort((a, b) => median(a[1]) - median(b[1]));
  const rankOf = new Map(ordered.map(([key], rank) => [key, rank]));
  const y = gather(target, known);
  const ranks = Float64Array.from(known, (i) => rankOf.get(classes[i] as number) ?? 0);
  // Rows of one value of the target stand in the order of their classes.
  const order = argsort(y).sort((a, b) => (y[a] ?? 0) - (y[b] ?? 0) || (ranks[a] ?? 0) - (ranks[b] ?? 0));
  const share = countLongestRise(gather(ranks, order)) / known.length;
  if (share < (nClasses === 2 ? 1 : inOrder)) return false;
  // Kinds with a duration of their own each are no cut: there is nothing to cut.
  if (new Set(y).size < minValuesPerClass * nClasses) return false;
  return meetWithoutGap(
    ordered.map(([, { length }]) => length),
    gather(y, order),
  );
}

/** Whether most neighbouring classes, of those sizes, meet where the target's values lie as close as they do around. */
function meetWithoutGap(sizes: readonly number[], ascending: Float64Array): boolean {
  const distinct = Float64Array.from(new Set(ascending));
  const width = (from: number, to: number) => (distinct[to] ?? NaN) - (distinct[from] ?? NaN);
  let nMeeting = 0;
  let nBelow = 0;
  for (const size of sizes.slice(0, -1)) {
    nBelow += size;
    const first = lowerBound(distinct, ascending[nBelow] ?? NaN);
    const last = first - 1;
    const below = Math.max(0, first - neighbours);
    const above = Math.min(distinct.length - 1, last + neighbours);
    const spacing = (width(below, last) + width(first, above)) / (above - below - 1);
    if (width(last, first) <= widestGap * spacing) nMeeting++;
  }
  return nMeeting > (sizes.length - 1) / 2;
}

/** Length of the longest subsequence that never falls. */
function countLongestRise(values: Float64Array): number {
  const ends: number[] = [];
  for (const value of values) {
    // The first end above the value: with whole ranks, the first that is at least half more.
    const at = lowerBound(ends, value + 0.5);
    ends[at] = value;
  }
  return ends.length;
}
