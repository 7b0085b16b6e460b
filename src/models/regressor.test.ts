import { describe, expect, test } from 'vitest';
import { createSilentContext, type JobContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { type CandidateSettings, listCandidates } from './candidates.ts';
import { presets } from './hyperparameters.ts';
import { createSpec, type ModelSpec, type SpecOptions } from './model-spec.ts';
import { fitModel } from './regressor.ts';
import { plantOutages } from './testing/planted-outages.ts';

const context = createSilentContext();
const training = plantOutages(600, 1, 1);
const fresh = plantOutages(300, 0, 2);

function spec(
  name: ModelSpec['name'],
  scale: ModelSpec['scale'] = 'identity',
  boosting: SpecOptions['boosting'] = {},
): ModelSpec {
  return createSpec(name, { scale, boosting, seed: 7 });
}

async function freshError(of: ModelSpec): Promise<number> {
  const model = await fitModel(of, training.features, training.target, {}, context);
  const predicted = model.predict(fresh.features);
  return mean(predicted.map((value, i) => Math.abs(value - (fresh.target[i] as number))));
}

describe('fitModel', () => {
  test('each model finds as much of a planted law as it can express', async () => {
    const medianError = await freshError(spec('median'));
    expect(medianError).toBeGreaterThan(3);
    expect(await freshError(spec('median-per-class'))).toBeLessThan(medianError);
    expect(await freshError(spec('linear'))).toBeLessThan(0.2);
    expect(await freshError(spec('gradient-boosting'))).toBeLessThan(0.8);
    expect(await freshError(spec('gradient-boosting-linear-init'))).toBeLessThan(0.5);
    expect(await freshError(spec('gradient-boosting-log', 'log1p'))).toBeLessThan(0.9);
    expect(await freshError(spec('quantile-forest', 'log1p'))).toBeLessThan(1.2);
  });

  test('the same data, settings and seed give the same model; another seed another forest', async () => {
    const once = await fitModel(spec('quantile-forest'), training.features, training.target, {}, context);
    const again = await fitModel(spec('quantile-forest'), training.features, training.target, {}, context);
    expect(again.state).toEqual(once.state);
    const other = await fitModel(
      { ...spec('quantile-forest'), seed: 8 },
      training.features,
      training.target,
      {},
      context,
    );
    expect(other.state).not.toEqual(once.state);
  });

  test('early stopping finds its own number of trees on a share of the training rows', async () => {
    const noisy = plantOutages(200, 12, 3);
    const model = await fitModel(
      spec('gradient-boosting', 'identity', { nIterations: 500, nIterNoChange: 10, learningRate: 0.2 }),
      noisy.features,
      noisy.target,
      {},
      context,
    );
    if (model.state.family !== 'gradient-boosting') throw new Error('another family');
    const nTrees = model.state.trees.treeStarts.length - 1;
    expect(nTrees).toBeGreaterThan(0);
    expect(nTrees).toBeLessThan(100);
  });

  test('"stop" keeps the trees grown so far; "cancel" throws', async () => {
    const stop = { aborted: false };
    let nSeen = 0;
    const stopping: JobContext = { ...context, stop };
    const model = await fitModel(
      spec('gradient-boosting'),
      training.features,
      training.target,
      {
        onIteration: ({ iteration }) => {
          nSeen = iteration;
          if (iteration === 20) stop.aborted = true;
        },
      },
      stopping,
    );
    if (model.state.family !== 'gradient-boosting') throw new Error('another family');
    expect(model.state.trees.treeStarts.length - 1).toBe(nSeen);
    expect(nSeen).toBeLessThan(30);
    const cancelled: JobContext = { ...context, signal: { aborted: true } };
    await expect(
      fitModel(spec('gradient-boosting'), training.features, training.target, {}, cancelled),
    ).rejects.toThrow(expect.objectContaining({ code: 'cancelled' }));
  });

  test('refuses before any work what cannot be fitted', async () => {
    const { features, target } = training;
    const refusal = (of: ModelSpec, rows: Float64Array, table = features) =>
      fitModel(of, table, rows, {}, context).catch((thrown: unknown) => thrown);
    const linear = spec('linear');
    expect(await refusal(linear, target.subarray(1))).toMatchObject({ code: 'length-mismatch' });
    expect(await refusal(linear, target.with(3, NaN))).toMatchObject({ code: 'target-not-finite' });
    expect(await refusal(spec('linear-log', 'log1p'), target.with(3, -2))).toMatchObject({
      code: 'target-not-positive',
    });
    const hasty = spec('gradient-boosting');
    if (hasty.settings.family !== 'gradient-boosting') throw new Error('another family');
    const hyperparameters = { ...hasty.settings.hyperparameters, learningRate: 7 };
    const settings = { ...hasty.settings, hyperparameters };
    const invalid = {
      code: 'invalid-setting',
      details: { name: 'learningRate', value: 7, min: 0.001, max: 1 },
    };
    expect(await refusal({ ...hasty, settings }, target)).toMatchObject(invalid);
    expect(() => spec('gradient-boosting', 'identity', { learningRate: 7 })).toThrow(
      expect.objectContaining(invalid),
    );
    expect(await refusal(linear, target, { nRows: 600, columns: [] })).toMatchObject({ code: 'no-feature' });
  });
});

describe('small and odd data', () => {
  const { features, target } = plantOutages(8, 1, 4);
  const odd = {
    nRows: 8,
    columns: [
      ...features.columns,
      { type: 'number' as const, name: 'always 3', values: new Float64Array(8).fill(3) },
      { type: 'number' as const, name: 'all missing', values: new Float64Array(8).fill(NaN) },
      { type: 'number' as const, name: 'huge', values: target.map((value) => value * 1e12) },
      { type: 'category' as const, name: 'no label', codes: new Int32Array(8).fill(-1), categories: [] },
      { type: 'category' as const, name: 'one label', codes: new Int32Array(8), categories: ['x'] },
    ],
  };
  const { specs } = listCandidates(target, { ...presets.default, seed: 1 });

  test.each(specs.map((entry) => entry.name))(
    '%s predicts something finite from eight outages',
    async (name) => {
      const entry = specs.find((each) => each.name === name)!;
      const model = await fitModel(entry, odd, target, {}, context);
      expect(model.predict(odd).every(Number.isFinite)).toBe(true);
      const constant = await fitModel(entry, odd, new Float64Array(8).fill(5), {}, context);
      constant.predict(odd).forEach((value) => expect(value).toBeCloseTo(5, 4));
    },
  );
});

describe('listCandidates', () => {
  const settings = { ...presets.default, seed: 1 };
  const durations = (n: number, least = 0) => Float64Array.from({ length: n }, (_, i) => least + i);
  const namesOf = (n: number, more: Partial<CandidateSettings> = {}) =>
    listCandidates(durations(n), { ...settings, ...more }).specs.map(({ name }) => name);

  test('offers log days only where every duration allows it', () => {
    const positive = listCandidates(durations(200), settings);
    expect(positive.isLogScaleOffered).toBe(true);
    expect(positive.specs.filter((entry) => entry.scale === 'log1p').map((entry) => entry.name)).toEqual([
      'linear-log',
      'gradient-boosting-log',
      'gradient-boosting-linear-init-log',
      'quantile-forest',
    ]);
    const negative = listCandidates(durations(200, -1), settings);
    expect(negative.isLogScaleOffered).toBe(false);
    expect(negative.specs.every((entry) => entry.scale === 'identity')).toBe(true);
  });

  test('offers the median per unit where a feature names the unit, and goes by that feature', async () => {
    const { specs } = listCandidates(durations(200), { ...settings, unitFeature: 'unit' });
    const perUnit = specs.find((entry) => entry.name === 'median-per-unit') as ModelSpec;
    expect(perUnit.settings).toEqual({ family: 'median-per-class', classFeature: 'unit' });
    expect(listCandidates(durations(200), settings).specs).not.toContainEqual(
      expect.objectContaining({ name: 'median-per-unit' }),
    );
    // The type tells nearly all: only who is told to goes by the unit.
    const unit = Int32Array.from({ length: 60 }, (_, i) => i % 3);
    const type = Int32Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const table = {
      nRows: 60,
      columns: [
        { type: 'category' as const, name: 'unit', codes: unit, categories: ['A1', 'A2', 'B1'] },
        { type: 'category' as const, name: 'type', codes: type, categories: ['short', 'long'] },
      ],
    };
    const took = Float64Array.from(type, (code, i) => 10 + 50 * code + (unit[i] as number));
    const state = async (entry: ModelSpec) => (await fitModel(entry, table, took, {}, context)).state;
    expect(await state(perUnit)).toMatchObject({ featureIndex: 0 });
    expect(await state(spec('median-per-class'))).toMatchObject({ featureIndex: 1 });
  });

  test('what the past alone says is compared when planning only, the own past by the unit', () => {
    const target = durations(200);
    const plan = listCandidates(target, { ...settings, unitFeature: 'unit', horizon: { kind: 'plan' } });
    const start = listCandidates(target, { ...settings, unitFeature: 'unit', horizon: { kind: 'start' } });
    const ofPast = plan.specs.filter((each) => !start.specs.some(({ id }) => id === each.id));
    expect(ofPast.map(({ id, settings: own }) => [id, own])).toEqual([
      ['own-past', { family: 'own-past', unitFeature: 'unit', classFeature: null }],
      ['nearest-past', { family: 'nearest-past' }],
    ]);
    expect([plan.hasHalfOwnPast, start.hasHalfOwnPast]).toEqual([true, false]);
  });

  test('the reference preset fits the reference model beside the reference predictions', () => {
    const names = listCandidates(durations(200), { ...presets.reference, seed: 1 }).specs.map(
      (entry) => entry.name,
    );
    expect(names).toEqual(['median', 'median-per-class', 'linear', 'gradient-boosting']);
  });

  test('asks of few outages what they can carry, and weights it', () => {
    expect(namesOf(19)).toEqual(['median', 'median-per-class']);
    expect(namesOf(30)).toEqual([
      'median',
      'median-per-class',
      'linear',
      'linear-log',
      'gradient-boosting-log',
      'quantile-forest',
    ]);
    expect(listCandidates(durations(199), settings).blend).toBe('weighted');
    expect(listCandidates(durations(200), settings).blend).toBe('stacked');
  });

  test('lets the linear models of few outages look away from the past', () => {
    const pastFeatures = ['unit [past-median]'];
    const withoutOf = (n: number) =>
      listCandidates(durations(n), { ...settings, pastFeatures }).specs.flatMap(({ name, settings: own }) =>
        own.family === 'ridge' ? [[name, own.without]] : [],
      );
    expect(withoutOf(59)).toEqual([
      ['linear', pastFeatures],
      ['linear-log', pastFeatures],
    ]);
    expect(withoutOf(60)).toContainEqual(['linear-log-past', []]);
    expect(withoutOf(200)).toEqual([
      ['linear', []],
      ['linear-log', []],
    ]);
  });

  test('corrects plans where enough outages have one', () => {
    const withPlan = (nPlanned: number) =>
      namesOf(300, { planFeature: 'plan', nPlanned }).filter((name) => name.startsWith('plan'));
    expect(withPlan(14)).toEqual([]);
    expect(withPlan(15)).toEqual(['plan', 'plan-per-class', 'plan-linear', 'plan-boosting']);
    expect(namesOf(30, { planFeature: 'plan', nPlanned: 30 })).not.toContain('plan-boosting');
  });
});
