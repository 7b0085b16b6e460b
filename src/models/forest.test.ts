import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { median } from '#base/statistics.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { fitForest, predictForest, predictForestQuantiles } from './forest.ts';
import { defaultHyperparameters } from './hyperparameters.ts';

const context = createSilentContext();
const rng = createRng(3);
const n = 400;
// Two kinds of outage: short ones, and ones that are either short or very long.
const kind = new Float64Array(n).map(() => rng.nextBelow(2));
const noise = new Float64Array(n).map(() => rng.nextFloat());
const target = kind.map((value) =>
  value === 0 ? 1 + rng.nextFloat() : rng.nextFloat() < 0.4 ? 2 : 100 + rng.nextFloat(),
);
const matrix = { nSamples: n, columns: [kind, noise], cardinalities: [0, 0] };
const settings = { ...defaultHyperparameters.forest, columnSubsample: 1, nTrees: 60 };

describe('fitForest', () => {
  test('the members of a leaf are the samples it was grown on', async () => {
    const { trees, leafStarts, members } = await fitForest({ matrix, target }, settings, 1, context);
    const counts = Array.from(trees.count).filter((_, node) => trees.leftChild[node] === 0);
    const sizes = counts.map((_, leaf) => (leafStarts[leaf + 1] as number) - (leafStarts[leaf] as number));
    expect(sizes).toEqual(counts);
    expect(members.length).toBe(60 * 320);
  });

  test('with one unbagged tree, a prediction is the median of its leaf: the naive twin', async () => {
    const one = { ...settings, nTrees: 1, subsample: 1, minSamplesLeaf: 15 };
    const forest = await fitForest({ matrix, target }, one, 1, context);
    const leaves = findLeafIndices(forest.trees, matrix);
    const predicted = predictForest(forest, matrix);
    for (let i = 0; i < n; i++) {
      const sorted = target.filter((_, k) => leaves[k] === leaves[i]).sort();
      expect(predicted[i]).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
    }
  });

  test('its trees sum to the mean of what their leaves hold', async () => {
    const forest = await fitForest({ matrix, target }, { ...settings, nTrees: 1, subsample: 1 }, 1, context);
    const leaves = findLeafIndices(forest.trees, matrix);
    const members = target.filter((_, k) => leaves[k] === leaves[0]);
    const meanOfLeaf = members.reduce((sum, value) => sum + value, 0) / members.length;
    expect(
      (forest.trees.baseline as number) + (forest.trees.value[leaves[0] as number] as number),
    ).toBeCloseTo(meanOfLeaf, 4);
  });

  test('tells the two kinds apart in distribution, not only in the middle', async () => {
    const forest = await fitForest({ matrix, target }, { ...settings, minSamplesLeaf: 20 }, 1, context);
    const cases = {
      nSamples: 2,
      columns: [Float64Array.of(0, 1), Float64Array.of(0.5, 0.5)],
      cardinalities: [0, 0],
    };
    const [p10, p50, p90] = predictForestQuantiles(forest, cases, [0.1, 0.5, 0.9]) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    expect(p90[0]).toBeLessThan(2.1);
    expect(p10[1]).toBe(2);
    expect(p50[1]).toBeGreaterThan(99);
    expect(p90[1]).toBeGreaterThan(100);
    expect(p50[0]).toBeCloseTo(median(target.filter((_, i) => kind[i] === 0)), 0);
  });

  test('many distinct durations are kept as quantiles that miss none by much', async () => {
    const many = new Float64Array(9000).map((_, i) => i / 10);
    const big = { nSamples: 9000, columns: [many], cardinalities: [0] };
    const forest = await fitForest(
      { matrix: big, target: many },
      { ...settings, nTrees: 5, maxBins: 255 },
      1,
      context,
    );
    expect(forest.levels.length).toBe(4096);
    const predicted = predictForest(forest, big);
    predicted.forEach((value, i) => expect(Math.abs(value - (many[i] as number))).toBeLessThan(4));
  });
});
