import { deriveSeed } from '#base/random.ts';

const BITS = 32;

/**
 * Primitive polynomials and first direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
 * two-dimensional projections" (2008), from the second dimension on: [degree's inner coefficients, m₁ … m_degree].
 */
const directions: readonly (readonly [number, readonly number[]])[] = [
  [0, [1]],
  [1, [1, 3]],
  [1, [1, 3, 1]],
  [2, [1, 1, 1]],
  [1, [1, 1, 3, 3]],
  [4, [1, 3, 5, 13]],
  [2, [1, 1, 5, 5, 17]],
  [4, [1, 1, 5, 5, 5]],
  [7, [1, 1, 7, 11, 19]],
  [11, [1, 1, 5, 1, 1]],
  [13, [1, 1, 1, 3, 11]],
  [14, [1, 3, 5, 5, 31]],
  [1, [1, 3, 3, 9, 7, 49]],
  [13, [1, 1, 1, 15, 21, 21]],
  [16, [1, 3, 1, 13, 27, 49]],
  [19, [1, 1, 1, 15, 7, 5]],
  [22, [1, 3, 1, 15, 13, 25]],
  [25, [1, 1, 5, 5, 19, 61]],
  [1, [1, 3, 7, 11, 23, 15, 103]],
];

const columnsOf = new Map<number, Uint32Array>();

/** Direction numbers of a dimension, the highest bit first. */
function findColumns(dimension: number): Uint32Array {
  const known = columnsOf.get(dimension);
  if (known) return known;
  const columns = new Uint32Array(BITS);
  const row = directions[dimension - 1];
  if (row === undefined) {
    for (let i = 0; i < BITS; i++) columns[i] = 2 ** (BITS - 1 - i);
  } else {
    const [inner, first] = row;
    const degree = first.length;
    for (let i = 0; i < BITS; i++) {
      if (i < degree) {
        columns[i] = (first[i] << (BITS - 1 - i)) >>> 0;
        continue;
      }
      const base = columns[i - degree];
      let value = base ^ (base >>> degree);
      for (let k = 1; k < degree; k++) {
        if ((inner >>> (degree - 1 - k)) & 1) value ^= columns[i - k];
      }
      columns[i] = value >>> 0;
    }
  }
  columnsOf.set(dimension, columns);
  return columns;
}

/**
 * Point number `index` (from 0) of a Sobol sequence in [0, 1)^n, scrambled as A. B. Owen's nested uniform scrambling by B. Burley's
 * hash ("Practical hash-based Owen scrambling", 2020): each stretch of 2^k points falls evenly into the 2^k parts of every
 * dimension, whatever the seed. n ≤ 20. O(32 n).
 */
export function sobolPoint(index: number, nDimensions: number, seed: number): Float64Array {
  const point = new Float64Array(nDimensions);
  for (let dimension = 0; dimension < nDimensions; dimension++) {
    const columns = findColumns(dimension);
    let bits = 0;
    for (let i = 0; i < BITS && index >>> i > 0; i++) {
      if ((index >>> i) & 1) bits ^= columns[i];
    }
    point[dimension] = scramble(bits >>> 0, deriveSeed(seed, dimension)) / 2 ** BITS;
  }
  return point;
}

function scramble(bits: number, seed: number): number {
  let x = reverseBits(bits);
  x = (x + seed) | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reverseBits(x >>> 0);
}

function reverseBits(value: number): number {
  let x = value;
  x = ((x & 0x55555555) << 1) | ((x >>> 1) & 0x55555555);
  x = ((x & 0x33333333) << 2) | ((x >>> 2) & 0x33333333);
  x = ((x & 0x0f0f0f0f) << 4) | ((x >>> 4) & 0x0f0f0f0f);
  x = ((x & 0x00ff00ff) << 8) | ((x >>> 8) & 0x00ff00ff);
  return ((x << 16) | (x >>> 16)) >>> 0;
}
