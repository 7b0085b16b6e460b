import { argsort } from '#base/arrays.ts';
import { createRng } from '#base/random.ts';
import { mean, quantileOfSorted } from '#base/statistics.ts';
import type { OutageDifference } from './contract.ts';

const N_DRAWS = 2000;
const SEED = 1;

/**
 * How much longer one and the same outage takes by `to` than by `from`, of which no data tell both. Curves are those of `findCurves`. `link`: the correlation of
 * their lucks (a Gaussian copula); 1: the same share of both curves. The least and the most chance of being shorter, over all
 * that the link may be, are Makarov's bounds. Swapped, the difference is the contrary. O(shares²).
 */
export function differOutage(from: Float64Array, to: Float64Array, link: number): OutageDifference {
  const differences = Float64Array.from(listPairs(from.length, link), ([a, b]) => to[b]! - from[a]!).sort();
  const share = (isMeant: (difference: number) => boolean) =>
    differences.filter((difference) => isMeant(difference)).length / differences.length;
  const [shorterAtLeast, shorterAtMost] = boundShorter(from, to);
  const [longerAtLeast, longerAtMost] = boundShorter(to, from);
  return {
    mean: mean(differences),
    low: quantileOfSorted(differences, 0.1),
    high: quantileOfSorted(differences, 0.9),
    shorter: share((difference) => difference < 0),
    shorterAtLeast,
    shorterAtMost,
    longer: share((difference) => difference > 0),
    longerAtLeast,
    longerAtMost,
  };
}

/** Places in the two curves that go together, each place as often. */
function listPairs(n: number, link: number): readonly (readonly [number, number])[] {
  if (link >= 1) return Array.from({ length: n }, (_, i) => [i, i] as const);
  const rng = createRng(SEED);
  const nDrawn = N_DRAWS / 2;
  const first = Float64Array.from({ length: nDrawn }, () => rng.nextNormal());
  const second = first.map((z) => link * z + Math.sqrt(1 - link * link) * rng.nextNormal());
  // By rank, so that every share comes as often as it is likely.
  const [a, b] = [first, second].map((draws) => {
    const places = new Int32Array(nDrawn);
    argsort(draws).forEach((draw, rank) => (places[draw] = Math.floor((rank * n) / nDrawn)));
    return places;
  }) as [Int32Array, Int32Array];
  // Each pair both ways round: no plan has a luck of its own.
  return Array.from(a, (place, i) => [place, b[i] ?? 0] as const).flatMap(
    ([i, j]) =>
      [
        [i, j],
        [j, i],
      ] as const,
  );
}

/** P(to < from), at least and at most, whatever goes with what (Makarov 1981). Of ascending durations, equally likely each. */
function boundShorter(from: Float64Array, to: Float64Array): [number, number] {
  const countBelow = (sorted: Float64Array, value: number) => {
    const at = sorted.findIndex((each) => each >= value);
    return at < 0 ? sorted.length : at;
  };
  const countUpTo = (sorted: Float64Array, value: number) => {
    const at = sorted.findIndex((each) => each > value);
    return at < 0 ? sorted.length : at;
  };
  let least = 0;
  let notShorter = 0;
  for (const y of [...from, ...to]) {
    least = Math.max(least, countUpTo(to, y) / to.length - countUpTo(from, y) / from.length);
    notShorter = Math.max(notShorter, countUpTo(from, y) / from.length - countBelow(to, y) / to.length);
  }
  return [least, 1 - notShorter];
}
