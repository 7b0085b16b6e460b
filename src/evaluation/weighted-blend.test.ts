import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { createSpec } from '#models/model-spec.ts';
import { scoreOutOfFold } from './out-of-fold-score.ts';
import { splitRandomFolds } from './splits.ts';
import { weighModels } from './weighted-blend.ts';

const rng = createRng(4);
const target = Float64Array.from({ length: 30 }, () => 20 + 10 * rng.nextNormal());
const folds = splitRandomFolds(30, 5, 1, 2);
const specs = [createSpec('median'), createSpec('linear'), createSpec('linear-log')];

/** Models that err by so much, up or down, whatever the fold. */
function weigh(sizes: readonly number[], signs = () => (rng.nextFloat() < 0.5 ? -1 : 1)) {
  const predictions = new Map(
    specs.map(({ id }, i) => [
      id,
      folds.map(({ testRows }) =>
        Float64Array.from(testRows, (row) => (target[row] ?? NaN) + signs() * (sizes[i] ?? 0)),
      ),
    ]),
  );
  const scores = specs.map((spec) => scoreOutOfFold(spec, target, folds, predictions.get(spec.id) ?? []));
  return { scores, predictions, weighed: weighModels(specs, scores, predictions, target, folds) };
}

describe('weighModels', () => {
  it('is one more model, of weights that sum to 1, scored on every outage', () => {
    const { weighed } = weigh([10, 10, 10.2]);
    expect(weighed?.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weighed?.blend?.spec.settings).toMatchObject({ family: 'blend', members: weighed?.members });
    expect(weighed?.blend?.score.absoluteErrors.every(Number.isFinite)).toBe(true);
    expect(weighed?.blend?.score.perFold).toHaveLength(10);
  });

  it('is that one model where it errs a fifth of the others', () => {
    const { weighed } = weigh([50, 10, 51]);
    expect(weighed).toMatchObject({ id: 'linear', blend: null, isGuarded: false });
  });

  it('answers each outage by weights that have not seen how it went', () => {
    const { scores, predictions } = weigh([10, 10, 10]);
    // One outage on which one model is right by chance: it must not lead its own answer there.
    const { testRows } = folds[0] ?? { testRows: Int32Array.of(0) };
    const spoilt = new Map(predictions);
    const lucky = (predictions.get('linear') ?? []).map((values, f) =>
      f === 0 ? Float64Array.from(testRows, (row) => target[row] ?? NaN) : values,
    );
    spoilt.set('linear', lucky);
    const scored = scores.map((score) =>
      score.id === 'linear' ? scoreOutOfFold(score, target, folds, lucky) : score,
    );
    const honest = weighModels(specs, scores, spoilt, target, folds)?.blend?.score.perFold[0];
    const told = weighModels(specs, scored, spoilt, target, folds)?.blend?.score.perFold[0];
    expect(told?.meanAbsoluteError).toBe(honest?.meanAbsoluteError);
  });
});
