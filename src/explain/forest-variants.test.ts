import { expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { fitForest, predictForest } from '#models/forest.ts';
import { defaultHyperparameters } from '#models/hyperparameters.ts';
import { selectSamples } from '#models/select-samples.ts';
import { createVariantPredictor } from './forest-variants.ts';

test('variants of known outages are predicted bit for bit as any other: ties, unseen and missing values too', async () => {
  const rng = createRng(4);
  const n = 300;
  const draw = (next: () => number) => new Float64Array(n).map(next);
  // More than 32 features, so that some share a bit; few whole durations, so that half of the votes is often met exactly.
  const numbers = Array.from({ length: 34 }, () => draw(() => rng.nextBelow(20)));
  const kinds = draw(() => (rng.nextBelow(9) === 0 ? NaN : rng.nextBelow(4)));
  const base: FeatureMatrix = {
    nSamples: n,
    columns: [kinds, ...numbers],
    cardinalities: [4, ...numbers.map(() => 0)],
  };
  const target = draw(() => rng.nextBelow(6)).map(
    (value, i) => value + Math.floor((numbers[0]?.[i] ?? 0) / 4),
  );
  const settings = { ...defaultHyperparameters.forest, nTrees: 40 };
  const state = await fitForest({ matrix: base, target }, settings, 1, createSilentContext());
  const predictVariants = createVariantPredictor(state, base);
  const originals = Int32Array.from({ length: 3 * n }, (_, i) => Math.floor(i / 3));
  for (const features of [[0], [1], [32, 33], [5, 6, 7, 34]]) {
    const copied = selectSamples(base, originals);
    const columns = copied.columns.map((values, feature) => {
      if (!features.includes(feature)) return values;
      return values.map((value) =>
        feature === 0 ? rng.nextBelow(6) : rng.nextBelow(7) === 0 ? NaN : 19 - value,
      );
    });
    const matrix = { ...copied, columns };
    expect(predictVariants({ features, matrix, originals })).toEqual(predictForest(state, matrix));
  }
});
