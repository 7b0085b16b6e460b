import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { selectRows } from '#data/table.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { chooseModel } from '#evaluation/selection.ts';
import { createSpec, listMembers, type ModelSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { calibrateForecasts, poolCompared } from './calibration.ts';
import { compareSpecs } from './comparison.ts';
import { fitFinalModels } from './final-fits.ts';
import { evaluateSpec, evaluateSpecs, groupByFit, identifyFolds, type SharedFolds } from './shared-folds.ts';

const context = createSilentContext();
const { features, target } = plantOutages(160, 2, 1);
const share = (): SharedFolds => ({ features, target, folds: splitRandomFolds(160, 3, 1) });
const boosting = { nIterations: 40, learningRate: 0.2, nIterNoChange: 5 };

describe('L1: the same folds give the same forecasts', () => {
  const specs = [
    createSpec('linear-log'),
    createSpec('gradient-boosting-linear-init-log', { boosting }),
    createSpec('gradient-boosting', { boosting }),
    createSpec('quantile-forest', { forest: { nTrees: 10, maxBins: 255 } }),
  ];

  test('in any order, and as a model fitted on its own gives them: the naive twin', async () => {
    const [forwards, backwards] = [share(), share()];
    for (const spec of specs) for (const fold of [0, 1, 2]) await evaluateSpec(spec, forwards, fold, context);
    for (const spec of specs.toReversed()) {
      for (const fold of [2, 0]) {
        const { trainRows, testRows } = backwards.folds[fold]!;
        const forecasts = await evaluateSpec(spec, backwards, fold, context);
        expect(forecasts).toEqual(await evaluateSpec(spec, forwards, fold, context));
        const rows = Float64Array.from(trainRows, (row) => target[row] as number);
        const alone = await fitModel(spec, selectRows(features, trainRows), rows, {}, context);
        expect(forecasts).toEqual(forecastDurations(alone, selectRows(features, testRows)));
      }
    }
  });
});

describe('specs that differ in the number of trees alone', () => {
  const ofTrees = (nIterations: number) =>
    createSpec('gradient-boosting-linear-init-log', { boosting: { nIterations, nIterNoChange: 0 } });
  const specs = [ofTrees(20), ofTrees(5), ofTrees(11)];

  test('L2: share one fit, and each forecasts what it would alone', async () => {
    expect(groupByFit([...specs, createSpec('median')])).toEqual([specs, [createSpec('median')]]);
    const folds = share();
    const together = await evaluateSpecs(specs, folds, 1, context);
    for (const [i, spec] of specs.entries()) {
      expect(together[i]).toEqual(await evaluateSpec(spec, folds, 1, context));
    }
  });

  test('do not share it where early stopping chooses the number, nor with another depth', () => {
    const stopped = [10, 20].map((nIterations) =>
      createSpec('gradient-boosting', { boosting: { nIterations, nIterNoChange: 5 } }),
    );
    expect(groupByFit(stopped)).toHaveLength(2);
    const other = createSpec('gradient-boosting-linear-init-log', {
      boosting: { nIterations: 20, nIterNoChange: 0, maxDepth: 2 },
    });
    expect(groupByFit([...specs, other])).toHaveLength(2);
  });
});

test('the id of folds is that of their content', () => {
  const { folds, ...outages } = share();
  expect(identifyFolds({ ...outages, folds })).toBe(identifyFolds(share()));
  const others = [
    { ...outages, folds: folds.slice(1) },
    { ...outages, folds, target: target.with(3, 0) },
    { folds, target, features: { ...features, columns: features.columns.toReversed() } },
  ];
  const ids = [share(), ...others].map(identifyFolds);
  expect(new Set(ids).size).toBe(4);
});

describe('two specs of one name and another setting, side by side', () => {
  const specs: readonly ModelSpec[] = [
    createSpec('median'),
    createSpec('gradient-boosting', { boosting }),
    createSpec('gradient-boosting', { boosting: { ...boosting, maxDepth: 2, subsample: 0.5 } }),
    createSpec('quantile-forest', { forest: { nTrees: 10 } }),
    createSpec('quantile-forest', { forest: { nTrees: 10, minSamplesLeaf: 20 } }),
  ];
  const ids = specs.map(({ id }) => id);

  test('each has an id that says what is its own', () => {
    expect(ids).toEqual([
      'median',
      'gradient-boosting(nIterations=40,learningRate=0.2,nIterNoChange=5)',
      'gradient-boosting(nIterations=40,learningRate=0.2,maxDepth=2,subsample=0.5,nIterNoChange=5)',
      'quantile-forest(nTrees=10)',
      'quantile-forest(nTrees=10,minSamplesLeaf=20)',
    ]);
  });

  test('go through comparison, stacking, choice, final fits and calibration without being mixed up', async () => {
    const outages = share();
    const comparison = await compareSpecs({ specs, blend: 'stacked' }, outages, context);
    const scoreOf = (id: string) => comparison.scores.find((score) => score.id === id)!;
    expect(comparison.scores.map(({ id }) => id)).toEqual([...ids, 'blend']);
    for (const spec of specs) {
      const alone = await compareSpecs({ specs: [spec] }, share(), context);
      expect(scoreOf(spec.id)).toEqual(alone.scores[0]);
    }

    const blend = comparison.specs.at(-1)!;
    const members = listMembers(blend).map(({ spec }) => spec);
    expect(members.every((member) => specs.includes(member))).toBe(true);
    const two = await compareSpecs({ specs: specs.slice(1, 3), blend: 'stacked' }, outages, context);
    expect(listMembers(two.specs.at(-1)!).map(({ spec }) => spec.id)).toEqual(ids.slice(1, 3));
    const asked = await compareSpecs({ specs: specs.slice(1, 3) }, outages, context);
    expect(asked.specs.map(({ id }) => id)).toEqual(ids.slice(1, 3));

    const { chosen, best } = chooseModel(comparison.scores);
    expect([chosen, best].every((id) => [...ids, 'blend'].includes(id))).toBe(true);

    const [split] = outages.folds;
    const second = specs[2]!;
    for (const spec of [second, two.specs.at(-1)!]) {
      const fits = await fitFinalModels(spec, [...specs, two.specs.at(-1)!], outages, split!, context);
      expect([...fits.tested.keys()].toSorted()).toEqual([...ids, 'blend'].sort());
      expect(fits.chosen.model.spec).toBe(spec);
      expect(fits.whole?.spec).toBe(spec);
      const rows = Float64Array.from(split!.trainRows, (row) => target[row] as number);
      const alone = await fitModel(spec, selectRows(features, split!.trainRows), rows, {}, context);
      expect(fits.chosen.model.state).toEqual(alone.state);
      expect(fits.tested.get(ids[1]!)?.model.state).not.toEqual(fits.tested.get(ids[2]!)?.model.state);
    }

    const calibrate = async (id: string) => {
      const pooled = poolCompared(id, outages, comparison, context);
      return pooled && (await calibrateForecasts(pooled, features, null, context)).choice;
    };
    const intervals = await Promise.all([ids[1]!, ids[2]!, ids[3]!, ids[4]!, 'blend'].map(calibrate));
    const medians = intervals.map((each) => JSON.stringify(each?.calibration.overall));
    expect(new Set(medians).size).toBe(5);
  });

  test('two of one id are refused', async () => {
    await expect(compareSpecs({ specs: [specs[0]!, specs[0]!] }, share(), context)).rejects.toMatchObject({
      code: 'invalid-setting',
      details: { name: 'id', value: 'median' },
    });
  });
});
