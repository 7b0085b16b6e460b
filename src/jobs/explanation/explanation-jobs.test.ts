import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateSyntheticOutages } from '#data/samples.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { correlateRanks } from '#base/rank-correlation.ts';
import { createSpec } from '#models/model-spec.ts';
import { openModelFile } from '#models/open-model-file.ts';
import { writeModelFile } from '#models/write-model-file.ts';
import { fitModel } from '#models/regressor.ts';
import type { CellRow } from '#data/cell.ts';
import { computeDataCurve } from './data-curve.ts';
import { openModel, putToWork } from '#inference/open-model.ts';
import { readDataset } from '../dataset/read-dataset.ts';
import { openTrainingSource } from '../dataset/training-source.ts';
import type { TrainRequest, TrainingResult } from '#training/contract.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { openTraining } from '#training/open-training.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 0, 1);
const ids = { datasetId: 'd', modelId: 'm', today };

/** Durations with noise of 2 days about a sum of known effects, as bytes of a file. */
const bytes = new TextEncoder().encode(
  writeCsv(generateSyntheticOutages({ rows: 400, noise: 2, seed: 5 }), 'excel-french'),
);

describe('what a model says beside its prediction', () => {
  let workbench: Workbench;
  let request: TrainRequest;
  let result: TrainingResult;
  let modelText: string;
  let typical: CellRow;

  beforeAll(async () => {
    workbench = createWorkbench();
    const file = { name: 'outages.csv', bytes };
    const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
    const settings = {
      ...atStartSettings,
      folds: 3,
      hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 40, nIterNoChange: 0 },
    };
    request = { ...ids, roles, settings };
    ({ result, modelText } = await workbench.run('train', request, silent));
    const summary = await workbench.run('open-model', { modelId: 'm', text: modelText }, silent);
    typical = summary.features.map((feature) => feature.typical);
  });

  it('gives the second opinion the very samples of the training, and none where the data have changed since', async () => {
    const asked = { ...request, testFileRows: result.test.rows };
    const samples = await workbench.run('prepare-second-opinion', asked, silent);
    expect(Array.from(samples.testRows, (position) => samples.target[position])).toEqual(result.test.actual);
    expect(samples.folds).toHaveLength(3);
    expect(result.bestErrors).toHaveLength(samples.target.length);
    const best = Math.min(...result.models.map(({ cv }) => cv.mae));
    const errors = result.bestErrors ?? [];
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeCloseTo(best, 10);
    const other = { ...asked, testFileRows: result.test.rows.slice(1) };
    await expect(workbench.run('prepare-second-opinion', other, silent)).rejects.toMatchObject({
      code: 'training-outdated',
    });
  });

  it('gives an interval that rises, and holds about as many test outages as it promises', async () => {
    const [answer] = await workbench.run('predict', { modelId: 'm', cases: [typical] }, silent);
    const { p10, p50, p80, p90 } = answer?.interval ?? {};
    const bounds = [p10, p50, p80, p90].map((bound) => (bound && isClaimed(bound) ? bound.value : NaN));
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
    expect(bounds.every(Number.isFinite)).toBe(true);
    const { actual, intervals } = result.test;
    const nInside = actual.filter((value, i) => {
      return value >= (intervals?.p10[i] ?? NaN) && value <= (intervals?.p90[i] ?? NaN);
    }).length;
    // 80 test outages at 80 %: chance alone stays within 0.67 and 0.93 (three standard deviations).
    expect(nInside / actual.length).toBeGreaterThan(0.67);
    expect(nInside / actual.length).toBeLessThan(0.93);
    expect(result.coverage?.overall.levels.p10p90.isWithin).toBe(true);
  });

  it('says how likely a duration is to be met, in agreement with the P80', async () => {
    const [plain] = await workbench.run('predict', { modelId: 'm', cases: [typical] }, silent);
    const interval = plain?.interval ?? null;
    const p80 = interval && isClaimed(interval.p80) ? interval.p80.value : NaN;
    const ask = async (atMost: number) => {
      const [answer] = await workbench.run('predict', { modelId: 'm', cases: [typical], atMost }, silent);
      return answer?.probability?.probability ?? NaN;
    };
    expect(await ask(p80)).toBeGreaterThanOrEqual(0.8);
    expect(await ask(p80 - 0.01)).toBeLessThan(0.8 + 1e-9);
    expect(await ask(0.1)).toBeLessThan(0.05);
  });

  it('explains a case by steps that sum to its prediction, and opens with the same reasons and interval elsewhere', async () => {
    const [answer] = await workbench.run('predict', { modelId: 'm', cases: [typical] }, silent);
    const explanation = await workbench.run('explain-case', { modelId: 'm', cells: typical }, silent);
    const { base, steps, rest } = explanation?.waterfall ?? { base: NaN, steps: [], rest: null };
    const sum = steps.reduce((total, { contribution }) => total + contribution, base);
    expect(sum + (rest?.contribution ?? 0)).toBeCloseTo(answer?.value ?? NaN, 6);
    const shares = (explanation?.curve?.points ?? []).map(({ probability }) => probability);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const elsewhere = createWorkbench();
    await elsewhere.run('open-model', { modelId: 'm', text: modelText }, silent);
    expect(await elsewhere.run('explain-case', { modelId: 'm', cells: typical }, silent)).toEqual(
      explanation,
    );
    const asked = { modelId: 'm', cases: [typical], atMost: 12 };
    const [again] = await elsewhere.run('predict', asked, silent);
    expect(again?.interval).toEqual(answer?.interval);
    expect(again).toEqual((await workbench.run('predict', asked, silent))[0]);
  });

  it('finds past outages like a case, never itself, and warns only of a strange one', async () => {
    const past = await workbench.run('past-case', { ...ids, row: 17 }, silent);
    const ask = { ...ids, cells: past.cells };
    const others = await workbench.run('similar-cases', ask, silent);
    expect(await workbench.run('similar-cases', { ...ask, exceptRow: 17 }, silent)).toEqual(others);
    expect(others.outages).toHaveLength(5);
    expect(others.outages.map(({ row }) => row)).not.toContain(17);
    expect(others.isOutside).toBe(false);
    const complexity = result.inputs.indexOf('Complexité');
    const cells = past.cells.map((cell, i) => (i === complexity ? 30 : cell));
    expect(await workbench.run('similar-cases', { ...ids, cells }, silent)).toMatchObject({
      isOutside: true,
      outsideBy: 'Complexité',
    });
  });

  it('tells each model’s gap to the best on the same outages', () => {
    const best = result.models.filter(({ toBest }) => toBest === null);
    expect(best).toHaveLength(1);
    const median = result.models.find(({ name }) => name === 'median');
    expect(median?.toBest?.low).toBeGreaterThan(1);
    expect(median?.toBest?.nSamples).toBe(400);
    expect(median?.toBest?.value).toBeCloseTo((median?.cv.mae ?? NaN) - (best[0]?.cv.mae ?? NaN), 9);
  });

  it('draws the effects of columns: more complexity takes longer, also beyond where most outages lie', async () => {
    const columns = ['Complexité', 'Effectif', 'Type_Maintenance'];
    const shares: number[] = [];
    const effects = await workbench.run(
      'column-effects',
      { ...ids, columns },
      {
        ...silent,
        now: (() => {
          let clock = 0;
          return () => (clock += 50);
        })(),
        onProgress: ({ overall = NaN }) => void shares.push(overall),
      },
    );
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const [complexity, pool, type] = effects;
    const { average, curves, nRows } = complexity?.dependence ?? { average: [], curves: [], nRows: 0 };
    expect((average.at(-1) ?? NaN) - (average[0] ?? NaN)).toBeGreaterThan(9);
    expect(curves).toHaveLength(40);
    expect(nRows).toBe(300);
    expect(type).toMatchObject({ usual: null, dependence: { grid: { type: 'category' } } });
    const { grid } = pool?.dependence ?? {};
    const { p5 = NaN, p95 = NaN } = pool?.usual ?? {};
    const values = grid?.type === 'number' ? Array.from(grid.values) : [];
    expect(values.filter((value) => value < p5 || value > p95).length).toBeGreaterThan(1);
    expect([values[0], values.at(-1)]).toEqual([5, 49]);
    expect(pool?.rug.length).toBe(120);
    await expect(
      workbench.run('column-effects', { ...ids, columns: ['absent'] }, silent),
    ).rejects.toMatchObject({ code: 'unknown-column' });
  });

  it('gives what each column moves in each outage of a sample, complexity first', async () => {
    const { columns, rows, nKnown } = await workbench.run('mean-contributions', ids, silent);
    expect(nKnown).toBe(400);
    expect(columns).toHaveLength(4);
    const [first] = columns;
    expect(first?.column).toBe('Complexité');
    const sizes = Array.from(first?.values ?? [], Math.abs);
    expect(first?.mean).toBeCloseTo(sizes.reduce((sum, size) => sum + size, 0) / rows.length, 9);
    // Each share stands beside the cell it comes from: more complexity, more days.
    const cells = first?.cells.type === 'number' ? first.cells.values : new Float64Array(0);
    expect(cells).toHaveLength(rows.length);
    expect(correlateRanks(cells, first?.values ?? new Float64Array(0))).toBeGreaterThan(0.9);
    const past = await workbench.run('past-case', { ...ids, row: rows[5] ?? -1 }, silent);
    expect(past.cells).toContain(cells[5]);
  });

  it('learns more from more outages, and ends with what there is when it is stopped', async () => {
    const { points, nTest } = await workbench.run('data-curve', request, silent);
    expect(nTest).toBe(80);
    expect(points.map(({ nOutages }) => nOutages)).toEqual([32, 64, 112, 160, 224, 320]);
    expect(points.at(-1)?.mae).toBeLessThan(points[0]?.mae ?? NaN);
    expect(points.at(-1)?.mae).toBeLessThan(points.at(-1)?.medianMae ?? NaN);
    const stop = { aborted: false };
    const stopped = await workbench.run('data-curve', request, {
      ...silent,
      stop,
      onProgress: ({ done }) => (stop.aborted ||= done >= 2),
    });
    expect(stopped.points).toHaveLength(2);
  });

  it('fits a blend again from what its file tells of it, and the same where it was fitted', async () => {
    const dataset = await readDataset(
      { datasetId: 'd', file: { name: 'o.csv', bytes }, overrides: {} },
      silent,
    );
    const { outages } = openTraining(openTrainingSource(dataset, request), request).set;
    const member = (name: 'linear' | 'median-per-class') => ({ weight: 0.5, spec: createSpec(name) });
    const blend = createSpec('blend', { members: [member('linear'), member('median-per-class')] });
    const fitted = await fitModel(blend, outages.features, outages.target, {}, silent);
    const { description } = openModelFile(modelText);
    const { text, hash } = writeModelFile(fitted, description, outages.features);
    const open = openModel('b', text);
    const { points } = await computeDataCurve(open, dataset, request, silent);
    const left = putToWork('b', { model: fitted, description, hash });
    expect((await computeDataCurve(left, dataset, request, silent)).points).toEqual(points);
    const median = points.at(-1)?.medianMae ?? NaN;
    expect(points.at(-1)?.mae).toBeLessThan(0.8 * median);
  });
});
