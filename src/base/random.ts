import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { exactLog } from './exact-math.ts';

/** Seeded random numbers: the same seed gives the same numbers in every browser and in Node. */
export interface Rng {
  /** Uniform integer in [0, 2^32). */
  readonly nextUint32: () => number;
  /** Uniform in [0, 1), 53 bits. */
  readonly nextFloat: () => number;
  /** Uniform integer in [0, bound), without modulo bias; bound in [1, 2^32]. */
  readonly nextBelow: (bound: number) => number;
  /** Normal with mean 0 and variance 1. */
  readonly nextNormal: () => number;
}

export function createRng(seed: number): Rng {
  const generator = xoroshiro128plus(seed | 0);
  let spareNormal: number | null = null;

  function nextUint32(): number {
    return generator.next() >>> 0;
  }

  function nextFloat(): number {
    return ((nextUint32() >>> 5) * 67108864 + (nextUint32() >>> 6)) / 9007199254740992;
  }

  function nextBelow(bound: number): number {
    for (;;) {
      const value = nextUint32();
      // Exact, and sooner than a remainder of numbers beyond 2^31.
      const quotient = Math.floor(value / bound);
      // What lies beyond the last whole multiple would favour small numbers.
      if ((quotient + 1) * bound <= 4294967296) return value - quotient * bound;
    }
  }

  // Marsaglia's polar method: needs only log and sqrt, both exact to the bit everywhere (exact-math.ts).
  function nextNormal(): number {
    if (spareNormal !== null) {
      const spare = spareNormal;
      spareNormal = null;
      return spare;
    }
    for (;;) {
      const u = 2 * nextFloat() - 1;
      const v = 2 * nextFloat() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * exactLog(s)) / s);
        spareNormal = v * factor;
        return u * factor;
      }
    }
  }

  return { nextUint32, nextFloat, nextBelow, nextNormal };
}

/** A seed for stream number `index` of `seed`, so that folds, repeats and trees draw independently. */
export function deriveSeed(seed: number, index: number): number {
  // The finaliser of MurmurHash3 (A. Appleby): every input bit reaches every output bit.
  let hash = (Math.imul(seed, 0x9e3779b1) + Math.imul(index + 1, 0x85ebca6b)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** Fisher–Yates, in place. */
export function shuffleInPlace(values: { [index: number]: number; readonly length: number }, rng: Rng): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = rng.nextBelow(i + 1);
    const held = values[i] as number;
    values[i] = values[j] as number;
    values[j] = held;
  }
}
