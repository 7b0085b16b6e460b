import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import { findColumn } from '#data/table.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { OutageRequest } from '#training/contract.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const DIALECT = 'international';

/** A fleet of which the outages of the last year are not over yet: they are set aside. */
const fleet = generateFleet({ units: 6, years: 6, seed: 3 });
const column = (name: string) => {
  const found = findColumn(fleet, name);
  if (found?.type !== 'date') throw new Error(`no dates in ${name}`);
  return found.values;
};
const startName = fleet.columns.find(({ type }) => type === 'date')?.name ?? '';
const endName = fleet.columns.findLast(({ type }) => type === 'date')?.name ?? '';
const today = column(startName).toSorted().at(-20) ?? NaN;

describe('the outages that a model has learnt', () => {
  let workbench: Workbench;
  let modelText: string;
  let summary: ModelSummary;
  let asked: OutageRequest;
  const ids = { datasetId: 'd', modelId: 'm' };
  const isKept = Array.from(column(endName), (end) => end <= today);
  const learntRow = 10;
  const laterRow = isKept.lastIndexOf(false);

  beforeAll(async () => {
    workbench = createWorkbench();
    const file = { name: 'f.csv', bytes: new TextEncoder().encode(writeCsv(fleet, DIALECT)) };
    const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
    const { hyperparameters } = defaultTrainingSettings;
    const settings = {
      ...defaultTrainingSettings,
      folds: 2,
      horizon: { kind: 'start' } as const,
      split: { kind: 'random', testShare: 0.2 } as const,
      hyperparameters: { ...hyperparameters, nIterations: 10, nIterNoChange: 0 },
    };
    asked = { roles, today };
    ({ modelText, summary } = await workbench.run('train', { ...ids, ...asked, settings }, silent));
  });

  const caseOf = async (row: number) =>
    (await workbench.run('past-case', { ...ids, row, today }, silent)).cells;
  const ask = async (cells: Awaited<ReturnType<typeof caseOf>>) =>
    (await workbench.run('predict', { modelId: 'm', cases: [cells] }, silent))[0];

  it('are known again, or nearly, by the model’s file alone; those that were set aside are none of them', async () => {
    expect(isKept[learntRow]).toBe(true);
    const elsewhere = createWorkbench();
    await elsewhere.run('open-model', { modelId: 'm', text: modelText }, silent);
    const learnt = await caseOf(learntRow);
    const position = summary.features.findIndex(({ role }) => role === 'start');
    const moved = (days: number) =>
      learnt.map((cell, i) => (i === position ? Number(cell) + days * MS_PER_DAY : cell));
    const cases = [learnt, moved(0.5), moved(4000), await caseOf(laterRow)];
    const answers = await elsewhere.run('predict', { modelId: 'm', cases }, silent);
    expect(answers.map((answer) => answer.learnt)).toEqual(['yes', 'yes', 'no', 'no']);
  });

  it('are answered by a fit without them; one that was set aside needs none', async () => {
    const request = { ...ids, ...asked, row: learntRow, atMost: 20 };
    const unseen = await workbench.run('unseen-answer', request, silent);
    expect(unseen?.prediction).toMatchObject({ isUnseen: true, learnt: 'yes' });
    const seen = await ask(await caseOf(learntRow));
    expect(unseen?.prediction.value).not.toBe(seen?.value);
    const p80 = unseen?.prediction.interval?.p80;
    expect(p80 && isClaimed(p80)).toBe(true);
    expect(unseen?.prediction.probability?.probability).toBeGreaterThan(0);

    expect(await workbench.run('unseen-answer', { ...request, row: laterRow }, silent)).toBeNull();
  });

  it('are marked in the export, and no row that was set aside is', async () => {
    const marks = async (isTrainingData: boolean) => {
      const request = { ...ids, today, isTrainingData, dialect: DIALECT } as const;
      const { text, nLearnt } = await workbench.run('export-predictions', request, silent);
      const lines = text.trim().split('\r\n');
      expect(lines[0]?.split(',').at(-1)).toBe('learnt');
      return { nLearnt, marks: lines.slice(1).map((line) => line.split(',').at(-1)) };
    };
    const expected = isKept.map((kept) => (kept ? 'yes' : 'no'));
    const byFile = await marks(false);
    expect(byFile.marks).toEqual(expected);
    expect(byFile.nLearnt).toBe(isKept.filter(Boolean).length);
    expect(await marks(true)).toEqual(byFile);
  });

  it('are not like themselves', async () => {
    const cells = await caseOf(learntRow);
    const similar = await workbench.run('similar-cases', { ...ids, today, cells }, silent);
    expect(similar.nSame).toBeGreaterThan(0);
    expect(similar.outages.map(({ row }) => row)).not.toContain(learntRow);
  });
});
