import { fitBoostingToEnd } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { countTrees } from '#engine/tree-ensemble.ts';
import type { SearchSpace } from './search-space.ts';
import type { FitSurrogate } from './surrogate.ts';

const N_TREES = 64;
/** Boosting that corrects nothing: every tree learns the values themselves (`models/forest.ts`). */
const VANISHING_RATE = 1e-6;

/**
 * A forest of our own engine as in SMAC (Hutter, Hoos & Leyton-Brown 2011): mean over its trees' leaves, and by the law of total
 * variance what differs between the trees plus what differs within their leaves. O(trees × points × dimensions).
 */
export const fitForestSurrogate: FitSurrogate = (space, points, values, seed) => {
  const leaves: { readonly mean: number; readonly variance: number }[] = [];
  const ensemble = fitBoostingToEnd(
    {
      features: toMatrix(space, points),
      target: values,
      init: 'mean',
      onLeaf: (samples) => leaves.push(describe(samples)),
    },
    {
      loss: 'squaredError',
      nIterations: N_TREES,
      learningRate: VANISHING_RATE,
      maxLeafNodes: null,
      maxDepth: null,
      minSamplesLeaf: 2,
      l2Regularization: 0,
      maxBins: 255,
      subsample: 0.8,
      columnSubsample: 5 / 6,
      nIterNoChange: 0,
      seed,
    },
  );
  const leafNumber = new Int32Array(ensemble.leftChild.length);
  let nLeaves = 0;
  ensemble.leftChild.forEach((child, node) => {
    leafNumber[node] = child === 0 ? nLeaves++ : -1;
  });
  const nTrees = countTrees(ensemble);

  function describe(samples: Uint32Array) {
    let [sum, squares] = [0, 0];
    for (const sample of samples) {
      sum += values[sample];
      squares += values[sample] * values[sample];
    }
    const average = sum / samples.length;
    return { mean: average, variance: Math.max(0, squares / samples.length - average * average) };
  }

  return (at) => {
    const reached = findLeafIndices(ensemble, toMatrix(space, at));
    const mean = new Float64Array(at.length);
    const variance = new Float64Array(at.length);
    for (let i = 0; i < at.length; i++) {
      let [sum, squares, within] = [0, 0, 0];
      for (let tree = 0; tree < nTrees; tree++) {
        const leaf = leaves[leafNumber[reached[i * nTrees + tree]]];
        if (!leaf) continue;
        sum += leaf.mean;
        squares += leaf.mean * leaf.mean;
        within += leaf.variance;
      }
      mean[i] = sum / nTrees;
      variance[i] = Math.max(0, squares / nTrees - mean[i] * mean[i]) + within / nTrees;
    }
    return { mean, variance };
  };
};

function toMatrix({ dimensions }: SearchSpace, points: readonly Float64Array[]): FeatureMatrix {
  const counts = dimensions.map((dimension) => (dimension.kind === 'list' ? dimension.values.length : 0));
  return {
    nSamples: points.length,
    columns: counts.map((count, i) =>
      Float64Array.from(points, (point) => (count > 0 ? Math.floor(point[i] * count) : point[i])),
    ),
    cardinalities: counts,
  };
}
