/** Exact TreeSHAP of 50,000 samples × 20 features by 100 trees of depth 6, on one thread: npm run bench:shap */
import { createRng } from '#base/random.ts';
import { fitBoostingToEnd } from '#engine/boosting.ts';
import { predictRaw } from '#engine/predictor.ts';
import { defaultSettings } from '#engine/settings.ts';
import { computeTreeBase, explainTrees } from '#explain/tree-shap.ts';

const N_SAMPLES = 50_000;
const rng = createRng(1);
const columns = Array.from({ length: 20 }, () =>
  Float64Array.from({ length: N_SAMPLES }, () => rng.nextNormal()),
);
const target = Float64Array.from({ length: N_SAMPLES }, (_, i) => {
  const at = (feature: number): number => columns[feature]?.[i] ?? 0;
  const steps = columns.reduce((sum, column, f) => sum + ((column[i] ?? 0) > f / 10 - 1 ? f % 5 : 0), 0);
  return steps + 3 * at(0) * at(1) + rng.nextNormal();
});
const features = { nSamples: N_SAMPLES, columns, cardinalities: columns.map(() => 0) };
const trees = fitBoostingToEnd(
  { features, target, init: 'mean' },
  { ...defaultSettings, nIterations: 100, maxDepth: 6, maxLeafNodes: null },
);
const nLeaves = trees.leftChild.filter((child) => child === 0).length;
console.log(`100 trees of depth 6, ${nLeaves / 100} leaves each on average`);
for (let run = 0; run < 3; run++) {
  const shap = columns.map(() => new Float64Array(N_SAMPLES));
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  let longest = 0;
  let last = startedAt;
  for (const _ of explainTrees(trees, features, shap)) {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore).user / 1e6;
  const base = computeTreeBase(trees) + (trees.baseline ?? 0);
  const worst = predictRaw(trees, features).reduce((most, raw, i) => {
    return Math.max(most, Math.abs(shap.reduce((sum, column) => sum + (column[i] ?? 0), base) - raw));
  }, 0);
  console.log(
    `${seconds.toFixed(2)} s (${cpu.toFixed(2)} s of processor), longest step ${longest.toFixed(0)} ms, largest gap ${worst.toExponential(1)}`,
  );
}
