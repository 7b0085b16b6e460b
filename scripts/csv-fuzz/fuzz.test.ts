import { describe, expect, it } from 'vitest';
import { createRng, deriveSeed } from '#base/random.ts';
import { checkReading, pickUneven } from './check-reading.ts';
import { mutateCsv } from './mutate-csv.ts';
import { createSeedFiles } from './seed-files.ts';

const seeds = createSeedFiles();

describe('reading mutated files', () => {
  it.each(seeds)('$name: reads unchanged as csv-parse does', async ({ bytes }) => {
    expect(await checkReading(bytes, 512)).toEqual({ kind: 'same-grid' });
  });

  // The whole campaign is `npm run fuzz:csv`; a failing seed belongs here as a test of its own.
  it.each([1, 2, 3, 4, 5, 6])(
    'seed %i: 0 crashes, balanced ledgers, the second parser’s grid',
    async (seed) => {
      for (let index = 0; index < 150; index++) {
        const rng = createRng(deriveSeed(seed, index));
        const { name, bytes } = seeds[index % seeds.length] as (typeof seeds)[number];
        const verdict = await checkReading(mutateCsv(bytes, rng), 1 + rng.nextBelow(4096), pickUneven(rng));
        expect({ index, name, ...verdict }).not.toMatchObject({ kind: 'wrong' });
      }
    },
  );
});
