import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { foreseeBasis } from '#training/default-basis.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { createWorkbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 0, 1);
const settings: TrainingSettings = {
  ...defaultTrainingSettings,
  hyperparameters: { ...defaultTrainingSettings.hyperparameters, nIterations: 3, minSamplesLeaf: 2 },
};

async function train(text: string, more: Partial<TrainingSettings> = {}) {
  const workbench = createWorkbench();
  const file = { name: 'f.csv', bytes: new TextEncoder().encode(text) };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
  const { defaults } = await workbench.run('prepare', { datasetId: 'd', roles, today }, silent);
  const own = { ...settings, ...more };
  const request = { datasetId: 'd', modelId: 'm', roles, settings: own, today };
  const { result } = await workbench.run('train', request, silent);
  return { workbench, request, defaults, foreseen: foreseeBasis(own, defaults), result };
}

/** Outages of two units, a crew and a load; `dayOf` says when each begins, null that nobody knows. */
function write(n: number, dayOf: (i: number) => number | null, columns = 'unit,crew,load'): string {
  const lines = Array.from({ length: n }, (_, i) => {
    const day = dayOf(i);
    const start = day === null ? '' : new Date(Date.UTC(2015, 0, 1 + day)).toISOString().slice(0, 10);
    const cells = { unit: `T${i % 2}`, crew: String((i * 13) % 7), load: String((i * 29) % 11) };
    const own = columns.split(',').map((name) => cells[name as keyof typeof cells]);
    return [...own, start, 5 + ((i * 37) % 23)].join(',');
  });
  return [`${columns},start date,duration (days)`, ...lines].join('\n');
}

describe('a training with nothing set', () => {
  it('plans and is judged on the latest outages where there are dates, and gives that back resolved', async () => {
    const { result, foreseen, workbench, request } = await train(write(80, (i) => 30 * i));
    expect(result.basis).toEqual({ horizon: 'near', split: 'dated' });
    expect(result.settings).toMatchObject({
      horizon: { kind: 'plan', leadDays: 180 },
      split: { kind: 'time', testShare: 0.2 },
    });
    expect(foreseen).toEqual({ horizon: 'plan', split: 'time' });
    expect(result.knownLater).toEqual(['load']);
    const { starts } = result.test;
    expect(starts).toHaveLength(16);
    expect(Math.min(...(starts ?? []))).toBe(Date.UTC(2015, 0, 1 + 30 * 64));
    // What is fitted anew beside it learns from the same outages.
    const again = { ...request, settings: result.settings, testFileRows: result.test.rows };
    const samples = await workbench.run('prepare-second-opinion', again, silent);
    expect(samples.trainRows).toHaveLength(result.rows.train);
    const curve = await workbench.run('data-curve', again, silent);
    expect(curve.points.at(-1)?.nOutages).toBe(result.rows.train);
  });

  it('draws at random and rests on all there is where there are no dates', async () => {
    const text = write(60, () => null).replaceAll(/,start date|,(?=,)/gu, '');
    const { result, foreseen } = await train(text);
    expect(result.basis).toEqual({ horizon: 'no-start', split: 'undated' });
    expect(result.settings).toMatchObject({ horizon: { kind: 'start' }, split: { kind: 'random' } });
    expect(foreseen).toEqual({ horizon: 'start', split: 'random' });
  });

  it.each([
    ['all starts are equal', 60, () => 0, 'random'],
    ['there are two dates', 60, (i: number) => (i % 2) * 400, 'random'],
    ['most starts are missing', 60, (i: number) => (i % 3 === 0 ? 30 * i : null), 'random'],
    ['ten outages are all there is', 10, (i: number) => 90 * i, 'random'],
    ['twenty-four are', 24, (i: number) => 40 * i, 'time'],
    ['all began within three days', 60, (i: number) => i % 3, 'random'],
    ['a third of the starts is missing', 90, (i: number) => (i % 3 === 0 ? null : 20 * i), 'time'],
  ] as const)('trains where %s, as was foreseen', async (_name, n, dayOf, split) => {
    const { result, foreseen } = await train(write(n, dayOf));
    expect(result.settings.split.kind).toBe(split);
    expect(foreseen).toEqual({ horizon: result.horizon.kind, split });
    // Never planned without judging by time.
    expect(result.horizon.kind === 'plan' && split !== 'time').toBe(false);
    expect(result.rows.train).toBeGreaterThanOrEqual(8);
  });

  it('answers at the start, and says so, where too few outages were over a lead before', async () => {
    const { result, foreseen } = await train(write(22, (i) => 40 * i));
    expect(result.horizon).toEqual({ kind: 'start' });
    expect(result.basis).toEqual({ horizon: 'too-few-before', split: 'dated' });
    expect(foreseen).toEqual({ horizon: 'start', split: 'time' });
  });

  it('leaves alone what a person chose', async () => {
    const { result } = await train(
      write(80, (i) => 30 * i),
      {
        horizon: { kind: 'start' },
        split: { kind: 'random', testShare: 0.3 },
      },
    );
    expect(result.basis).toEqual({ horizon: 'asked', split: 'asked' });
    expect(result.settings).toMatchObject({
      horizon: { kind: 'start' },
      split: { kind: 'random', testShare: 0.3 },
    });
    expect(result.knownLater).toEqual([]);
  });

  it('plans for the fleet sample', async () => {
    const { result } = await train(writeCsv(generateFleet({ units: 6, years: 8, seed: 2 }), 'international'));
    expect(result).toMatchObject({ horizon: { kind: 'plan', leadDays: 180 }, knownLater: ['Cause'] });
  });
});
