import { beforeAll, describe, expect, it } from 'vitest';
import { type JobContext, createSilentContext } from '#base/job-context.ts';
import type { TrainingResult } from '#training/contract.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 0, 1);

describe('a past outage replayed', () => {
  let workbench: Workbench;
  let result: TrainingResult;
  const replay = (row: number, context: JobContext = silent) =>
    workbench.run(
      'replay-outage',
      { datasetId: 'd', modelId: 'm', row, roles: result.roles, today },
      context,
    );

  beforeAll(async () => {
    workbench = createWorkbench();
    const sample = { kind: 'fleet', units: 6, years: 12, seed: 4 } as const;
    const { text } = await workbench.run('generate-sample', { sample, dialect: 'international' }, silent);
    const file = { name: 'fleet.csv', bytes: new TextEncoder().encode(text) };
    const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
    const { hyperparameters } = atStartSettings;
    const settings = {
      ...atStartSettings,
      folds: 2,
      hyperparameters: { ...hyperparameters, nIterations: 10, nIterNoChange: 0 },
    };
    const request = { datasetId: 'd', modelId: 'm', today, roles, settings };
    const trained = await workbench.run('train', request, silent);
    ({ result } = trained);
    await workbench.run('open-model', { modelId: 'm', text: trained.modelText }, silent);
  });

  /** Test rows from the earliest to the latest. */
  const rowsByStart = () =>
    result.test.rows.toSorted((a, b) => {
      const startOf = (row: number) => result.test.starts?.[result.test.rows.indexOf(row)] ?? NaN;
      return startOf(a) - startOf(b);
    });

  it('knows more outages the later it began, and what it really took', async () => {
    const rows = rowsByStart();
    const [middle, last] = [rows[Math.floor(rows.length / 2)] ?? -1, rows.at(-1) ?? -1];
    const [earlier, later] = [await replay(middle), await replay(last)];
    expect(earlier.nKnown).toBeLessThan(later.nKnown);
    expect(earlier.knownAt).toBeLessThan(later.knownAt);
    expect(earlier.actual).toBe(result.test.actual[result.test.rows.indexOf(middle)]);
    expect(later.nKnown).toBeLessThan(result.rows.kept);
    expect(later.predicted).toBeGreaterThan(0);
    expect(later.interval.p50).toHaveProperty('value');
  });

  it('says how far it is, never backwards, and ends when it is cancelled', async () => {
    const row = rowsByStart().at(-1) ?? -1;
    const shares: number[] = [];
    let clock = 0;
    const watched = { ...silent, now: () => (clock += 50) };
    await replay(row, { ...watched, onProgress: ({ overall = NaN }) => void shares.push(overall) });
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const signal = { aborted: false };
    const cancelled = replay(row, { ...watched, signal, onProgress: () => (signal.aborted = true) });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('is refused where hardly any outage was over, and for a row that is none', async () => {
    const starts = result.test.starts ?? [];
    expect(starts.every(Number.isFinite)).toBe(true);
    const page = await workbench.run(
      'table-page',
      { datasetId: 'd', from: 0, count: 1, sort: { column: 'Date de début', descending: false } },
      silent,
    );
    await expect(replay(page.rowIndices[0] ?? -1)).rejects.toMatchObject({ code: 'too-few-rows' });
    await expect(replay(99_999)).rejects.toMatchObject({ code: 'invalid-setting' });
  });
});
