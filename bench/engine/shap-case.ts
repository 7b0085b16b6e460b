import { fitBoostingToEnd } from '#engine/boosting.ts';
import { predictRaw } from '#engine/predictor.ts';
import { defaultSettings } from '#engine/settings.ts';
import { computeTreeBase, explainTrees } from '#explain/tree-shap.ts';
import { createRng } from '#base/random.ts';
import type { Clock, Figure } from './figure.ts';

const N_SAMPLES = 50_000;
const N_FEATURES = 20;

/** Exact TreeSHAP of 50,000 samples × 20 features by 100 trees of depth 6, on one thread. */
export function runShap(clock: Clock, report: (figure: Figure) => void): void {
  const name = 'shap: 50,000 × 20, 100 trees, depth 6';
  const rng = createRng(1);
  const columns = Array.from({ length: N_FEATURES }, () =>
    Float64Array.from({ length: N_SAMPLES }, rng.nextNormal),
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
  let best = Infinity;
  let longestStep = 0;
  let shap: Float64Array[] = [];
  for (let repeat = 0; repeat < 2; repeat++) {
    shap = columns.map(() => new Float64Array(N_SAMPLES));
    const start = clock();
    let last = start;
    for (const _ of explainTrees(trees, features, shap)) {
      const now = clock();
      longestStep = Math.max(longestStep, now - last);
      last = now;
    }
    best = Math.min(best, clock() - start);
  }
  report({ name, value: best, unit: 'ms' });
  report({ name: `${name}, longest step`, value: longestStep, unit: 'ms' });
  const base = computeTreeBase(trees) + (trees.baseline ?? 0);
  const gap = predictRaw(trees, features).reduce(
    (most, raw, i) =>
      Math.max(most, Math.abs(shap.reduce((sum, column) => sum + (column[i] ?? 0), base) - raw)),
    0,
  );
  report({ name: `${name}, largest gap to the prediction`, value: gap * 1e12, unit: 'e-12' });
}
