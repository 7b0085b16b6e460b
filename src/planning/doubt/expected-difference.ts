import { collectOrderStatistics, findAtLevel } from '#evaluation/intervals/order-statistic.ts';
import type { ExpectedDifference } from './contract.ts';

/** Of a normal, 80 % lie within so many deviations. */
const WITHIN_80 = 1.2815515655446004;

/** Of scenarios, what a model expects of each, and what each of the worlds says instead. In the target's unit. */
export interface ExpectedInWorlds {
  readonly expected: ArrayLike<number>;
  readonly worlds: readonly ArrayLike<number>[];
}

/**
 * The difference of every two, `to` less `from`, with the 80 % interval by how far the worlds' own differences are off, and
 * the band that is as wide as it takes for all of them to lie within together in 80 % of the worlds. O(worlds · scenarios²).
 */
export function differExpected(
  { expected, worlds }: ExpectedInWorlds,
  pairs: readonly (readonly [from: number, to: number])[],
): ExpectedDifference[] {
  const differ = (of: ArrayLike<number>, [from, to]: readonly [number, number]) =>
    (of[to] ?? NaN) - (of[from] ?? NaN);
  const values = pairs.map((pair) => differ(expected, pair));
  const errors = pairs.map((pair, p) => worlds.map((world) => differ(world, pair) - (values[p] ?? 0)));
  const sizes = errors.map((of) => Math.sqrt(of.reduce((sum, each) => sum + each * each, 0) / of.length));
  const farthest = worlds.map((_, w) =>
    // Of two that are the same nothing is off, of one without a value nothing is known. Each world by the others' size.
    Math.max(0, ...errors.flatMap((of, p) => (sizes[p] ? [Math.abs(of[w] ?? 0) / sizeWithout(of, w)] : []))),
  );
  const together = Math.max(WITHIN_80, findAtLevel(collectOrderStatistics(farthest), 0.8) ?? WITHIN_80);
  return values.map((value, p): ExpectedDifference => {
    const [half, wide] = [WITHIN_80, together].map((factor) => factor * (sizes[p] ?? 0)) as [number, number];
    return {
      value,
      low: value - half,
      high: value + half,
      band: { low: value - wide, high: value + wide },
    };
  });
}

function sizeWithout(errors: readonly number[], world: number): number {
  const sum = errors.reduce((total, each, w) => (w === world ? total : total + each * each), 0);
  return Math.sqrt(sum / (errors.length - 1));
}

/**
 * In how many of the worlds that it may be in place of the model each is the shortest; shared among equals. As the interval
 * has it, the model may err to either side by as much as each world does.
 */
export function countBest({ expected, worlds }: ExpectedInWorlds): number[] {
  const counts = Array.from(expected, () => 0);
  for (const world of worlds) {
    for (const side of [1, -1]) {
      const truths = Array.from(expected, (value, i) =>
        Number.isNaN(value) ? Infinity : value + side * ((world[i] ?? NaN) - value),
      );
      const least = Math.min(...truths);
      const best = truths.flatMap((value, i) => (value === least ? [i] : []));
      for (const i of best) counts[i] = (counts[i] ?? 0) + 1 / (best.length * 2 * worlds.length);
    }
  }
  return counts;
}
