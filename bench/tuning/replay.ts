import { createRng, shuffleInPlace } from '#base/random.ts';
import { range } from '#base/arrays.ts';
import { proposeByModel } from '#tuning/bayesian-proposer.ts';
import type { SeenTrial } from '#tuning/proposer.ts';
import { toPoint } from '#tuning/search-space.ts';
import { listTabulated, tableSpace } from './settings-table.ts';

/** Lowest error of the table found after each trial. */
export type Course = readonly number[];

/** A search by chance through the table. */
export function replayRandom(mae: readonly number[], nTrials: number, seed: number): Course {
  const order = range(mae.length);
  shuffleInPlace(order, createRng(seed));
  return follow(Array.from(order.subarray(0, nTrials), (row) => mae[row] ?? NaN));
}

/** Bayesian optimisation from nothing, without the starts; what it proposes is rounded to the nearest that the table has and was not tried. */
export function replayByModel(mae: readonly number[], nTrials: number, seed: number): Course {
  const configurations = listTabulated(mae.length);
  const points = configurations.map((each) => toPoint(tableSpace, each));
  const seen: SeenTrial[] = [];
  const tried = new Set<number>();
  while (tried.size < nTrials) {
    const proposed = proposeByModel(tableSpace, seed, tried.size, seen);
    if (proposed === null) break;
    const at = toPoint(tableSpace, proposed);
    let nearest = -1;
    let least = Infinity;
    points.forEach((point, row) => {
      const distance = tried.has(row) ? Infinity : measure(point, at);
      if (distance < least) [nearest, least] = [row, distance];
    });
    tried.add(nearest);
    seen.push({ configuration: configurations[nearest] ?? proposed, value: mae[nearest] ?? NaN });
  }
  return follow(seen.map(({ value }) => value));
}

/** In the unit cube; where only one of them has a coordinate, they are as far apart as can be. */
function measure(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, own, d) => {
    const other = b[d] ?? NaN;
    if (Number.isNaN(own) && Number.isNaN(other)) return sum;
    return sum + (Number.isNaN(own) || Number.isNaN(other) ? 1 : (own - other) ** 2);
  }, 0);
}

function follow(values: readonly number[]): Course {
  let least = Infinity;
  return values.map((value) => (least = Math.min(least, value)));
}
