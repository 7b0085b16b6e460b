/** What those that ended stand for where others are still under way. */
export interface EndedWeights {
  /** Of each that ended, in the given order: how many of all it stands for. */
  readonly weights: Float64Array;
  /** How many of all went on beyond the last that ended: nothing tells when they end. */
  readonly beyond: number;
}

/**
 * Weights that make the ended ones speak for all (Kaplan & Meier 1958, as Efron's redistribution to the right): one under
 * way is shared out among those that went on at least as long. They add up to the number of all with `beyond`; each is 1
 * where none is under way. Sound where when one is looked at says nothing of how long it lasts. O(n log n).
 */
export function weighEnded(ended: ArrayLike<number>, underWay: ArrayLike<number>): EndedWeights {
  const weights = new Float64Array(ended.length).fill(1);
  if (underWay.length === 0) return { weights, beyond: 0 };
  const all = ended.length + underWay.length;
  const valueOf = (i: number) => (i < ended.length ? ended[i] : underWay[i - ended.length]) ?? NaN;
  // Of equals, what ended did so before the other was looked at.
  const order = Uint32Array.from({ length: all }, (_, i) => i).sort(
    (a, b) => valueOf(a) - valueOf(b) || a - b,
  );
  let survived = all;
  for (const [place, i] of order.entries()) {
    if (i >= ended.length) continue;
    const atRisk = all - place;
    weights[i] = survived / atRisk;
    survived -= survived / atRisk;
  }
  return { weights, beyond: weights.reduce((rest, weight) => rest - weight, all) };
}

/**
 * Quantile of sorted values that stand for so many each: linear between them, each half-way through its own weight. With
 * equal weights that of `quantileOfSorted`; NaN for none.
 */
export function quantileOfWeighted(
  sorted: ArrayLike<number>,
  weights: ArrayLike<number>,
  share: number,
): number {
  const last = sorted.length - 1;
  if (last <= 0) return sorted[0] ?? NaN;
  const step = (i: number) => ((weights[i] ?? 0) + (weights[i + 1] ?? 0)) / 2;
  let total = 0;
  for (let i = 0; i < last; i++) total += step(i);
  let rest = share * total;
  for (let i = 0; i < last; i++) {
    const width = step(i);
    const from = sorted[i] ?? NaN;
    if (rest <= width) return from + ((sorted[i + 1] ?? NaN) - from) * (rest / width);
    rest -= width;
  }
  return sorted[last] ?? NaN;
}
