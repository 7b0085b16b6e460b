import { createRng, deriveSeed } from '#base/random.ts';
import type { Propose } from './proposer.ts';
import { proposeFromGrid } from './grid-proposer.ts';
import {
  type Configuration,
  countConfigurations,
  fromPoint,
  drawConfiguration,
  keyOf,
  type SearchSpace,
} from './search-space.ts';
import { sobolPoint } from './sobol.ts';

/** Draws before the rest of a space that is nearly used up is looked through in order. */
const MAX_DRAWS = 200;

/** Point t of a scrambled Sobol sequence, or, where that was tried, what chance finds that was not. */
export const proposeAtRandom: Propose = (space, seed, t, seen) => {
  const known = new Set(seen.map(({ configuration }) => keyOf(space, configuration)));
  const point = fromPoint(space, sobolPoint(t, space.dimensions.length, seed));
  return known.has(keyOf(space, point)) ? drawUnknown(space, deriveSeed(seed, t), known) : point;
};

/** A configuration whose key is not known; null where all are. */
export function drawUnknown(
  space: SearchSpace,
  seed: number,
  known: ReadonlySet<string>,
): Configuration | null {
  if (known.size >= countConfigurations(space)) return null;
  const rng = createRng(seed);
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const configuration = drawConfiguration(space, rng);
    if (!known.has(keyOf(space, configuration))) return configuration;
  }
  const seen = [...known].map((key) => toSeen(space, key));
  return proposeFromGrid(space, seed, 0, seen);
}

function toSeen({ dimensions }: SearchSpace, key: string) {
  const values = JSON.parse(key) as (string | number | null)[];
  const configuration = Object.fromEntries(
    dimensions.flatMap(({ name }, i) => {
      const value = values[i] ?? null;
      return value === null ? [] : [[name, value] as const];
    }),
  );
  return { configuration, value: NaN };
}
