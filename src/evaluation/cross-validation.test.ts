import { describe, expect, test } from 'vitest';
import { createSilentContext, type JobContext, type Progress } from '#base/job-context.ts';
import { selectRows } from '#data/table.ts';
import { listCandidates } from '#models/candidates.ts';
import { presets } from '#models/hyperparameters.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { crossValidate } from './cross-validation.ts';
import { splitRandomFolds } from './splits.ts';

const context = createSilentContext();
const { features, target } = plantOutages(150, 2, 1);
const hyperparameters = { ...presets.default.hyperparameters, nIterations: 15 };
const { specs } = listCandidates(target, { ...presets.default, hyperparameters, scale: 'identity', seed: 1 });
const folds = splitRandomFolds(150, 3, 1);

describe('crossValidate', () => {
  test('each prediction is that of a model fitted without its outage: the naive twin', async () => {
    const { models, isComplete } = await crossValidate(specs, features, target, folds, context);
    expect(isComplete).toBe(true);
    const linear = models.find(({ name }) => name === 'linear');
    const spec = specs.find(({ name }) => name === 'linear')!;
    for (const fold of folds) {
      const rows = Float64Array.from(fold.trainRows, (row) => target[row] as number);
      const model = await fitModel(spec, selectRows(features, fold.trainRows), rows, {}, context);
      const predicted = model.predict(selectRows(features, fold.testRows));
      fold.testRows.forEach((row, i) => expect(linear?.predictions[row]).toBe(predicted[i]));
    }
    const errors = target.map((value, row) => Math.abs(value - (linear?.predictions[row] as number)));
    expect(linear?.mae).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / 150, 12);
    expect(linear?.absoluteErrors).toEqual(errors);
  });

  test('noise cannot be predicted out of fold, however well it is fitted', async () => {
    const noise = plantOutages(150, 0, 9).target;
    const boosting = specs.filter(({ name }) => name === 'median' || name === 'gradient-boosting');
    const { models } = await crossValidate(boosting, features, noise, folds, context);
    const [median, boosted] = models;
    expect(boosted!.mae).toBeGreaterThan(0.95 * median!.mae);
  });

  test('announced durations are scored on the rows that have one', async () => {
    const announced = target.map((value, row) => (row % 2 === 0 ? NaN : value + 3));
    const given = [{ name: 'announced' as const, predictions: announced }];
    const { models } = await crossValidate(specs.slice(0, 1), features, target, folds, context, given);
    const scored = models.find(({ name }) => name === 'announced');
    expect(scored?.mae).toBeCloseTo(3, 12);
    expect(scored?.metrics.nSamples).toBe(75);
    expect(scored?.metrics.bias).toBeCloseTo(-3, 12);
  });

  test('over repeats, errors are meaned by row and scores pooled', async () => {
    const repeated = splitRandomFolds(150, 3, 1, 2);
    const [once] = (await crossValidate(specs.slice(2, 3), features, target, repeated, context)).models;
    expect(once?.metrics.nSamples).toBe(300);
    expect(once?.perFold).toHaveLength(6);
    const mean = Array.from(once?.absoluteErrors ?? []).reduce((sum, error) => sum + error, 0) / 150;
    expect(once?.mae).toBeCloseTo(mean, 10);
  });

  test('"stop" keeps the folds that every model has finished, "cancel" throws', async () => {
    const stop = { aborted: false };
    const seen: Progress[] = [];
    const stopping: JobContext = {
      ...context,
      stop,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.done === specs.length) stop.aborted = true;
      },
    };
    const result = await crossValidate(specs, features, target, folds, stopping);
    expect(result.isComplete).toBe(false);
    expect(result.folds).toEqual([folds[0]]);
    expect(result.models.map(({ name }) => name)).toEqual(specs.map(({ name }) => name));
    expect(seen.at(-1)).toMatchObject({ phase: 'cross-validating', total: 3 * specs.length, nFolds: 3 });
    const cancelled: JobContext = { ...context, signal: { aborted: true } };
    await expect(crossValidate(specs, features, target, folds, cancelled)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
