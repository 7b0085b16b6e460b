import { createRng, deriveSeed } from '#base/random.ts';
import type { Column, Table } from '#data/table.ts';
import type { FittedModel } from '#models/regressor.ts';

/** Columns of chance that a probed model is given: more would crowd out what it should learn. */
const N_PROBES = 3;

/** Names no file can hold: the reader renames duplicates, and headers hold no control characters. */
export const probeNames: readonly string[] = Array.from({ length: N_PROBES }, (_, i) => `\u0000probe ${i}`);

/** A model fitted with columns of chance (`names`) beside the real features. */
export interface ProbedModel {
  readonly model: FittedModel;
  readonly names: readonly string[];
}

/** The table with columns of seeded normal noise. `stream` tells tables apart: training rows and test rows. */
export function addProbeColumns(table: Table, names: readonly string[], seed: number, stream: number): Table {
  const probes = names.map((name, i): Column => {
    const rng = createRng(deriveSeed(seed, 1_000_000 + stream * names.length + i));
    return { type: 'number', name, values: new Float64Array(table.nRows).map(() => rng.nextNormal()) };
  });
  return { nRows: table.nRows, columns: [...table.columns, ...probes] };
}
