import { exactLog } from '#base/exact-math.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { median } from '#base/statistics.ts';
import { logExpectedImprovement } from './expected-improvement.ts';
import { fitForestSurrogate } from './forest-surrogate.ts';
import { fitGaussianProcess } from './gaussian-process.ts';
import type { Propose, SeenTrial } from './proposer.ts';
import { drawUnknown, proposeAtRandom } from './random-proposer.ts';
import {
  type Configuration,
  drawConfiguration,
  drawNeighbour,
  toPoint,
  keyOf,
  type SearchSpace,
} from './search-space.ts';

/** Trials of a Sobol sequence before anything is learnt from them. */
const N_INITIAL = 8;
/** Every so many trials one is left to chance, so that no error of the surrogate lasts. */
const CHANCE_EVERY = 6;
const N_RANDOM = 400;
const N_CLIMBED = 8;
const N_NEIGHBOURS = 8;
const MAX_STEPS = 12;

/**
 * Bayesian optimisation as SMAC does it (Hutter, Hoos & Leyton-Brown 2011; Lindauer et al. 2022): a surrogate of the logarithm of the error,
 * log expected improvement below the surrogate's own best mean (what was seen is noisy), climbed from the best trials by neighbours and from
 * chance. Two surrogates take turns: a forest, which knows conditions and steps, and a Gaussian process, which knows slopes.
 */
export const proposeByModel: Propose = (space, seed, t, seen) => {
  const finished = seen.filter(({ value }) => Number.isFinite(value));
  const known = new Set(seen.map(({ configuration }) => keyOf(space, configuration)));
  const own = deriveSeed(seed, t);
  if (finished.length < N_INITIAL) return proposeAtRandom(space, seed, t, seen);
  if (t % CHANCE_EVERY === CHANCE_EVERY - 1) return drawUnknown(space, own, known);
  const found = search(space, own, t, seen, finished, known);
  return found ?? drawUnknown(space, own, known);
};

function search(
  space: SearchSpace,
  seed: number,
  t: number,
  seen: readonly SeenTrial[],
  finished: readonly SeenTrial[],
  known: ReadonlySet<string>,
): Configuration | null {
  const values = toLearnt(seen, finished);
  const points = seen.map(({ configuration }) => toPoint(space, configuration));
  const fit = t % 2 === 0 ? fitGaussianProcess : fitForestSurrogate;
  const expect = fit(space, points, values, deriveSeed(seed, 1));
  const atSeen = expect(points);
  const incumbent = atSeen.mean.reduce((least, mean) => Math.min(least, mean), Infinity);
  const judge = (configurations: readonly Configuration[]) => {
    const { mean, variance } = expect(configurations.map((each) => toPoint(space, each)));
    return mean.map((each, i) => logExpectedImprovement(each, variance[i], incumbent));
  };
  const rng = createRng(deriveSeed(seed, 2));
  const drawn = Array.from({ length: N_RANDOM }, () => drawConfiguration(space, rng));
  const merits = judge(drawn);
  const byMerit = Array.from(drawn, (_, i) => i).sort((a, b) => merits[b] - merits[a]);
  const best = finished.toSorted((a, b) => a.value - b.value).slice(0, N_CLIMBED);
  const starts = [
    ...byMerit.slice(0, 2).map((i) => drawn[i]),
    ...best.map(({ configuration }) => configuration),
  ];
  let chosen: Configuration | null = null;
  let merit = -Infinity;
  for (const start of starts) {
    for (const each of climb(space, start, judge, rng)) {
      if (each.merit > merit && !known.has(keyOf(space, each.configuration))) {
        chosen = each.configuration;
        merit = each.merit;
      }
    }
  }
  return chosen;
}

/** From neighbour to better neighbour, until none is. What it went by. */
function climb(
  space: SearchSpace,
  start: Configuration,
  judge: (configurations: readonly Configuration[]) => Float64Array,
  rng: Rng,
): readonly { readonly configuration: Configuration; readonly merit: number }[] {
  let here = { configuration: start, merit: judge([start])[0] };
  const path = [here];
  for (let step = 0; step < MAX_STEPS; step++) {
    const neighbours = Array.from({ length: N_NEIGHBOURS }, () =>
      drawNeighbour(space, here.configuration, rng),
    ).filter((each): each is Configuration => each !== null);
    if (neighbours.length === 0) break;
    const merits = judge(neighbours);
    const tried = neighbours.map((configuration, i) => ({ configuration, merit: merits[i] }));
    path.push(...tried);
    const [next] = tried.toSorted((a, b) => b.merit - a.merit);
    if (!next || !(next.merit > here.merit)) break;
    here = next;
  }
  return path;
}

/** What the surrogate learns: logarithms where there are any; of a trial under way, the middle of the others. */
function toLearnt(seen: readonly SeenTrial[], finished: readonly SeenTrial[]): Float64Array {
  const isPositive = finished.every(({ value }) => value > 0);
  const place = (value: number) => (isPositive ? exactLog(value) : value);
  const middle = place(median(finished.map(({ value }) => value)));
  return Float64Array.from(seen, ({ value }) => (Number.isFinite(value) ? place(value) : middle));
}
