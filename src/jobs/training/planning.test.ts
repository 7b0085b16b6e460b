import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import type { Table } from '#data/table.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { createWorkbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const today = Date.UTC(2026, 0, 1);

const settings: TrainingSettings = {
  ...defaultTrainingSettings,
  folds: 3,
  horizon: { kind: 'plan', leadDays: null },
  split: { kind: 'time', testShare: 0.2 },
  hyperparameters: { ...defaultTrainingSettings.hyperparameters, nIterations: 15 },
};

async function train(bytes: Uint8Array, more: Partial<TrainingSettings> = {}) {
  const workbench = createWorkbench();
  const file = { name: 'f.csv', bytes };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
  const preparation = await workbench.run('prepare', { datasetId: 'd', roles, today }, silent);
  const request = { datasetId: 'd', modelId: 'm', roles, settings: { ...settings, ...more }, today };
  return { workbench, preparation, ...(await workbench.run('train', request, silent)) };
}

const toBytes = (table: Table) => new TextEncoder().encode(writeCsv(table, 'international'));
const fleet = generateFleet({ units: 8, years: 8, seed: 5 });
/** Trained once. */
let ofFleet: ReturnType<typeof train> | undefined;
const trainOnFleet = () => (ofFleet ??= train(toBytes(fleet)));

/** The fleet with every cause made another one: known only once the outage has begun. */
const otherCauses: Table = {
  ...fleet,
  columns: fleet.columns.map((column) =>
    column.type === 'category' && column.name === 'Cause'
      ? { ...column, codes: column.codes.map((code) => (code + 2) % column.categories.length) }
      : column,
  ),
};

describe('training for planning', () => {
  it('is told beforehand what it leaves out, and gives the same bytes whatever is known only at the start', async () => {
    const [a, b] = [await trainOnFleet(), await train(toBytes(otherCauses))];
    expect(a.preparation.planning).toEqual({ leadDays: 180, knownLater: ['Cause'] });
    expect(a.result).toMatchObject({ horizon: { kind: 'plan', leadDays: 180 }, knownLater: ['Cause'] });
    expect(b.modelText).toBe(a.modelText);
    expect(a.summary.features.map(({ name }) => name)).not.toContain('Cause');
    expect(a.summary.horizon).toEqual({ kind: 'plan', leadDays: 180 });
    expect(a.result.models.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['plan-per-class', 'linear-log-past']),
    );
  });

  it('keeps the past away that was not known by then: the last training outages are over a lead before the test ones', async () => {
    const { result } = await trainOnFleet();
    const { train: nTrain, test, kept } = result.rows;
    expect(nTrain + test).toBeLessThan(kept);
    expect(result.pastFeatures.length).toBeGreaterThan(4);
    expect(result.warnings.map(({ code }) => code)).not.toContain('rows-without-start');
  });

  it('answers the same after its file is opened elsewhere, with the facts of the unit beside it', async () => {
    const { workbench, modelText, summary } = await trainOnFleet();
    const elsewhere = createWorkbench();
    await elsewhere.run('open-model', { modelId: 'm', text: modelText }, silent);
    const cases = [summary.features.map(({ typical }) => typical)];
    const [answer] = await workbench.run('predict', { modelId: 'm', cases }, silent);
    expect(await elsewhere.run('predict', { modelId: 'm', cases }, silent)).toEqual([answer]);
    expect(answer?.past[0]).toMatchObject({ column: 'Tranche' });
  });

  it('is refused without start dates, and for an absurd lead', async () => {
    const undated = { ...fleet, columns: fleet.columns.filter(({ type }) => type !== 'date') };
    await expect(
      train(toBytes(undated), { split: { kind: 'random', testShare: 0.2 } }),
    ).rejects.toMatchObject({ code: 'invalid-setting', details: { name: 'horizon' } });
    await expect(train(toBytes(fleet), { horizon: { kind: 'plan', leadDays: -1 } })).rejects.toMatchObject({
      code: 'invalid-setting',
      details: { name: 'leadDays' },
    });
  });
});
