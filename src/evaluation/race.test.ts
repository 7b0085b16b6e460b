import { describe, expect, test } from 'vitest';
import { createRng, type Rng } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import { judgeRace } from './race.ts';

/** Errors as durations have them: a few are very large. */
const drawErrors = (n: number, rng: Rng) =>
  Float64Array.from({ length: n }, () => Math.exp(1.3 * rng.nextNormal()));

describe('a race', () => {
  test('hardly ever stops a candidate that would have come out ahead', () => {
    const rng = createRng(1);
    let nStopped = 0;
    let nWrong = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const [a, b] = [drawErrors(150, rng), drawErrors(150, rng)];
      const early = new Map([
        ['a', a.subarray(0, 60)],
        ['b', b.subarray(0, 60)],
      ]);
      const lost = judgeRace(early, 90)?.lost ?? [];
      nStopped += lost.length;
      const isAhead = lost.some(({ id }) => (id === 'a') === mean(a) < mean(b));
      nWrong += Number(isAhead);
    }
    // The two are equal in truth: what is stopped was far behind by chance, and stays behind.
    expect(nStopped).toBeLessThan(0.03 * 2000);
    expect(nWrong).toBeLessThan(0.002 * 2000);
  });

  test('stops what errs twice as much, and says by which figures', () => {
    const rng = createRng(4);
    const good = drawErrors(400, rng);
    const errors = new Map([
      ['good', good],
      ['bad', good.map((error) => (1 + 2 * rng.nextFloat()) * error)],
    ]);
    const stand = judgeRace(errors, 200);
    expect(stand).toMatchObject({ n: 400, leader: 'good', lost: [{ id: 'bad' }] });
    expect(stand?.leaderMae).toBe(mean(errors.get('good') ?? []));
    expect(stand?.lost[0]?.mae).toBe(mean(errors.get('bad') ?? []));
  });

  test('keeps whom a blend could take, however surely it is behind', () => {
    const good = drawErrors(5000, createRng(3));
    const errors = new Map([
      ['good', good],
      ['near', good.map((error) => 1.2 * error)],
    ]);
    expect(judgeRace(errors, 100)?.lost).toEqual([]);
    expect(judgeRace(new Map(), 100)).toBeNull();
  });
});
