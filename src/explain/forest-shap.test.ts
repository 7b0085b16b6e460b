import { expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { countTrees } from '#engine/tree-ensemble.ts';
import { fitForest, type ForestState, predictForest } from '#models/forest.ts';
import { defaultHyperparameters } from '#models/hyperparameters.ts';
import { explainForest } from './forest-shap.ts';

const N_FEATURES = 4;
const rng = createRng(17);
const nSamples = 90;
const features: FeatureMatrix = {
  nSamples,
  columns: Array.from({ length: N_FEATURES }, () =>
    Float64Array.from({ length: nSamples }, () => rng.nextFloat()),
  ),
  cardinalities: [0, 0, 0, 0],
};
const target = Float64Array.from({ length: nSamples }, (_, i) => {
  const [a, b, c] = features.columns.map((column) => column[i]!) as [number, number, number];
  return Math.round(20 * a + (b > 0.5 ? 10 : 0) + 30 * c ** 4 + 2 * rng.nextFloat());
});

/** Votes by level when only the features in `known` (bits) of a sample are known: both ways by cover elsewhere. */
function voteKnowing(state: ForestState, known: number, sample: number): Float64Array {
  const { trees, leafStarts, members } = state;
  const votes = new Float64Array(state.levels.length);
  const leaves = Array.from(trees.leftChild.keys()).filter((node) => trees.leftChild[node] === 0);
  const visit = (node: number, weight: number): void => {
    const left = trees.leftChild[node]!;
    if (left === 0) {
      const leaf = leaves.indexOf(node);
      const held = members.slice(leafStarts[leaf], leafStarts[leaf + 1]);
      for (const level of held) votes[level] = votes[level]! + weight / held.length;
      return;
    }
    const feature = trees.feature[node]!;
    if ((known >> feature) & 1) {
      const isLeft = (features.columns[feature]?.[sample] as number) <= trees.threshold[node]!;
      visit(isLeft ? left : left + 1, weight);
      return;
    }
    const cover = [trees.cover[left]!, trees.cover[left + 1]!] as const;
    visit(left, (weight * cover[0]) / (cover[0] + cover[1]));
    visit(left + 1, (weight * cover[1]) / (cover[0] + cover[1]));
  };
  for (let tree = 0; tree < countTrees(trees); tree++) visit(trees.treeStarts[tree]!, 1);
  return votes;
}

/** The definition: Shapley over subsets for F at each duration, then gap by gap between the two medians. */
function explainBySubsets(state: ForestState, sample: number): { base: number; shares: number[] } {
  const nTrees = countTrees(state.trees);
  const distributions = Array.from({ length: 1 << N_FEATURES }, (_, known) => {
    let sum = 0;
    return voteKnowing(state, known, sample).map((vote) => (sum += vote));
  });
  const weights = [1 / 4, 1 / 12, 1 / 12, 1 / 4];
  const countBits = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + countBits(bits >> 1));
  const shareAt = (feature: number, level: number): number => {
    let share = 0;
    for (let known = 0; known < distributions.length; known++) {
      if ((known >> feature) & 1) continue;
      const gain =
        (distributions[known | (1 << feature)]?.[level] as number) -
        (distributions[known]?.[level] as number);
      share += weights[countBits(known)]! * gain;
    }
    return share;
  };
  const medianOf = (distribution: Float64Array) =>
    distribution.findIndex((sum) => sum >= 0.5 * nTrees - 1e-9);
  const from = medianOf(distributions[0] as Float64Array);
  const to = medianOf(distributions.at(-1) as Float64Array);
  const shares = Array.from({ length: N_FEATURES }, () => 0);
  for (let level = Math.min(from, to); level < Math.max(from, to); level++) {
    const parts = shares.map((_, feature) => shareAt(feature, level));
    const total = parts.reduce((sum, part) => sum + part, 0);
    const gap = Math.sign(to - from) * (state.levels[level + 1]! - state.levels[level]!);
    parts.forEach((part, feature) => (shares[feature] = shares[feature]! + (gap * part) / total));
  }
  return { base: state.levels[from]!, shares };
}

test('the median of a forest is explained as the definition says, by subsets and gap by gap', async () => {
  const settings = { ...defaultHyperparameters.forest, nTrees: 8 };
  const state = await fitForest({ matrix: features, target }, settings, 3, createSilentContext());
  const { base, columns } = await explainForest(state, features, 'identity', () => Promise.resolve());
  const medians = predictForest(state, features);
  for (let sample = 0; sample < 20; sample++) {
    const expected = explainBySubsets(state, sample);
    expect(base).toBe(expected.base);
    expected.shares.forEach((share, feature) => expect(columns[feature]?.[sample]).toBeCloseTo(share, 9));
    const end = columns.reduce((sum, column) => sum + column[sample]!, base);
    expect(end).toBeCloseTo(medians[sample]!, 9);
  }
});
