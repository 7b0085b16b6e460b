import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import type { Column, Table } from '#data/table.ts';
import { selectRows } from '#data/table.ts';
import { fitModel, type ModelSpec } from '#models/regressor.ts';

/** Which feature was made from which column of the user's file. */
export interface FeatureOrigin {
  readonly feature: string;
  readonly column: string;
}

/** What the model loses without a column: mean absolute error gained, in the target's unit. */
export interface ColumnImportance {
  readonly column: string;
  readonly mean: number;
  /** Standard deviation over the repeats. */
  readonly sd: number;
}

export interface PermutationImportance {
  /** One per original column, the most important first. */
  readonly columns: readonly ColumnImportance[];
  /** Mean absolute error on the samples as they are. */
  readonly baseError: number;
  /** What a column of pure chance would reach (`measureProbeFloor`); null where it was not measured. */
  readonly floor: number | null;
  readonly nSamples: number;
  readonly nRepeats: number;
}

export interface ImportanceOptions {
  readonly nRepeats?: number;
  readonly seed: number;
  /** The training data of the model, for the random-probe floor; without it the floor is null. */
  readonly probe?: {
    readonly spec: ModelSpec;
    readonly features: Table;
    readonly target: Float64Array;
  };
}

/** Columns of chance that the probe model is given: more would crowd out what it should learn. */
const N_PROBES = 3;

/**
 * Permutation importance (Breiman 2001) on samples the model did not learn from: the values of one
 * original column are shuffled among the samples — all features made from it together — and the rise
 * of the mean absolute error is the column's share. nRepeats × columns predictions of all samples.
 */
export async function computePermutationImportance(
  predict: (features: Table) => Float64Array,
  features: Table,
  target: Float64Array,
  origins: readonly FeatureOrigin[],
  options: ImportanceOptions,
  context: JobContext,
): Promise<PermutationImportance> {
  const { nRepeats = 10, seed, probe } = options;
  const baseError = meanError(target, predict(features));
  const columns = await shuffleEach(predict, features, target, origins, { nRepeats, seed }, context);
  columns.sort((a, b) => b.mean - a.mean || (a.column < b.column ? -1 : 1));
  const floor = probe ? await measureProbeFloor(probe, features, target, { nRepeats, seed }, context) : null;
  return { columns, baseError, floor, nSamples: features.nRows, nRepeats };
}

/**
 * The highest importance that three columns of seeded normal noise reach in a model fitted with them
 * beside the real features: a bar that does not stand above it may be chance. One more fit.
 */
export async function measureProbeFloor(
  probe: NonNullable<ImportanceOptions['probe']>,
  features: Table,
  target: Float64Array,
  options: { readonly nRepeats: number; readonly seed: number },
  context: JobContext,
): Promise<number> {
  // A name no file can hold twice: the reader renames duplicates, and headers hold no control characters.
  const names = Array.from({ length: N_PROBES }, (_, i) => `\u0000probe ${i}`);
  const withNoise = (table: Table, stream: number): Table => ({
    nRows: table.nRows,
    columns: [
      ...table.columns,
      ...names.map((name, i): Column => {
        const rng = createRng(deriveSeed(options.seed, 1_000_000 + stream * N_PROBES + i));
        return { type: 'number', name, values: new Float64Array(table.nRows).map(() => rng.nextNormal()) };
      }),
    ],
  });
  const watched: JobContext = {
    ...context,
    onProgress: (progress) => context.onProgress({ ...progress, phase: 'explaining' }),
  };
  const model = await fitModel(probe.spec, withNoise(probe.features, 0), probe.target, {}, watched);
  const origins = names.map((name) => ({ feature: name, column: name }));
  const bars = await shuffleEach(model.predict, withNoise(features, 1), target, origins, options, context);
  return bars.reduce((highest, bar) => Math.max(highest, bar.mean), 0);
}

async function shuffleEach(
  predict: (features: Table) => Float64Array,
  features: Table,
  target: Float64Array,
  origins: readonly FeatureOrigin[],
  { nRepeats, seed }: { readonly nRepeats: number; readonly seed: number },
  context: JobContext,
): Promise<ColumnImportance[]> {
  const pace = createPacer(context);
  const baseError = meanError(target, predict(features));
  const names = [...new Set(origins.map((origin) => origin.column))];
  const columns: ColumnImportance[] = [];
  for (const [columnIndex, column] of names.entries()) {
    const members = new Set(
      origins.filter((origin) => origin.column === column).map((origin) => origin.feature),
    );
    const rises = new Float64Array(nRepeats);
    for (let repeat = 0; repeat < nRepeats; repeat++) {
      const order = shuffledOrder(features.nRows, deriveSeed(seed, columnIndex * nRepeats + repeat));
      rises[repeat] = meanError(target, predict(shuffleColumns(features, members, order))) - baseError;
      const done = columnIndex * nRepeats + repeat;
      await pace(() => ({ phase: 'explaining', done, total: names.length * nRepeats }));
    }
    columns.push({ column, mean: mean(rises), sd: sampleDeviation(rises) });
  }
  return columns;
}

function meanError(actual: Float64Array, predicted: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += Math.abs((actual[i] as number) - (predicted[i] as number));
  return sum / actual.length;
}

function shuffledOrder(length: number, seed: number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  shuffleInPlace(order, createRng(seed));
  return order;
}

function shuffleColumns(table: Table, names: ReadonlySet<string>, order: Int32Array): Table {
  const shuffled = selectRows(
    { nRows: table.nRows, columns: table.columns.filter((c) => names.has(c.name)) },
    order,
  );
  const byName = new Map(shuffled.columns.map((column) => [column.name, column]));
  return {
    nRows: table.nRows,
    columns: table.columns.map((column): Column => byName.get(column.name) ?? column),
  };
}
