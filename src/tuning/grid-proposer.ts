import type { Propose } from './proposer.ts';
import { keyOf, listConfigurations } from './search-space.ts';

/** Every combination, in order. O(combinations before it). */
export const proposeFromGrid: Propose = (space, _seed, _t, seen) => {
  const known = new Set(seen.map(({ configuration }) => keyOf(space, configuration)));
  for (const configuration of listConfigurations(space)) {
    if (!known.has(keyOf(space, configuration))) return configuration;
  }
  return null;
};
