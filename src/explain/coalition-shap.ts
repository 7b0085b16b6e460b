import { createRng, shuffleInPlace } from '#base/random.ts';

/** An answer that can be given with only some of the features known. */
export interface CoalitionGame {
  /** Features that may have a say; all others have none. */
  readonly players: readonly number[];
  /** Forgets all features: the answer without any. */
  readonly start: () => number;
  /** Makes one more feature known: the answer with all that are. */
  readonly add: (feature: number) => number;
}

/** Orders drawn where there are too many to try; each is tried backwards too. */
const N_DRAWN = 16;
const SEED = 1;

/**
 * Shapley values of a game (Shapley 1953): what a feature changes when it becomes known, averaged over the orders in which
 * they can become known. All orders of up to three features, so exact; of more, 16 drawn by a fixed seed and their
 * reverses (antithetic sampling: Mitchell et al. 2022). Along any order the changes sum to the way from the answer without
 * features to that with all, so the sum is exact in either case. Adds to `outValues[feature]`; returns the base.
 * 32 × players answers.
 */
export function shareByOrders(game: CoalitionGame, outValues: Float64Array): number {
  const orders = listOrders(game.players);
  let base = 0;
  for (const order of orders) {
    base = game.start();
    let before = base;
    for (const feature of order) {
      const after = game.add(feature);
      outValues[feature] = outValues[feature] + (after - before) / orders.length;
      before = after;
    }
  }
  return base;
}

/** Are the shares of so many features estimates? */
export function isDrawn(nPlayers: number): boolean {
  return nPlayers > 3;
}

function listOrders(players: readonly number[]): readonly (readonly number[])[] {
  if (!isDrawn(players.length)) return listPermutations(players);
  const rng = createRng(SEED);
  return Array.from({ length: N_DRAWN }, () => {
    const order = Uint32Array.from(players);
    shuffleInPlace(order, rng);
    return Array.from(order);
  }).flatMap((order) => [order, order.toReversed()]);
}

function listPermutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    listPermutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
