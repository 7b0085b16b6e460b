import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { selectRows } from '#data/table.ts';
import { encode } from '#models/encoder.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { countTrees } from '#engine/tree-ensemble.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { createSpec } from '#models/model-spec.ts';
import { type FittedModel, fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { indexOutages, measureProximities } from './leaf-proximity.ts';
import { findSimilarOutages } from './similar-outages.ts';

const { features, target } = plantOutages(500, 1, 8);
const fresh = plantOutages(40, 1, 9);

function fit(name: ModelName): Promise<FittedModel> {
  return fitModel(createSpec(name), features, target, {}, createSilentContext());
}

test('proximity is the share of common leaves, each tree by the spread of its leaves', async () => {
  const model = await fit('gradient-boosting');
  if (model.state.family !== 'gradient-boosting') throw new Error('not boosting');
  const { trees } = model.state;
  const nTrees = countTrees(trees);
  const leaves = findLeafIndices(trees, encode(model.encoder, features).matrix);
  const ofCase = findLeafIndices(trees, encode(model.encoder, fresh.features).matrix);
  const weights = Array.from({ length: nTrees }, (_, tree) => {
    const values = Array.from({ length: 500 }, (__, i) => trees.value[leaves[i * nTrees + tree] as number]!);
    const centre = mean(values);
    return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const proximities = measureProximities(indexOutages(model, features), fresh.features, 3);
  for (let i = 0; i < 500; i += 11) {
    const shared = weights.reduce(
      (sum, weight, tree) =>
        sum + (leaves[i * nTrees + tree] === ofCase[3 * nTrees + tree] ? weight / total : 0),
      0,
    );
    // Trees are grown on a share of the samples, whose spread stands for all.
    expect(proximities[i]).toBeCloseTo(shared, 1);
  }
});

describe.each([
  'gradient-boosting',
  'gradient-boosting-linear-init',
  'quantile-forest',
  'nearest-past',
  'linear',
] as const)('%s', (name) => {
  test('an outage is nearest to itself, and its likes took about as long', async () => {
    const index = indexOutages(await fit(name), features);
    for (const row of [0, 123, 499]) {
      const [nearest] = findSimilarOutages(index, target, features, row);
      const proximities = measureProximities(index, features, row);
      expect(nearest?.proximity).toBeCloseTo(proximities[row]!, 12);
    }
    const gaps = Array.from({ length: 40 }, (_, row) => {
      const similar = findSimilarOutages(index, target, fresh.features, row);
      expect(similar).toHaveLength(5);
      return Math.abs(mean(similar.map(({ actual }) => actual)) - fresh.target[row]!);
    });
    const overall = mean(target);
    const blind = mean(fresh.target.map((value) => Math.abs(value - overall)));
    expect(mean(gaps)).toBeLessThan(0.55 * blind);
  });
});

test('a past outage is not its own past, and an ongoing one has no duration to show', async () => {
  const index = indexOutages(await fit('gradient-boosting'), features);
  const actual = target.slice();
  const first = findSimilarOutages(index, actual, features, 7, { exceptRows: new Set([7]), count: 3 });
  expect(first).toHaveLength(3);
  expect(first.map(({ row }) => row)).not.toContain(7);
  const gone = first[0]?.row as number;
  actual[gone] = NaN;
  expect(
    findSimilarOutages(index, actual, features, 7, { exceptRows: new Set([7]) }).map(({ row }) => row),
  ).not.toContain(gone);
});

test('rows are those of the table that was indexed', async () => {
  const model = await fit('gradient-boosting');
  const [similar] = findSimilarOutages(indexOutages(model, features), target, fresh.features, 0);
  const again = indexOutages(model, selectRows(features, [similar?.row as number]));
  expect(measureProximities(again, fresh.features, 0)[0]).toBeCloseTo(similar?.proximity as number, 12);
});
