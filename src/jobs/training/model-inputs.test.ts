import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import type { Table } from '#data/table.ts';
import { describeInputs } from '#training/model-inputs.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import type { TrainingResult } from '#training/contract.ts';
import type { FormFeature } from '#inference/contract.ts';
import { createWorkbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
/** When the six years of the fleet sample have ended. */
const today = Date.UTC(2018, 0, 1);
const DAY = 86_400_000;

describe('describeInputs', () => {
  const table: Table = {
    nRows: 5,
    columns: [
      { type: 'number', name: 'pool', values: Float64Array.of(90, 10, 11, 12, NaN) },
      { type: 'category', name: 'type', codes: Int32Array.of(0, 1, 0, 0, 1), categories: ['VP', 'VD'] },
    ],
  };

  it('takes as typical an outage that exists and is like most', () => {
    const { typical } = describeInputs(
      table,
      ['pool', 'type'],
      [0, 1, 2, 3, 4],
      Float64Array.of(9, 1, 5, 90, 2),
    );
    expect(typical).toEqual([11, 'VP']);
  });

  it('takes as typical one that was announced, where that is asked for and some were', () => {
    const planned: Table = {
      nRows: 5,
      columns: [
        ...table.columns,
        { type: 'number', name: 'plan', values: Float64Array.of(NaN, NaN, NaN, NaN, 20) },
      ],
    };
    const typicalOf = (announced: string | null) =>
      describeInputs(planned, ['pool', 'type', 'plan'], [0, 1, 2, 3, 4], Float64Array.of(9, 1, 5, 90, 95), {
        announced,
      }).typical;
    expect(typicalOf('plan')[2]).not.toBeNull();
    expect(typicalOf(null)[2]).toBeNull();
    expect(typicalOf('absent')).toEqual(typicalOf(null));
  });

  it('looks only at the rows that were kept', () => {
    const { inputs, typical } = describeInputs(table, ['pool', 'type'], [0, 1], Float64Array.of(3, 4));
    expect(inputs[0]).toMatchObject({ min: 10, max: 90 });
    expect([90, 10]).toContain(typical[0]);
  });
});

describe('a model with features from dates and from the past', () => {
  const workbench = createWorkbench();
  let result: TrainingResult;
  let features: readonly FormFeature[];
  let modelText: string;
  beforeAll(async () => {
    const csv = writeCsv(generateFleet({ units: 8, years: 6, seed: 3 }), 'excel-french');
    const file = { name: 'parc.csv', bytes: new TextEncoder().encode(csv) };
    const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
    const settings = {
      ...atStartSettings,
      folds: 2,
      hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 20 },
    };
    const request = { datasetId: 'd', modelId: 'm', roles, settings, today };
    const outcome = await workbench.run('train', request, silent);
    result = outcome.result;
    ({ features } = outcome.summary);
    ({ modelText } = outcome);
  });

  it('asks for columns of the file, each once, and never for what is computed from them', () => {
    const names = features.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.includes('['))).toEqual([]);
    expect(features.filter(({ role }) => role === 'start')).toMatchObject([{ type: 'date' }]);
    expect(result.importance.columns.every(({ column }) => names.includes(column))).toBe(true);
  });

  it('predicts a past outage from its cells as it does from the file', async () => {
    const ids = { datasetId: 'd', modelId: 'm' };
    const { text } = await workbench.run(
      'export-predictions',
      { ...ids, today, dialect: 'excel-french' },
      silent,
    );
    const lines = text.split('\r\n');
    const at = lines[0]?.split(';').findIndex((name) => name.endsWith('(prédiction)')) ?? -1;
    for (const row of [0, 40, 101]) {
      const { cells } = await workbench.run('past-case', { ...ids, row, today }, silent);
      const [answer] = await workbench.run('predict', { modelId: 'm', cases: [cells] }, silent);
      expect(lines[row + 1]?.split(';')[at]).toBe(String(answer?.value).replace('.', ','));
    }
  });

  it('answers where it was trained as it does where its text is opened', async () => {
    const opened = await workbench.run('open-model', { modelId: 'text', text: modelText }, silent);
    expect(opened.features).toEqual(features);
    const answers = async (modelId: string) => {
      const ids = { datasetId: 'd', modelId, today };
      const past = await workbench.run('past-case', { ...ids, row: 40 }, silent);
      const { roles, settings } = result;
      return {
        prediction: await workbench.run('predict', { modelId, cases: [past.cells], atMost: 9 }, silent),
        explanation: await workbench.run('explain-case', { modelId, cells: past.cells }, silent),
        similar: await workbench.run('similar-cases', { ...ids, cells: past.cells }, silent),
        contributions: await workbench.run('mean-contributions', ids, silent),
        effects: await workbench.run(
          'column-effects',
          { ...ids, columns: result.inputs.slice(0, 2) },
          silent,
        ),
        curve: await workbench.run('data-curve', { ...ids, roles, settings }, silent),
        replay: await workbench.run('replay-outage', { ...ids, roles, row: 101 }, silent),
        evaluation: await workbench.run('evaluate', ids, silent),
      };
    };
    expect(await answers('m')).toEqual(await answers('text'));
  });

  it('does not warn of an outage to come, and answers it from the past it has', async () => {
    const at = features.findIndex(({ role }) => role === 'start');
    const typical = features.map((feature) => feature.typical);
    const soon = typical.map((cell, i) => (i === at ? today + 30 * DAY : cell));
    const [answer] = await workbench.run('predict', { modelId: 'm', cases: [soon] }, silent);
    expect(answer?.notes.filter(({ feature }) => feature === at)).toEqual([]);
    expect(answer?.value).toBeGreaterThan(0);
  });
});
