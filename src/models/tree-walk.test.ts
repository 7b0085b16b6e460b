import { expect, test } from 'vitest';
import { fitBoostingToEnd } from '#engine/boosting.ts';
import { findLeavesOneByOne } from '#engine/predictor.ts';
import { defaultSettings } from '#engine/settings.ts';
import { createProblem } from '#engine/testing/random-problem.ts';
import { countTrees } from '#engine/tree-ensemble.ts';
import { selectSamples } from './select-samples.ts';
import { createTreeWalk } from './tree-walk.ts';

test('leaves are those of the engine’s own predictor, for missing and unseen values too', () => {
  const { features, target } = createProblem({ nSamples: 600, seed: 5, nExtra: 3, nCategories: 7 });
  const settings = { ...defaultSettings, nIterations: 30, maxLeafNodes: null, minSamplesLeaf: 1 };
  const trees = fitBoostingToEnd({ features, target, init: 'mean' }, settings);
  const nTrees = countTrees(trees);
  const rows = Array.from(target, (_, i) => i);
  const some = selectSamples(features, rows);
  for (const values of some.columns) {
    for (let i = 0; i < values.length; i += 4) values[i] = i % 8 === 0 ? NaN : 999;
  }
  const expected = new Int32Array(target.length * nTrees);
  findLeavesOneByOne(trees, some, 0, nTrees, expected);
  const walk = createTreeWalk(trees, some);
  const found = expected.map((_, at) => walk(trees.treeStarts[at % nTrees]!, Math.floor(at / nTrees)));
  expect(found).toEqual(expected);
});
