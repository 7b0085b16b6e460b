import { describe, expect, it } from 'vitest';
import { judgeCrew, plantConfounding } from './testing/planted-confounding.ts';

describe('what outages alike say of a lever', () => {
  const worlds = Array.from({ length: 12 }, (_, i) => i + 1);

  it('turns against what is expected where who assigned it saw what the file does not hold', async () => {
    const judged = await Promise.all(worlds.map((seed) => judgeCrew(plantConfounding(seed, false))));
    expect(judged.filter((each) => each?.doubt === 'against-expected').length).toBeGreaterThanOrEqual(11);
  }, 60_000);

  it('finds the planted effect where the file holds it', async () => {
    const judged = await Promise.all(worlds.map((seed) => judgeCrew(plantConfounding(seed, true))));
    expect(judged.filter((each) => each?.doubt === null).length).toBeGreaterThanOrEqual(11);
    const slopes = judged.map((each) => each?.slope ?? NaN);
    expect(slopes.reduce((sum, each) => sum + each, 0) / slopes.length).toBeCloseTo(-0.3, 1);
  }, 60_000);
});
