import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { createSpec, listMembers } from '#models/model-spec.ts';
import { scoreOutOfFold } from './out-of-fold-score.ts';
import { splitRandomFolds } from './splits.ts';
import { blendHalfOwnPast, blendModels, findBlendWeights } from './stacking.ts';

const n = 400;
const rng = createRng(5);
const target = new Float64Array(n).map(() => 20 + 5 * rng.nextNormal());
const withNoise = (spread: number) => target.map((value) => value + spread * rng.nextNormal());
const rows = Int32Array.from(target, (_, row) => row);
const folds = splitRandomFolds(n, 5, 1);

function score(name: ModelName, predictions: Float64Array) {
  const byFold = folds.map((fold) => Float64Array.from(fold.testRows, (row) => predictions[row] as number));
  return scoreOutOfFold(createSpec(name), target, folds, byFold);
}

describe('findBlendWeights', () => {
  test('shares the weight between models whose errors are independent, and leaves the poor one out', () => {
    const weights = findBlendWeights([withNoise(2), withNoise(2), withNoise(30)], target, rows);
    expect(weights[0]).toBeGreaterThan(0.3);
    expect(weights[1]).toBeGreaterThan(0.3);
    expect(weights[2]).toBe(0);
    expect((weights[0] as number) + (weights[1] as number)).toBeCloseTo(1, 12);
  });

  test('gives a perfect model everything', () => {
    expect(Array.from(findBlendWeights([withNoise(1), target], target, rows))).toEqual([0, 1]);
  });
});

describe('blendModels', () => {
  const specs = [createSpec('linear'), createSpec('gradient-boosting'), createSpec('median')];

  test('is better than its members when they err independently, by a score they did not see', () => {
    const scores = [
      score('linear', withNoise(2)),
      score('gradient-boosting', withNoise(2)),
      score('median', withNoise(2)),
    ];
    const blend = blendModels(specs, scores, target, folds);
    const least = Math.min(...scores.map(({ metrics }) => metrics.meanAbsoluteError));
    expect(blend?.score.metrics.meanAbsoluteError).toBeLessThan(0.85 * least);
    // Reference predictions are no members.
    expect(blend && listMembers(blend.spec).map((member) => member.spec.id)).toEqual([
      'linear',
      'gradient-boosting',
    ]);
  });

  test('a fold is scored with weights that its own outages had no say in', () => {
    const [first] = folds;
    // "linear" is right on the first fold only, and hopeless elsewhere: honest weights cannot know.
    const inFirst = new Set(first?.testRows);
    const lucky = target.map((value, row) =>
      inFirst.has(row) ? value : value + 2 * (row % 2 === 0 ? 1 : -1),
    );
    const steady = withNoise(2.5);
    const blend = blendModels(
      specs,
      [score('linear', lucky), score('gradient-boosting', steady)],
      target,
      folds,
    );
    const errors = Array.from(first?.testRows ?? [], (row) => blend?.score.absoluteErrors[row] as number);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeGreaterThan(0.5);
  });

  test('is none where one model is all it takes', () => {
    const scores = [score('linear', target), score('gradient-boosting', withNoise(3))];
    expect(blendModels(specs, scores, target, folds)).toBeNull();
  });
});

describe('blendHalfOwnPast', () => {
  const specs = [createSpec('own-past'), createSpec('linear'), createSpec('gradient-boosting')];
  const own = score(
    'own-past',
    target.map((value, row) => value + (row % 2 === 0 ? 3 : -3)),
  );
  const membersOf = (blend: ReturnType<typeof blendModels>) =>
    blend && listMembers(blend.spec).map(({ weight, spec }) => [spec.name, weight]);

  test('is half the best model and half the own past, and scored as that', () => {
    const linear = score('linear', withNoise(3));
    const poor = score('gradient-boosting', withNoise(9));
    const half = blendHalfOwnPast(specs, [own, linear, poor], null, target, folds);
    expect(half?.spec).toMatchObject({ id: 'blend-own-past', name: 'blend-own-past' });
    expect(membersOf(half)).toEqual([
      ['linear', 0.5],
      ['own-past', 0.5],
    ]);
    rows.forEach((row) =>
      expect(half?.score.predictions[row]).toBe(
        ((own.predictions[row] as number) + (linear.predictions[row] as number)) / 2,
      ),
    );
  });

  test('of a blend that is best, the members stand beside the own past at half their weight', () => {
    const scores = [own, score('linear', withNoise(2)), score('gradient-boosting', withNoise(2))];
    const stacked = blendModels(specs, scores, target, folds);
    const half = blendHalfOwnPast(specs, scores, stacked, target, folds);
    expect(membersOf(half)).toEqual([
      ...(membersOf(stacked) ?? []).map(([name, weight]) => [name, (weight as number) / 2]),
      ['own-past', 0.5],
    ]);
  });

  test('is none without an own past, and none where that is the best', () => {
    const linear = score('linear', withNoise(9));
    expect(blendHalfOwnPast(specs.slice(1), [linear], null, target, folds)).toBeNull();
    expect(blendHalfOwnPast(specs, [own, linear], null, target, folds)).toBeNull();
    expect(blendHalfOwnPast(specs, [], null, target, folds)).toBeNull();
  });
});
