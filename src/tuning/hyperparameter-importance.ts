import { createRng, deriveSeed } from '#base/random.ts';
import { mean, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { type Configuration, type Dimension, toPoint, isActive, type SearchSpace } from './search-space.ts';

/** Fewer finished trials than this say nothing of what mattered. */
export const LEAST_TRIALS = 30;
const TOP_SHARE = 0.25;
const N_BINS = 8;
const N_RESAMPLES = 100;

export interface DimensionImportance {
  readonly name: string;
  /** Of all, in [0, 1], with its 80 % range over resampled trials. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * What separates the best quarter of the trials from all of them: per dimension the Pearson divergence between where these lie and where
 * all were tried, as PED-ANOVA (Watanabe, Bansal & Hutter 2023); dividing by where trials lie also takes out that a search looks more often
 * where it is good. Shares of the sum. Null for fewer than 30 trials. O(resamples × trials × dimensions).
 */
export function rankHyperparameters(
  space: SearchSpace,
  trials: readonly { readonly configuration: Configuration; readonly mae: number }[],
  seed: number,
): readonly DimensionImportance[] | null {
  if (trials.length < LEAST_TRIALS) return null;
  const points = trials.map(({ configuration }) => toPoint(space, configuration));
  const measure = (rows: readonly number[]) => {
    const level = quantileOfSorted(sortedFinite(rows.map((row) => trials[row].mae)), TOP_SHARE);
    const raw = space.dimensions.map((dimension, d) => {
      const active = rows.filter((row) => isActive(dimension, trials[row].configuration));
      const top = active.filter((row) => trials[row].mae <= level);
      return diverge(
        dimension,
        active.map((row) => points[row][d]),
        top.map((row) => points[row][d]),
      );
    });
    const sum = raw.reduce((total, each) => total + each, 0);
    return raw.map((each) => (sum > 0 ? each / sum : 0));
  };
  const all = measure(trials.map((_, row) => row));
  const rng = createRng(deriveSeed(seed, 7));
  const drawn = Array.from({ length: N_RESAMPLES }, () =>
    measure(trials.map(() => rng.nextBelow(trials.length))),
  );
  return space.dimensions
    .map(({ name }, d) => {
      const sorted = Float64Array.from(drawn, (shares) => shares[d]).sort();
      return { name, share: all[d], low: quantileOfSorted(sorted, 0.1), high: quantileOfSorted(sorted, 0.9) };
    })
    .toSorted((a, b) => b.share - a.share);
}

function diverge(dimension: Dimension, all: readonly number[], top: readonly number[]): number {
  if (all.length === 0 || top.length === 0) return 0;
  const nBins = dimension.kind === 'list' ? dimension.values.length : N_BINS;
  const share = (values: readonly number[]) => {
    // One trial spread over all bins beside them: none is empty.
    const bins = new Float64Array(nBins).fill(1 / nBins);
    for (const value of values) bins[Math.min(nBins - 1, Math.floor(value * nBins))]++;
    return bins.map((each) => each / (values.length + 1));
  };
  const [where, whereTop] = [share(all), share(top)];
  return mean(where.map((each, bin) => each * (whereTop[bin] / each - 1) ** 2)) * nBins;
}
