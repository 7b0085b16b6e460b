import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createSpec } from '#models/model-spec.ts';
import { type FittedModel, fitModel } from '#models/regressor.ts';
import type { Column, Table } from '#data/table.ts';
import { indexOutages, measureProximities } from './leaf-proximity.ts';
import { explainPredictions, isEstimated, measureShapBackground, rankBySize } from './model-shap.ts';

const n = 160;
const category = (name: string, codes: readonly number[], nLabels: number): Column => ({
  type: 'category',
  name,
  codes: Int32Array.from(codes),
  categories: Array.from({ length: nLabels }, (_, i) => `${name}${i}`),
});
const unit = Array.from({ length: n }, (_, i) => i % 4);
const nature = Array.from({ length: n }, (_, i) => (i >> 2) % 2);
const features: Table = {
  nRows: n,
  columns: [
    category('unit', unit, 4),
    category('nature', nature, 2),
    category(
      'noise',
      unit.map((_, i) => i % 3),
      3,
    ),
  ],
};
/** The nature does nearly all; the unit a little; the noise nothing. */
const target = Float64Array.from(unit, (code, i) => 10 + code + 60 * (nature[i] as number));
const context = createSilentContext();
const origins = ['unit', 'nature', 'noise'].map((name) => ({ feature: name, column: name }));

const explain = (model: FittedModel, cases: Table = features) =>
  explainPredictions(model, measureShapBackground(model, features), cases, origins, context);

describe('the own past', () => {
  const fit = () =>
    fitModel(
      createSpec('own-past', { unitFeature: 'unit', classFeature: 'nature' }),
      features,
      target,
      {},
      context,
    );

  test('gives each of unit and class what it adds to the other and alone, from the median of all', async () => {
    const model = await fit();
    const { base, columns } = await explain(model);
    const of = (name: string) => columns.find(({ column }) => column === name)?.values as Float64Array;
    // Answers: of all 41.5; of unit 3 alone 43, of nature 1 alone 71.5, of both 73.
    expect(base).toBe(41.5);
    const row = unit.findIndex((code, i) => code === 3 && nature[i] === 1);
    expect(of('unit')[row]).toBeCloseTo(0.5 * (43 - 41.5) + 0.5 * (73 - 71.5), 9);
    expect(of('nature')[row]).toBeCloseTo(0.5 * (71.5 - 41.5) + 0.5 * (73 - 43), 9);
    expect(of('noise').every((value) => value === 0)).toBe(true);
    expect(isEstimated(model.state)).toBe(false);
  });

  test('alike are the outages it answers with, and no others', async () => {
    const proximities = measureProximities(indexOutages(await fit(), features), features, 5);
    proximities.forEach((value, i) =>
      expect(value).toBe(unit[i] === unit[5] && nature[i] === nature[5] ? 1 : 0),
    );
  });
});

test('the nearest past ranks the cause above the rest, and says when its shares are estimates', async () => {
  const model = await fitModel(createSpec('nearest-past'), features, target, {}, context);
  const [first] = rankBySize(await explain(model));
  expect(first?.column).toBe('nature');
  // Three features: all orders were tried.
  expect(isEstimated(model.state)).toBe(false);
  const wider: Table = {
    nRows: n,
    columns: [
      ...features.columns,
      category(
        'more',
        unit.map((_, i) => i % 5),
        5,
      ),
    ],
  };
  const wide = await fitModel(createSpec('nearest-past'), wider, target, {}, context);
  expect(isEstimated(wide.state)).toBe(true);
  const members = [{ weight: 1, spec: createSpec('nearest-past') }];
  const blend = await fitModel(createSpec('blend', { members }), wider, target, {}, context);
  expect(isEstimated(blend.state)).toBe(true);
});
