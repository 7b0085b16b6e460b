import { createRng } from '#base/random.ts';
import { buildColumn, type CellRow } from '#data/cell.ts';
import type { Table } from '#data/table.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { FittedModel } from '#models/regressor.ts';
import { toPortableModel } from './portable/portable-model.ts';

/** Rows of features and what the model says of them, for whoever checks that an exported model says the same. */
export interface ParityRows {
  readonly rows: readonly CellRow[];
  readonly predictions: readonly number[];
}

const MISSING_SHARE = 0.1;
const UNSEEN_SHARE = 0.05;
/** A label that no model knows. */
const UNSEEN = '?';

/**
 * Rows drawn where models differ: on thresholds and beside them, along the ranges and past them, of every label and of
 * none that is known, and with nothing in a cell. `precision`: how a reader tells numbers apart, `single` as float32, `digits`
 * by fifteen digits.
 */
export function drawParityRows(
  model: FittedModel,
  nRows: number,
  seed: number,
  precision: 'double' | 'single' | 'digits' = 'double',
): ParityRows {
  const rng = createRng(seed);
  const { features } = model.encoder;
  const ensembles = toPortableModel(model).members.flatMap(({ trees }) => trees ?? []);
  const nearness = precision === 'digits' ? 1e-9 : 2 ** -52;
  const cuts = features.map((_, f) => collectCuts(ensembles, f, nearness));
  const drawNumber = (feature: Exclude<EncodedFeature, { type: 'category' }>, f: number): number => {
    const pool = cuts[f];
    if (pool.length > 0 && rng.nextFloat() < 0.5) return pool[rng.nextBelow(pool.length)];
    const width = feature.max - feature.min || 1;
    return feature.min + width * (1.2 * rng.nextFloat() - 0.1);
  };
  const round = precision === 'single' ? Math.fround : (x: number) => x;
  const drawCell = (feature: EncodedFeature, f: number): string | number | null => {
    if (rng.nextFloat() < MISSING_SHARE) return null;
    if (feature.type === 'category') {
      const { categories } = feature;
      const isUnseen = categories.length === 0 || rng.nextFloat() < UNSEEN_SHARE;
      return isUnseen ? UNSEEN : categories[rng.nextBelow(categories.length)];
    }
    const drawn = drawNumber(feature, f);
    return round(feature.type === 'date' ? Math.round(drawn) : drawn);
  };
  const rows = Array.from({ length: nRows }, () => features.map(drawCell));
  return { rows, predictions: Array.from(model.predict(toFeatureTable(features, rows))) };
}

export function toFeatureTable(features: readonly EncodedFeature[], rows: readonly CellRow[]): Table {
  const columns = features.map(({ name, type }, f) =>
    buildColumn(
      name,
      type,
      rows.map((row) => row[f] ?? null),
    ),
  );
  return { nRows: rows.length, columns };
}

function collectCuts(
  ensembles: readonly TreeEnsemble[],
  wanted: number,
  nearness: number,
): readonly number[] {
  const cuts = ensembles.flatMap(({ feature, threshold, categorySet }) =>
    Array.from(threshold.keys())
      .filter((node) => feature[node] === wanted && categorySet[node] < 0)
      .map((node) => threshold[node]),
  );
  const beside = (cut: number) => Math.abs(cut) * nearness || Number.MIN_VALUE;
  return [...new Set(cuts)]
    .filter((cut) => Math.abs(cut) < 1e300)
    .flatMap((cut) => [cut - beside(cut), cut, cut + beside(cut)]);
}
