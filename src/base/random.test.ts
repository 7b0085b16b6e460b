import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createRng, deriveSeed, shuffleInPlace } from './random.ts';
import { mean, sampleDeviation } from './statistics.ts';

const draw = (n: number, next: () => number) => Float64Array.from({ length: n }, next);

describe('createRng', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const first = draw(100, createRng(42).nextUint32);
    expect(draw(100, createRng(42).nextUint32)).toEqual(first);
    expect(draw(100, createRng(43).nextUint32)).not.toEqual(first);
  });

  it('keeps its stream for good: a change here changes every published model', () => {
    const rng = createRng(42);
    expect([rng.nextUint32(), rng.nextUint32(), rng.nextUint32()]).toMatchInlineSnapshot(`
      [
        4294967253,
        3587504873,
        4286635183,
      ]
    `);
    expect([rng.nextFloat(), rng.nextNormal(), rng.nextBelow(10)]).toMatchInlineSnapshot(`
      [
        0.8176910814409142,
        -1.5146979333520947,
        5,
      ]
    `);
  });

  it('draws uniform floats and standard normals', () => {
    const floats = draw(20_000, createRng(1).nextFloat);
    expect(Math.min(...floats)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...floats)).toBeLessThan(1);
    expect(mean(floats)).toBeCloseTo(0.5, 2);
    const normals = draw(20_000, createRng(2).nextNormal);
    expect(Math.abs(mean(normals))).toBeLessThan(0.03);
    expect(Math.abs(sampleDeviation(normals) - 1)).toBeLessThan(0.03);
    const within = normals.filter((z) => Math.abs(z) < 1.959964).length / normals.length;
    expect(Math.abs(within - 0.95)).toBeLessThan(0.01);
  });

  it('draws each integer below a bound equally often', () => {
    const counts = new Float64Array(7);
    const rng = createRng(3);
    for (let i = 0; i < 70_000; i++) counts[rng.nextBelow(7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('shuffleInPlace', () => {
  it('keeps every value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
        const shuffled = [...values];
        shuffleInPlace(shuffled, createRng(seed));
        const ascending = (a: number, b: number) => a - b;
        expect(shuffled.sort(ascending)).toEqual([...values].sort(ascending));
      }),
    );
  });

  it('puts each value in each place equally often', () => {
    const counts = Array.from({ length: 4 }, () => new Float64Array(4));
    const rng = createRng(5);
    for (let i = 0; i < 40_000; i++) {
      const values = [0, 1, 2, 3];
      shuffleInPlace(values, rng);
      values.forEach((value, place) => (counts[value]![place]! += 1));
    }
    for (const count of counts.flatMap((row) => [...row])) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});

describe('deriveSeed', () => {
  it('gives distinct streams for neighbouring seeds and indices', () => {
    const seeds = new Set<number>();
    for (let seed = 0; seed < 50; seed++)
      for (let index = 0; index < 50; index++) seeds.add(deriveSeed(seed, index));
    expect(seeds.size).toBe(2500);
  });
});
