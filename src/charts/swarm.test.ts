import { describe, expect, it } from 'vitest';
import { spreadSwarm } from './swarm.ts';

describe('a row of a swarm', () => {
  it('is as wide as points are many, and never wider than its row', () => {
    const crowd = [...Array.from({ length: 200 }, () => 0), 5];
    const places = spreadSwarm(crowd, [-10, 10]);
    expect(Math.max(...places)).toBeCloseTo(1, 1);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(-1);
    expect(new Set(places.slice(0, 200)).size).toBe(200);
    expect(Math.abs(places[200] ?? NaN)).toBe(0);
  });

  it('keeps a few points near the middle', () => {
    expect(Math.max(...spreadSwarm([1, 1, 1], [0, 2]).map(Math.abs))).toBeLessThan(0.25);
  });
});
