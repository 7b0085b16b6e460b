import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { atStart } from '#data/known-when.ts';
import type { OutageSet } from '#data/outages.ts';
import { splitFolds, splitTestRows } from '#training/row-split.ts';
import type { ResolvedSettings, SplitSettings } from '#training/contract.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { createWorkbench } from '../workbench.ts';

const N = 240;
const set = {
  rows: Int32Array.from({ length: N }, (_, i) => i),
  target: Float64Array.from({ length: N }, (_, i) => ((i * 37) % N) + 1),
  start: Float64Array.from({ length: N }, (_, i) => i),
  groups: [
    {
      type: 'category',
      name: 'Site',
      codes: Int32Array.from({ length: N }, (_, i) => i % 4),
      categories: ['A', 'B', 'C', 'D'],
    },
  ],
  underWay: { rows: new Int32Array(0) },
} as unknown as OutageSet;

function settings(split: SplitSettings, more: Partial<ResolvedSettings> = {}): ResolvedSettings {
  return { ...atStartSettings, ...more, split };
}

describe('the ways to part outages', () => {
  it('repeat random and stratified folds, and nothing else', () => {
    const count = (split: SplitSettings) => splitFolds(set, settings(split, { repeats: 3 }), atStart).length;
    expect(count({ kind: 'random', testShare: 0.2 })).toBe(15);
    expect(count({ kind: 'stratified', testShare: 0.2 })).toBe(15);
    expect(count({ kind: 'time', testShare: 0.2 })).toBe(5);
    // Four sites make four folds.
    expect(count({ kind: 'group', testShare: 0.2, column: 'Site' })).toBe(4);
  });

  it('draw few outages five times over, even where the test outages are the most recent', () => {
    const few = { ...set, rows: set.rows.subarray(0, 199), target: set.target.subarray(0, 199) };
    for (const kind of ['random', 'time'] as const) {
      expect(splitFolds(few, settings({ kind, testShare: 0.2 }), atStart)).toHaveLength(25);
    }
    expect(splitFolds(few, settings({ kind: 'stratified', testShare: 0.2 }), atStart)).toHaveLength(5);
  });

  it('keep whole groups apart, in the test as in the folds', () => {
    const split = { kind: 'group', testShare: 0.2, column: 'Site' } as const;
    const { testRows, trainRows } = splitTestRows(set, settings(split), atStart);
    const sites = (rows: Int32Array) => new Set(Array.from(rows, (row) => row % 4));
    expect([...sites(testRows)].filter((site) => sites(trainRows).has(site))).toEqual([]);
    for (const fold of splitFolds(set, settings(split), atStart)) {
      expect([...sites(fold.testRows)].filter((site) => sites(fold.trainRows).has(site))).toEqual([]);
    }
  });

  it('name a column that groups nothing, and a start that is not there', () => {
    const unknown = settings({ kind: 'group', testShare: 0.2, column: 'Unité' });
    expect(() => splitTestRows(set, unknown, atStart)).toThrow(
      expect.objectContaining({ code: 'unknown-column', details: { column: 'Unité', columns: ['Site'] } }),
    );
    const undated = { ...set, start: null };
    expect(() => splitTestRows(undated, settings({ kind: 'time', testShare: 0.2 }), atStart)).toThrow(
      expect.objectContaining({ code: 'invalid-setting' }),
    );
  });
});

it('trains on repeated folds, and on whole units kept apart, and says more of each score', async () => {
  const silent = createSilentContext(() => performance.now());
  const workbench = createWorkbench();
  const sample = { kind: 'fleet', units: 6, years: 12, seed: 4 } as const;
  const { text } = await workbench.run('generate-sample', { sample, dialect: 'international' }, silent);
  const file = { name: 'fleet.csv', bytes: new TextEncoder().encode(text) };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
  const hyperparameters = { ...atStartSettings.hyperparameters, nIterations: 10, nIterNoChange: 0 };
  const train = async (split: SplitSettings, repeats: number) => {
    const own = settings(split, { folds: 2, repeats, hyperparameters });
    const request = { datasetId: 'd', modelId: 'm', today: Date.UTC(2026, 0, 1), roles, settings: own };
    return (await workbench.run('train', request, silent)).result;
  };
  const twice = await train({ kind: 'stratified', testShare: 0.2 }, 2);
  expect(twice.isStopped).toBe(false);
  expect(twice.coverage?.overall.n).toBe(twice.rows.kept);
  const column = roles.find(({ role }) => role === 'group')?.column ?? '';
  const apart = await train({ kind: 'group', testShare: 0.3, column }, 1);
  expect(apart.rows.test).toBeGreaterThan(0);

  const chosen = twice.models.find(({ name }) => name === twice.chosen);
  const { details, test } = chosen ?? {};
  expect(details?.mae.value).toBeCloseTo(test?.mae ?? NaN, 12);
  expect(details?.mae.low).toBeLessThan(details?.mae.value ?? NaN);
  expect(details?.rmse.high).toBeGreaterThan(details?.rmse.value ?? NaN);
  const errors = twice.test.actual.map((actual, i) => actual - (twice.test.predicted[i] ?? NaN));
  expect(details?.shareLate).toBeCloseTo(errors.filter((error) => error > 0).length / errors.length, 12);
  expect(details?.p80).toBeLessThanOrEqual(details?.p90 ?? NaN);
});
