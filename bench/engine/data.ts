import { createRng } from '#base/random.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';

export interface Samples {
  readonly features: FeatureMatrix;
  readonly target: Float64Array;
}

/** y = 5·[x0 > 0.5] + 2·x1 − 0.1·x2·x3 + 3·sin(2·x4) + x5·x6 + N(0, 1), all x standard normal. */
export function generateBenchmark(nSamples: number, nFeatures: number, seed: number): Samples {
  const rng = createRng(seed);
  const columns = Array.from({ length: nFeatures }, () =>
    Float64Array.from({ length: nSamples }, rng.nextNormal),
  );
  const x = (feature: number, i: number): number => columns[feature]?.[i] ?? 0;
  const target = Float64Array.from({ length: nSamples }, (_, i) => {
    const steps = 5 * Number(x(0, i) > 0.5) + 2 * x(1, i) - 0.1 * x(2, i) * x(3, i);
    return steps + 3 * Math.sin(2 * x(4, i)) + x(5, i) * x(6, i) + rng.nextNormal();
  });
  return { features: { nSamples, columns, cardinalities: columns.map(() => 0) }, target };
}

/** The product's sample: kind of maintenance, complexity 1–9, pool 5–49, share of resources; duration in days. */
export function generateOutages(nSamples: number, seed: number): Samples {
  const rng = createRng(seed);
  const draw = (next: () => number) => Float64Array.from({ length: nSamples }, next);
  const corrective = draw(() => Number(rng.nextFloat() < 0.3));
  const complexity = draw(() => 1 + rng.nextBelow(9));
  const pool = draw(() => 5 + rng.nextBelow(45));
  const resources = draw(rng.nextFloat);
  const target = corrective.map(
    (isCorrective, i) =>
      5 * isCorrective +
      2 * complexity[i]! -
      0.1 * pool[i]! +
      10 * (1 - resources[i]!) +
      2 * rng.nextNormal(),
  );
  const columns = [corrective, complexity, pool, resources];
  return { features: { nSamples, columns, cardinalities: [2, 0, 0, 0] }, target };
}

export function samplesOf({ features, target }: Samples, order: readonly number[]): Samples {
  return {
    features: {
      ...features,
      nSamples: order.length,
      columns: features.columns.map((column) => Float64Array.from(order, (i) => column[i]!)),
    },
    target: Float64Array.from(order, (i) => target[i]!),
  };
}
