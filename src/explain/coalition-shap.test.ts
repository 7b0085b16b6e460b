import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CoalitionGame, shareByOrders } from './coalition-shap.ts';

/** A game by the worth of each set of players, one bit each. */
function gameOf(nPlayers: number, worth: (set: number) => number): CoalitionGame {
  let set = 0;
  return {
    players: Array.from({ length: nPlayers }, (_, i) => i),
    start: () => worth((set = 0)),
    add: (player) => worth((set |= 1 << player)),
  };
}

/** Shapley's formula, by all sets: the naive twin. */
function shapley(nPlayers: number, worth: (set: number) => number): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Array.from({ length: nPlayers }, (_, player) => {
    let sum = 0;
    for (let set = 0; set < 1 << nPlayers; set++) {
      if (set & (1 << player)) continue;
      const size = set.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(nPlayers - size - 1)) / factorial(nPlayers);
      sum += weight * (worth(set | (1 << player)) - worth(set));
    }
    return sum;
  });
}

const worths = (nPlayers: number) =>
  fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1 << nPlayers, maxLength: 1 << nPlayers });

describe('shareByOrders', () => {
  test('of up to three players: Shapley values, exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }).chain((n) => fc.tuple(fc.constant(n), worths(n))),
        ([n, worth]) => {
          const values = new Float64Array(n);
          const base = shareByOrders(
            gameOf(n, (set) => worth[set] as number),
            values,
          );
          expect(base).toBe(worth[0]);
          shapley(n, (set) => worth[set] as number).forEach((value, i) =>
            expect(values[i]).toBeCloseTo(value, 9),
          );
        },
      ),
    );
  });

  test('of more: the sum is exact, an idle player has nothing, and independent ones have their own', () => {
    fc.assert(
      fc.property(
        worths(5),
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 6 }),
        (worth, own) => {
          const values = new Float64Array(6);
          // Player 5 changes nothing.
          const base = shareByOrders(
            gameOf(6, (set) => worth[set & 31] as number),
            values,
          );
          expect(values.reduce((sum, value) => sum + value, base)).toBeCloseTo(worth[31] as number, 9);
          expect(values[5]).toBe(0);
          const additive = new Float64Array(6);
          shareByOrders(
            gameOf(6, (set) => own.reduce((sum, value, i) => sum + (set & (1 << i) ? value : 0), 7)),
            additive,
          );
          own.forEach((value, i) => expect(additive[i]).toBeCloseTo(value, 9));
        },
      ),
    );
  });

  test('an estimate stays near the exact value: each of 8 who share one prize alike', () => {
    const values = new Float64Array(8);
    shareByOrders(
      gameOf(8, (set) => (set === 255 ? 800 : 0)),
      values,
    );
    // 32 orders end with each player 4 times on average; a player that never ends one would have 0.
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(800, 9);
    expect(Math.max(...values)).toBeLessThanOrEqual(300);
  });
});
