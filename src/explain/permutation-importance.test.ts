import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import { selectRows, type Table } from '#data/table.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import reference from './fixtures/permutation-importance.json' with { type: 'json' };
import { computePermutationImportance, measureRises } from './permutation-importance.ts';
import { addNoiseFeatures, noiseNames } from './noise-features.ts';

const context = createSilentContext();

function matrixOf(columns: readonly Float64Array[]): FeatureMatrix {
  return { nSamples: columns[0]?.length ?? 0, columns, cardinalities: columns.map(() => 0) };
}

/** Mean and standard deviation of the rises over so many repeats. */
async function shuffle(
  predict: (samples: FeatureMatrix) => Float64Array,
  columns: readonly Float64Array[],
  target: Float64Array,
  features: readonly number[],
  nRepeats = 10,
): Promise<{ mean: number; sd: number }> {
  const seeds = Array.from({ length: nRepeats }, (_, repeat) =>
    deriveSeed(1, features[0]! * nRepeats + repeat),
  );
  const rises = await measureRises(
    { predict, matrix: matrixOf(columns), target },
    { features, seeds },
    context,
  );
  return { mean: mean(rises), sd: sampleDeviation(rises) };
}

const ownOrigins = (table: Table) => table.columns.map(({ name }) => ({ feature: name, column: name }));

test('agrees with scikit-learn on a known law', async () => {
  const columns = reference.columns.map((column) => Float64Array.from(column));
  const law = ({ columns: [x, y, z] }: FeatureMatrix) =>
    x!.map((value, i) => 3 * value + 10 * Math.abs(y![i]!) + value * z![i]!);
  const nRepeats = 2000;
  const target = Float64Array.from(reference.target);
  for (const feature of columns.keys()) {
    const ours = await shuffle(law, columns, target, [feature], nRepeats);
    const sd = reference.sd[feature]!;
    // Both means are of random shuffles: four standard errors of their difference.
    const tolerance = 4 * sd * Math.sqrt(1 / nRepeats + 1 / 3000) + 1e-6;
    expect(Math.abs(ours.mean - reference.mean[feature]!)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(ours.sd - sd)).toBeLessThanOrEqual(0.1 * sd + 1e-6);
  }
});

test('shuffling the encoded column is the same as shuffling the cells and encoding them: the naive twin', async () => {
  const training = plantOutages(300, 2, 1);
  const held = plantOutages(120, 2, 2);
  const { nRows, columns } = held.features;
  const spec = createSpec('gradient-boosting-log');
  const model = await fitModel(spec, training.features, training.target, {}, context);
  const origins = ownOrigins(held.features);
  const ours = await computePermutationImportance(
    model,
    held.features,
    held.target,
    origins,
    { seed: 3, nRepeats: 2 },
    context,
  );
  const errorOf = (features: Table) =>
    mean(model.predict(features).map((value, i) => Math.abs(held.target[i]! - value)));
  for (const [position, { name }] of columns.entries()) {
    const rises = [0, 1].map((repeat) => {
      const order = Int32Array.from({ length: nRows }, (_, i) => i);
      shuffleInPlace(order, createRng(deriveSeed(3, position * 2 + repeat)));
      const shuffled = selectRows(held.features, order).columns[position]!;
      return errorOf({ nRows, columns: columns.with(position, shuffled) }) - errorOf(held.features);
    });
    const bar = ours.columns.find(({ column }) => column === name);
    expect(bar?.mean).toBeCloseTo(mean(rises), 10);
  }
});

describe('with a planted signal', () => {
  const training = plantOutages(400, 2, 1);
  const held = plantOutages(300, 2, 2);
  const spec = createSpec('gradient-boosting');

  test('the signal stands far above the floor of chance, a column of noise within its error of it', async () => {
    const model = await fitModel(spec, training.features, training.target, {}, context);
    const noisy = addNoiseFeatures(training.features, noiseNames, 3, 0);
    const withNoise = {
      model: await fitModel(spec, noisy, training.target, {}, context),
      names: noiseNames,
    };
    const { columns, floor } = await computePermutationImportance(
      model,
      held.features,
      held.target,
      ownOrigins(held.features),
      { seed: 3, withNoise },
      context,
    );
    const bar = (name: string) => columns.find(({ column }) => column === name)!;
    expect(columns[0]?.column).toBe('Complexité');
    expect(bar('Complexité').mean).toBeGreaterThan(1);
    expect(bar('Type').mean).toBeGreaterThan(10 * floor!);
    // "Tranche" is drawn without any link to the duration.
    expect(bar('Tranche').mean).toBeLessThan(floor! + 2 * bar('Tranche').sd + 0.05);
    expect(floor).toBeGreaterThanOrEqual(0);
    expect(floor).toBeLessThan(0.2);
  });

  test('without noise features there is no floor; a seed gives the same bars, another one others', async () => {
    const model = await fitModel(createSpec('linear'), training.features, training.target, {}, context);
    const run = (seed: number) =>
      computePermutationImportance(
        model,
        held.features,
        held.target,
        ownOrigins(held.features),
        { seed },
        context,
      );
    expect((await run(1)).floor).toBeNull();
    expect(await run(1)).toEqual(await run(1));
    expect((await run(1)).columns).not.toEqual((await run(2)).columns);
  });
});

test('features made from one column are shuffled together', async () => {
  const rng = createRng(2);
  const month = new Float64Array(200).map(() => rng.nextBelow(12));
  const columns = [month, month.slice(), new Float64Array(200).map(() => rng.nextFloat())];
  // The model looks at whether the twins agree: shuffled apart they never would.
  const predict = ({ columns: [first, twin] }: FeatureMatrix) =>
    first!.map((value, i) => (value === twin![i] ? value : 1000));
  const together = await shuffle(predict, columns, month, [0, 1]);
  expect(together.mean).toBeGreaterThan(2);
  expect(together.mean).toBeLessThan(12);
  expect((await shuffle(predict, columns, month, [2])).mean).toBe(0);

  const training = plantOutages(60, 2, 1);
  const spec = createSpec('linear');
  const model = await fitModel(spec, training.features, training.target, {}, context);
  const origins = training.features.columns.map(({ name }, i) => ({
    feature: name,
    column: i < 2 ? 'both' : name,
  }));
  const bars = await computePermutationImportance(
    model,
    training.features,
    training.target,
    origins,
    { seed: 1 },
    context,
  );
  expect(bars.columns.map(({ column }) => column).sort()).toEqual(
    [...new Set(origins.map(({ column }) => column))].sort(),
  );
});
