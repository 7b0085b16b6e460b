import { createRng, deriveSeed } from '#base/random.ts';
import type { Column, Table } from '#data/table.ts';
import type { FittedModel } from '#models/regressor.ts';

/** Columns of chance beside the real ones: more would crowd out what the model should learn. */
const N_NOISE_FEATURES = 3;

/** Names no file can hold: the reader renames duplicates, and headers hold no control characters. */
export const noiseNames: readonly string[] = Array.from(
  { length: N_NOISE_FEATURES },
  (_, i) => `\u0000noise ${i}`,
);

/** A model fitted with columns of chance (`names`) beside the real features. */
export interface NoiseFittedModel {
  readonly model: FittedModel;
  readonly names: readonly string[];
}

/** The table with columns of seeded normal noise. `stream` tells tables apart: training rows and test rows. */
export function addNoiseFeatures(
  table: Table,
  names: readonly string[],
  seed: number,
  stream: number,
): Table {
  const noise = names.map((name, i): Column => {
    const rng = createRng(deriveSeed(seed, 1_000_000 + stream * names.length + i));
    return { type: 'number', name, values: new Float64Array(table.nRows).map(() => rng.nextNormal()) };
  });
  return { nRows: table.nRows, columns: [...table.columns, ...noise] };
}
