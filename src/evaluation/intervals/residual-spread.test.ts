import { expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { constantSpread, fitResidualSpread, spreadAt } from './residual-spread.ts';

test('finds a spread that grows with the prediction', () => {
  const rng = createRng(3);
  const predicted = Float64Array.from({ length: 4000 }, () => 10 * rng.nextFloat());
  const residuals = predicted.map((value) => (1 + value) * rng.nextNormal());
  const spread = fitResidualSpread(predicted, residuals);
  // Relative to the mean of 1 + x over [0, 10], which is 6.
  for (const x of [1, 3, 5, 7, 9]) expect(spreadAt(spread, x)).toBeCloseTo((1 + x) / 6, 0.5);
  expect(spreadAt(spread, 9) / spreadAt(spread, 1)).toBeGreaterThan(3.5);
});

test('is continuous, and constant beyond the outermost knots', () => {
  const spread = { knots: [1, 3], spreads: [0.5, 2] };
  expect([-9, 1, 2, 3, 9].map((x) => spreadAt(spread, x))).toEqual([0.5, 0.5, 1.25, 2, 2]);
});

test('few, equal or perfect predictions have one spread', () => {
  const many = new Float64Array(500);
  const noise = Float64Array.from(many, (_, i) => (i % 7) - 3);
  expect(fitResidualSpread(many.slice(0, 40), noise.slice(0, 40))).toEqual(constantSpread);
  expect(fitResidualSpread(noise, many)).toEqual(constantSpread);
  const { knots } = fitResidualSpread(many, noise);
  expect(knots).toHaveLength(1);
});
