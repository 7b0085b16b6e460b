import { describe, expect, test } from 'vitest';
import { createSilentContext, type JobContext, type Progress } from '#base/job-context.ts';
import { selectRows } from '#data/table.ts';
import { listCandidates } from '#models/candidates.ts';
import { presets } from '#models/hyperparameters.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { compareSpecs } from './comparison.ts';

const context = createSilentContext();
const { features, target } = plantOutages(150, 2, 1);
const hyperparameters = { ...presets.default.hyperparameters, nIterations: 15 };
const { specs } = listCandidates(target, { ...presets.default, hyperparameters, scale: 'identity', seed: 1 });
const folds = splitRandomFolds(150, 3, 1);
const outages = { features, target, folds };

describe('compareSpecs', () => {
  test('each prediction is that of a model fitted without its outage: the naive twin', async () => {
    const { scores, isComplete } = await compareSpecs({ specs }, outages, context);
    expect(isComplete).toBe(true);
    const linear = scores.find(({ name }) => name === 'linear');
    const spec = specs.find(({ name }) => name === 'linear')!;
    for (const fold of folds) {
      const rows = Float64Array.from(fold.trainRows, (row) => target[row] as number);
      const model = await fitModel(spec, selectRows(features, fold.trainRows), rows, {}, context);
      const predicted = model.predict(selectRows(features, fold.testRows));
      fold.testRows.forEach((row, i) => expect(linear?.predictions[row]).toBe(predicted[i]));
    }
    const errors = target.map((value, row) => Math.abs(value - (linear?.predictions[row] as number)));
    expect(linear?.metrics.meanAbsoluteError).toBeCloseTo(
      errors.reduce((sum, error) => sum + error, 0) / 150,
      12,
    );
    expect(linear?.absoluteErrors).toEqual(errors);
  });

  test('noise cannot be predicted out of fold, however well it is fitted', async () => {
    const noise = plantOutages(150, 0, 9).target;
    const boosting = specs.filter(({ name }) => name === 'median' || name === 'gradient-boosting');
    const { scores } = await compareSpecs({ specs: boosting }, { ...outages, target: noise }, context);
    const [median, boosted] = scores;
    expect(boosted!.metrics.meanAbsoluteError).toBeGreaterThan(0.95 * median!.metrics.meanAbsoluteError);
  });

  test('announced durations are scored on the rows that have one', async () => {
    const announced = target.map((value, row) => (row % 2 === 0 ? NaN : value + 3));
    const given = [{ name: 'announced' as const, predictions: announced }];
    const { scores } = await compareSpecs({ specs: specs.slice(0, 1), given }, outages, context);
    const scored = scores.find(({ name }) => name === 'announced');
    expect(scored?.metrics.meanAbsoluteError).toBeCloseTo(3, 12);
    expect(scored?.metrics.nSamples).toBe(75);
    expect(scored?.metrics.bias).toBeCloseTo(-3, 12);
  });

  test('over repeats, errors are meaned by row and scores pooled', async () => {
    const repeated = splitRandomFolds(150, 3, 1, 2);
    const [once] = (
      await compareSpecs({ specs: specs.slice(2, 3) }, { ...outages, folds: repeated }, context)
    ).scores;
    expect(once?.metrics.nSamples).toBe(300);
    expect(once?.perFold).toHaveLength(6);
    const mean = Array.from(once?.absoluteErrors ?? []).reduce((sum, error) => sum + error, 0) / 150;
    expect(once?.metrics.meanAbsoluteError).toBeCloseTo(mean, 10);
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
    const result = await compareSpecs({ specs }, outages, stopping);
    expect(result.isComplete).toBe(false);
    expect(result.folds).toEqual([folds[0]]);
    expect(result.scores.map(({ name }) => name)).toEqual(specs.map(({ name }) => name));
    expect(seen.at(-1)).toMatchObject({ phase: 'cross-validating', total: 3 * specs.length, nFolds: 3 });
    const cancelled: JobContext = { ...context, signal: { aborted: true } };
    await expect(compareSpecs({ specs }, outages, cancelled)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
