import { beforeAll, describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { createSpec } from './model-spec.ts';
import { fitNeural } from './neural.ts';
import { type NeuralState, predictNeuralQuantiles } from './neural-state.ts';
import { fitModel } from './regressor.ts';
import { plantOutages } from './testing/planted-outages.ts';

const context = createSilentContext();
const rng = createRng(1);
const n = 400;
const crew = new Float64Array(n).map(() => 2 * rng.nextFloat() - 1);
const type = new Float64Array(n).map(() => rng.nextBelow(2));
// The spread doubles with the type: quantiles must tell, a mean cannot.
const target = crew.map((value, i) => 10 + 4 * Math.abs(value) + (type[i] === 1 ? 2 : 1) * rng.nextNormal());
const matrix = { nSamples: n, columns: [crew, type], cardinalities: [0, 2] };

describe('fitNeural', () => {
  let state: NeuralState;
  beforeAll(async () => {
    state = await fitNeural({ matrix, target, nCategories: [0, 2] }, 3, context);
  }, 60_000);

  test('forecasts quantiles that hold their share, wider where durations vary more', () => {
    const [p10, p50, p90] = predictNeuralQuantiles(state, matrix) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const shareBelow = (bound: Float64Array) =>
      target.filter((value, i) => value <= (bound[i] as number)).length / n;
    expect(shareBelow(p10)).toBeGreaterThan(0.03);
    expect(shareBelow(p10)).toBeLessThan(0.2);
    expect(shareBelow(p50)).toBeGreaterThan(0.4);
    expect(shareBelow(p50)).toBeLessThan(0.6);
    expect(shareBelow(p90)).toBeGreaterThan(0.8);
    const widthOf = (wanted: number) => {
      const widths = p90.map((value, i) => value - (p10[i] as number)).filter((_, i) => type[i] === wanted);
      return widths.reduce((sum, width) => sum + width, 0) / widths.length;
    };
    expect(widthOf(1)).toBeGreaterThan(1.4 * widthOf(0));
    p10.forEach((low, i) => expect(low).toBeLessThanOrEqual(p90[i] as number));
  });

  test('bends where the law does', () => {
    const cases = {
      nSamples: 3,
      columns: [Float64Array.of(-0.9, 0, 0.9), Float64Array.of(0, 0, 0)],
      cardinalities: [0, 2],
    };
    const [, p50] = predictNeuralQuantiles(state, cases) as [Float64Array, Float64Array];
    expect(p50[0]).toBeGreaterThan((p50[1] as number) + 1.5);
    expect(p50[2]).toBeGreaterThan((p50[1] as number) + 1.5);
  });

  test('says no more and no less than it has learnt from, however strange the case', () => {
    const strange = {
      nSamples: 2,
      columns: [Float64Array.of(-1e6, 1e6), Float64Array.of(0, 1)],
      cardinalities: [0, 2],
    };
    const least = Math.min(...target);
    const greatest = Math.max(...target);
    for (const values of predictNeuralQuantiles(state, strange)) {
      values.forEach((value) => {
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(greatest);
      });
    }
  });

  test('the same seed gives the same network', async () => {
    const stopAtOnce = { ...context, stop: { aborted: true } };
    const data = { matrix, target, nCategories: [0, 2] };
    expect(await fitNeural(data, 3, stopAtOnce)).toEqual(await fitNeural(data, 3, stopAtOnce));
    expect(await fitNeural(data, 4, stopAtOnce)).not.toEqual(await fitNeural(data, 3, stopAtOnce));
  });
});

test('fitModel takes the network from whoever loaded it, and says so where nobody did', async () => {
  const planted = plantOutages(60, 1, 1);
  const spec = createSpec('neural');
  const quick = { ...context, stop: { aborted: true } };
  const model = await fitModel(spec, planted.features, planted.target, { fitNeural }, quick);
  expect(model.predict(planted.features).every(Number.isFinite)).toBe(true);
  await expect(fitModel(spec, planted.features, planted.target, {}, quick)).rejects.toMatchObject({
    code: 'invalid-setting',
  });
});
