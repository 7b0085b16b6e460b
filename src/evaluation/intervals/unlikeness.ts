import { lowerBound, upperBound } from '#base/arrays.ts';
import { exactExp, exactLog } from '#base/exact-math.ts';

/** A class's scores beside those of all others: both ascending. */
export interface TwoSamples {
  readonly own: readonly number[];
  /** Of the others and of the class itself. */
  readonly all: readonly number[];
}

/**
 * How probable it is that scores drawn from the others lie as far up as these, and as far out: product tests of conformal
 * p-values (Fisher 1932), which are exact but for the others being shared, as Bates et al. 2023 correct for. With three
 * scores they already tell. O(n log N).
 */
export function testByRanks(samples: TwoSamples): { readonly up: number; readonly spread: number } {
  const n = samples.own.length;
  const nOthers = samples.all.length - n;
  const g = Math.sqrt(1 + n / nOthers);
  let up = 0;
  let spread = 0;
  for (const score of samples.own) {
    const { below, atMost } = countOthers(samples, score);
    const pUp = (1 + nOthers - below) / (nOthers + 1);
    const pLow = (1 + atMost) / (nOthers + 1);
    up -= exactLog(pUp);
    spread -= exactLog(Math.min(1, 2 * Math.min(pUp, pLow)));
  }
  return { up: tailOfProduct(up, n, g), spread: tailOfProduct(spread, n, g) };
}

/** P(a product of n uniform numbers is no larger), from minus the sum of their logarithms. */
function tailOfProduct(sum: number, n: number, g: number): number {
  const scaled = (sum + (g - 1) * n) / g;
  let term = 1;
  let total = 1;
  for (let k = 1; k < n; k++) {
    term *= scaled / k;
    total += term;
  }
  return Math.min(1, exactExp(-scaled) * total);
}

/** Two-sample Kolmogorov–Smirnov, its probability by the series of Stephens 1970. O(n log N). */
export function testByDistance(samples: TwoSamples): number {
  const n = samples.own.length;
  const nOthers = samples.all.length - n;
  const distance = samples.own.reduce((most, score, i) => {
    const { below, atMost } = countOthers(samples, score);
    return Math.max(most, (i + 1) / n - atMost / nOthers, below / nOthers - i / n);
  }, 0);
  const root = Math.sqrt((n * nOthers) / (n + nOthers));
  const lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda <= 0.3) return 1;
  let sum = 0;
  for (let j = 1; j <= 7; j++) sum += (j % 2 === 1 ? 2 : -2) * exactExp(-2 * j * j * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}

/** Of the others, how many lie below a score, and at or below it. */
function countOthers({ own, all }: TwoSamples, score: number) {
  return {
    below: lowerBound(all, score) - lowerBound(own, score),
    atMost: upperBound(all, score) - upperBound(own, score),
  };
}
