import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { drawWithoutReplacement } from './sampling.ts';

describe('drawWithoutReplacement', () => {
  it('splits the numbers in two ascending runs, each number once', () => {
    const indices = new Uint32Array(100);
    drawWithoutReplacement(indices, 30, createRng(1));
    const drawn = Array.from(indices.subarray(0, 30));
    const left = Array.from(indices.subarray(30));
    const ascending = (a: number, b: number) => a - b;
    expect(drawn).toEqual([...drawn].sort(ascending));
    expect(left).toEqual([...left].sort(ascending));
    expect([...drawn, ...left].sort(ascending)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('draws each number equally often', () => {
    const counts = new Float64Array(10);
    const rng = createRng(2);
    const indices = new Uint32Array(10);
    for (let repeat = 0; repeat < 20_000; repeat++) {
      drawWithoutReplacement(indices, 3, rng);
      indices.subarray(0, 3).forEach((index) => (counts[index]! += 1));
    }
    for (const count of counts) expect(Math.abs(count - 6000)).toBeLessThan(250);
  });
});
