import type { Rng } from '#base/random.ts';

/**
 * Puts a random `nDrawn` of the numbers 0 … length − 1 first and the others behind, both ascending.
 * Selection sampling (Knuth 3.4.2 S): one random number each.
 */
export function drawWithoutReplacement(outIndices: Uint32Array | Int32Array, nDrawn: number, rng: Rng): void {
  const n = outIndices.length;
  let nTaken = 0;
  for (let i = 0; i < n; i++) {
    if (rng.nextUint32() * (n - i) < (nDrawn - nTaken) * 4294967296) {
      outIndices[nTaken++] = i;
    } else {
      outIndices[nDrawn + i - nTaken] = i;
    }
  }
}
