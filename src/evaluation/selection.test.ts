import { expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { type OutOfFoldScore, scoreOutOfFold } from './out-of-fold-score.ts';
import { chooseModel, measurePairedLoss } from './selection.ts';

const rng = createRng(2);
const rows = Int32Array.from({ length: 500 }, (_, row) => row);
const target = new Float64Array(500).map(() => 50 + 10 * rng.nextNormal());
const fold = { trainRows: rows, testRows: rows, repeat: 0 };

function scored(name: ModelName, spread: number, shared = 0) {
  const predictions = target.map(
    (value, row) => value + spread * rng.nextNormal() + shared * ((row % 7) - 3),
  );
  return scoreOutOfFold({ id: name, name, scale: 'identity' }, target, [fold], [predictions]);
}

/** The same errors but for these, under another name. */
function vary(
  score: OutOfFoldScore,
  name: ModelName,
  loss: number,
  absoluteErrors: Float64Array,
): OutOfFoldScore {
  const metrics = { ...score.metrics, meanAbsoluteError: score.metrics.meanAbsoluteError + loss };
  return { ...score, id: name, name, metrics, absoluteErrors };
}

test('the best model is chosen where it is clearly best', () => {
  const selection = chooseModel([scored('linear', 6), scored('gradient-boosting', 2), scored('median', 10)]);
  expect(selection).toMatchObject({
    chosen: 'gradient-boosting',
    best: 'gradient-boosting',
    reason: 'lowest-error',
  });
  expect(selection.difference).toBe(0);
});

test('the plainest is chosen among models that cannot be told apart', () => {
  const better = scored('gradient-boosting-linear-init', 2);
  const errors = better.absoluteErrors.map((error, row) => error + (row % 2 === 0 ? 0.1 : -0.094));
  const selection = chooseModel([better, vary(better, 'linear', 0.003, errors)]);
  expect(selection).toMatchObject({
    chosen: 'linear',
    best: 'gradient-boosting-linear-init',
    reason: 'simplest-within-one-standard-error',
  });
  expect(selection.difference).toBeCloseTo(0.003, 9);
});

test('a plainer model is not chosen when it loses over 1 %, however noisy the difference', () => {
  const better = scored('gradient-boosting', 2);
  const errors = better.absoluteErrors.map((error, row) => error + (row === 0 ? 20 : 0));
  const linear = vary(better, 'linear', 0.04, errors);
  expect(measurePairedLoss(errors, better.absoluteErrors).standardError).toBeCloseTo(0.04, 6);
  expect(chooseModel([better, linear]).chosen).toBe('gradient-boosting');
});

test('a plainer model is chosen when its loss is sure but too small to notice', () => {
  const better = scored('blend', 2);
  const errors = better.absoluteErrors.map((error) => error + 0.004);
  const forest = vary(better, 'quantile-forest', 0.004, errors);
  expect(chooseModel([better, forest])).toMatchObject({
    chosen: 'quantile-forest',
    reason: 'simplest-negligible-loss',
    standardError: expect.closeTo(0, 9) as number,
  });
});

test('the announced duration is a yardstick, never the model', () => {
  expect(chooseModel([scored('announced', 0.1), scored('linear', 3)]).chosen).toBe('linear');
});

test('measurePairedLoss pairs only the rows that both have', () => {
  const a = Float64Array.of(1, 2, NaN, 6);
  const b = Float64Array.of(0, NaN, 3, 3);
  expect(measurePairedLoss(a, b)).toMatchObject({ difference: 2, nSamples: 2, standardError: 1 });
});
