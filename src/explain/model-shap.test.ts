import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { encode } from '#models/encoder.ts';
import { selectRows } from '#data/table.ts';
import { createSpec } from '#models/model-spec.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { type FittedModel, fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import {
  explainPredictions,
  explainRaw,
  measureShapBackground,
  rankBySize,
  type ShapValues,
} from './model-shap.ts';
import { buildWaterfall } from './waterfall.ts';

const { features, target: plain } = plantOutages(400, 0.5, 3);
// Heavy-tailed and positive, so that the log scale and the median forest have something to do.
const target = plain.map((value) => value ** 2 / 4);
const context = createSilentContext();
const names = features.columns.map((column) => column.name);
const origins = names.map((name) => ({ feature: name, column: name }));

function fit(name: ModelName): Promise<FittedModel> {
  const members = [
    { weight: 0.6, spec: createSpec('quantile-forest') },
    { weight: 0.4, spec: createSpec('gradient-boosting-linear-init-log') },
  ];
  return fitModel(createSpec(name, { members }), features, target, {}, context);
}

function worstGap(shap: ShapValues): number {
  const gaps = shap.predictions.map((prediction, i) =>
    Math.abs(shap.columns.reduce((sum, { values }) => sum + values[i]!, shap.base) - prediction),
  );
  return gaps.reduce((worst, gap) => Math.max(worst, gap), 0);
}

const explained: readonly ModelName[] = [
  'median',
  'median-per-class',
  'linear',
  'linear-log',
  'gradient-boosting',
  'gradient-boosting-log',
  'gradient-boosting-linear-init',
  'gradient-boosting-linear-init-log',
  'gradient-boosting-hazard',
  'quantile-forest',
  'own-past',
  'nearest-past',
  'blend',
];

describe.each(explained)('%s', (name) => {
  test('the waterfall of every row goes from the base to what the model predicts, within 1e-6', async () => {
    const model = await fit(name);
    const slow: readonly ModelName[] = [
      'quantile-forest',
      'gradient-boosting-hazard',
      'nearest-past',
      'blend',
    ];
    const nRows = slow.includes(name) ? 25 : 400;
    const rows = selectRows(
      features,
      Array.from({ length: nRows }, (_, row) => row),
    );
    const background = measureShapBackground(model, features);
    const shap = await explainPredictions(model, background, rows, origins, context);
    expect(shap.predictions).toEqual(model.predict(rows));
    expect(worstGap(shap)).toBeLessThan(1e-6);
    for (let row = 0; row < nRows; row++) {
      const { base, steps, rest, prediction } = buildWaterfall(shap, row, 2);
      expect(steps).toHaveLength(2);
      expect(rest?.nColumns).toBe(2);
      const end = steps.reduce((sum, step) => sum + step.contribution, base + (rest?.contribution ?? 0));
      expect(Math.abs(end - prediction)).toBeLessThan(1e-6);
    }
  });
});

describe.each(['plan', 'plan-per-class', 'plan-linear', 'plan-boosting'] as const)('%s', (name) => {
  test('the values of planned and unplanned outages add up, from one base', async () => {
    const plan = target.map((value, row) => (row % 4 === 0 ? NaN : value * (1 + (row % 3) / 5) + 1));
    const planned = {
      ...features,
      columns: [...features.columns, { type: 'number' as const, name: 'Plan', values: plan }],
    };
    const spec = createSpec(name, { planFeature: 'Plan', boosting: { nIterations: 20 } });
    const model = await fitModel(spec, planned, target, {}, context);
    const background = measureShapBackground(model, planned);
    const shap = await explainPredictions(model, background, planned, [], context);
    expect(worstGap(shap)).toBeLessThan(1e-6);
    const ofPlan = shap.columns.find(({ column }) => column === 'Plan')?.values ?? new Float64Array();
    const [shortest, longest] = [Math.min, Math.max].map((pick) =>
      plan.indexOf(pick(...plan.filter((value) => !Number.isNaN(value)))),
    );
    expect(ofPlan[shortest ?? -1]).toBeLessThan(0);
    expect(ofPlan[longest ?? -1]).toBeGreaterThan(0);
  });
});

describe('what the values say', () => {
  test('linear: coefficient times distance from the mean, by the planted law', async () => {
    const spec = createSpec('linear');
    const exact = plantOutages(2000, 0, 5);
    const model = await fitModel(spec, exact.features, exact.target, {}, context);
    const background = measureShapBackground(model, exact.features);
    const shap = await explainPredictions(model, background, exact.features, origins, context);
    expect(shap.base).toBeCloseTo(mean(exact.target), 6);
    const complexity = exact.features.columns.find((column) => column.name === 'Complexité');
    if (complexity?.type !== 'number') throw new Error('planted outages have a Complexité');
    const centre = mean(complexity.values);
    const values = shap.columns.find(({ column }) => column === 'Complexité')?.values as Float64Array;
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(2 * (complexity.values[i]! - centre), 1);
    });
  });

  test('boosting and the forest rank the planted causes above the meaningless label', async () => {
    for (const name of ['gradient-boosting-log', 'quantile-forest'] as const) {
      const model = await fit(name);
      const few = selectRows(
        features,
        Array.from({ length: 40 }, (_, row) => row),
      );
      const shap = await explainPredictions(
        model,
        measureShapBackground(model, features),
        few,
        origins,
        context,
      );
      const ranked = rankBySize(shap);
      expect(ranked[0]?.column).toBe('Complexité');
      expect(ranked.at(-1)?.column).toBe('Tranche');
    }
  });

  test('features made from one column have one value: their sum', async () => {
    const model = await fit('gradient-boosting-log');
    const background = measureShapBackground(model, features);
    const joined = origins.map(({ feature }) => ({
      feature,
      column: feature === 'Complexité' || feature === 'Effectif' ? 'Chantier' : feature,
    }));
    const apart = await explainPredictions(model, background, features, origins, context);
    const together = await explainPredictions(model, background, features, joined, context);
    const of = (shap: ShapValues, column: string, row: number) =>
      shap.columns.find((entry) => entry.column === column)?.values[row] as number;
    expect(together.columns.map(({ column }) => column)).toEqual(['Type', 'Tranche', 'Chantier']);
    for (let row = 0; row < 400; row++) {
      expect(of(together, 'Chantier', row)).toBeCloseTo(
        of(apart, 'Complexité', row) + of(apart, 'Effectif', row),
        9,
      );
    }
  });

  test('on the log scale all columns keep sign and proportion when they become days', async () => {
    const model = await fit('linear-log');
    const background = measureShapBackground(model, features);
    const shap = await explainPredictions(model, background, features, origins, context);
    const { matrix } = encode(model.encoder, features);
    const raw = await explainRaw(model.state, background, matrix, () => Promise.resolve());
    expect(shap.base).toBeCloseTo(Math.expm1(raw.base), 9);
    for (let row = 0; row < 400; row += 7) {
      const ratios = raw.columns.map((column, f) => (shap.columns[f]?.values[row] as number) / column[row]!);
      for (const ratio of ratios) {
        expect(ratio).toBeGreaterThan(0);
        expect(ratio / ratios[0]!).toBeCloseTo(1, 9);
      }
    }
  });

  test('a cancel is heard between trees', async () => {
    const model = await fit('quantile-forest');
    let now = 0;
    const signal = { aborted: false };
    const impatient = {
      ...createSilentContext(() => (now += 50)),
      signal,
      onProgress: () => (signal.aborted = true),
    };
    await expect(
      explainPredictions(model, measureShapBackground(model, features), features, origins, impatient),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
