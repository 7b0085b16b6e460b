import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { createSpec, type ModelSpec } from '#models/model-spec.ts';
import { type FittedModel, fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';

/** Planted outages in which one cell in ten is missing. */
function plantWithGaps(nRows: number) {
  const { features, target } = plantOutages(nRows, 1, 1);
  const rng = createRng(5);
  const columns = features.columns.map((column) =>
    column.type === 'category'
      ? { ...column, codes: column.codes.map((code) => (rng.nextFloat() < 0.1 ? -1 : code)) }
      : { ...column, values: column.values.map((value) => (rng.nextFloat() < 0.1 ? NaN : value)) },
  );
  return { features: { ...features, columns }, target: target.map((value) => Math.max(0.5, value)) };
}

/** A model of each family that goes elsewhere: numbers, free and ordered categories, gaps, either scale. */
export async function fitPortableModels(
  nRows = 400,
  nIterations = 12,
): Promise<ReadonlyMap<string, FittedModel>> {
  const { features, target } = plantWithGaps(nRows);
  const boosting = { nIterations, maxLeafNodes: 12 };
  const single = (name: ModelSpec['name']) => createSpec(name, { boosting });
  const specs = [
    single('linear-log'),
    single('gradient-boosting'),
    single('gradient-boosting-log'),
    single('gradient-boosting-linear-init'),
    createSpec('blend', {
      members: [
        { weight: 0.3, spec: single('linear-log') },
        { weight: 0.7, spec: single('gradient-boosting-linear-init-log') },
      ],
    }),
  ];
  const fits = new Map<string, FittedModel>();
  for (const spec of specs) {
    fits.set(spec.name, await fitModel(spec, features, target, {}, createSilentContext()));
  }
  return fits;
}
