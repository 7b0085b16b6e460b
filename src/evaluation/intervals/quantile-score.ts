import { isAtMost, isSameDuration } from './same-duration.ts';

/**
 * Where a duration lies in a forecast distribution, told by its quantiles: `values[j]` at share
 * `shares[j]`, both ascending, on the learnt scale. Linear in between; beyond the outermost quantiles it
 * goes on at one unit of share per width of the forecast, so that every duration has a place of its own. A duration
 * that several quantiles share lies in the middle of their run, which at an end of the forecast goes on to share 0 or 1:
 * at its top, half of all outages that take no time at all would pass for late.
 *
 * Its conformal order statistics are those of "distributional conformal prediction" (Chernozhukov,
 * Wüthrich & Zhu 2021): conformalised quantiles (Romano et al. 2019), all levels at once. Beyond its ends a forecast's own
 * width can make a level shorter where all its quantiles are longer: a `width` that is the same for all cannot.
 */
export function placeInForecast(
  shares: readonly number[],
  values: ArrayLike<number>,
  duration: number,
  width = widthOf(values),
): number {
  const last = shares.length - 1;
  const lowest = values[0];
  const highest = values[last];
  const tie = findTie(values, last, duration);
  if (tie !== null) return middleOfRun(shares, tie);
  if (duration < lowest) return shares[0] - (lowest - duration) / width;
  if (duration > highest) return shares[last] + (duration - highest) / width;
  let j = last - 1;
  while (values[j] > duration) j -= 1;
  const from = values[j];
  const part = (duration - from) / (values[j + 1] - from);
  return shares[j] + part * (shares[j + 1] - shares[j]);
}

/** The first and the last quantile that are equal to the duration; null where none is. */
function findTie(
  values: ArrayLike<number>,
  last: number,
  duration: number,
): readonly [number, number] | null {
  let to = last;
  while (to >= 0 && !isAtMost(values[to], duration)) to -= 1;
  if (to < 0 || !isSameDuration(values[to], duration)) return null;
  let from = to;
  while (from > 0 && isSameDuration(values[from - 1], duration)) from -= 1;
  return [from, to];
}

function middleOfRun(shares: readonly number[], [from, to]: readonly [number, number]): number {
  if (from === to) return shares[from];
  const low = from === 0 ? 0 : shares[from];
  const high = to === shares.length - 1 ? 1 : shares[to];
  return (low + high) / 2;
}

/** The largest duration whose place is at most `place`: the inverse of `placeInForecast`. */
export function durationAtPlace(
  shares: readonly number[],
  values: ArrayLike<number>,
  place: number,
  width = widthOf(values),
): number {
  const last = shares.length - 1;
  const lowest = values[0];
  const highest = values[last];
  const first = shares[0];
  if (place < first) return lowest - (first - place) * width;
  if (place >= shares[last]) return highest + (place - shares[last]) * width;
  let j = last - 1;
  while (shares[j] > place) j -= 1;
  const from = shares[j];
  const part = (place - from) / (shares[j + 1] - from);
  return values[j] + part * (values[j + 1] - values[j]);
}

/** A forecast of one single duration has no width: the unit of the scale stands in. */
function widthOf(values: ArrayLike<number>): number {
  const width = values[values.length - 1] - values[0];
  return width > 0 ? width : 1;
}
