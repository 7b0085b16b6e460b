import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { generateFleet } from '#data/fleet-sample.ts';
import type { Table } from '#data/table.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { buildDefaultCase, changeCell } from '#inference/default-case.ts';
import { findContradictions } from '#inference/dependent-inputs.ts';
import { findHeadline } from '#inference/headline.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { createWorkbench } from '../workbench.ts';

const silent = createSilentContext(() => performance.now());
const french = new URL('../../../../shared/data/arrets_tranche_2011_2023.csv', import.meta.url);

const settings: TrainingSettings = {
  ...defaultTrainingSettings,
  folds: 2,
  horizon: { kind: 'plan', leadDays: null },
  split: { kind: 'time', testShare: 0.2 },
  hyperparameters: { ...defaultTrainingSettings.hyperparameters, nIterations: 15 },
};

async function train(bytes: Uint8Array, today: number, more: Partial<TrainingSettings> = {}) {
  const workbench = createWorkbench();
  const file = { name: 'f.csv', bytes };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, silent);
  const request = { datasetId: 'd', modelId: 'm', roles, settings: { ...settings, ...more }, today };
  return { workbench, ...(await workbench.run('train', request, silent)) };
}

const toBytes = (table: Table) => new TextEncoder().encode(writeCsv(table, 'international'));

describe('the outage to come', () => {
  const fleet = generateFleet({ units: 8, years: 8, seed: 5 });
  const today = Date.UTC(2020, 5, 1);

  it('is answered the same from a file with its columns in another order and an empty one more', async () => {
    const rng = createRng(4);
    const order = fleet.columns
      .map((column) => ({ column, key: rng.nextNormal() }))
      .sort((a, b) => a.key - b.key);
    const empty = {
      type: 'category',
      name: 'Vide',
      codes: new Int32Array(fleet.nRows).fill(-1),
      categories: [],
    } as const;
    const other: Table = { ...fleet, columns: [...order.map(({ column }) => column), empty] };
    const a = await train(toBytes(fleet), today);
    const caseOf = (cells: readonly unknown[], names: readonly string[]) =>
      Object.fromEntries(names.map((name, i) => [name, cells[i]]));
    const namesOf = ({ summary }: typeof a) => summary.features.map(({ name }) => name);
    const first = buildDefaultCase({ ...a.summary, today });
    const b = await train(toBytes(other), today);
    const second = buildDefaultCase({ ...b.summary, today });
    expect(caseOf(second, namesOf(b))).toEqual(caseOf(first, namesOf(a)));
    const answerOf = async ({ workbench }: typeof a, cells: typeof first) => {
      const [answer] = await workbench.run('predict', { modelId: 'm', cases: [cells] }, silent);
      return answer && { value: answer.value, interval: answer.interval };
    };
    expect(await answerOf(b, second)).toEqual(await answerOf(a, first));
    expect(findContradictions(a.summary.features, first)).toEqual([]);

    const exportOf = async (bytes: Uint8Array) => {
      await a.workbench.run(
        'read-dataset',
        { datasetId: 'x', file: { name: 'x.csv', bytes }, overrides: {} },
        silent,
      );
      const asked = { datasetId: 'x', modelId: 'm', dialect: 'international', today } as const;
      const { text } = await a.workbench.run('export-predictions', asked, silent);
      const [header = '', ...lines] = text.split('\r\n');
      const at = header.split(',').findIndex((name) => name.endsWith('(P80)'));
      return lines.map((line) => line.split(',').at(at - header.split(',').length));
    };
    expect(await exportOf(toBytes(other))).toEqual(await exportOf(toBytes(fleet)));
  });
});

describe.skipIf(!existsSync(french))('planning the French shutdowns (skipped without ../shared/data)', () => {
  const today = Date.UTC(2024, 0, 15);
  let trained: Awaited<ReturnType<typeof train>>;
  beforeAll(async () => {
    const { hyperparameters } = defaultTrainingSettings;
    trained = await train(new Uint8Array(readFileSync(french)), today, { folds: 5, hyperparameters });
  }, 300_000);

  it('beats the median by time, 180 days ahead, and its intervals hold', () => {
    const { result } = trained;
    const errorOf = (name: string) => result.models.find((model) => model.name === name)?.cv.mae ?? NaN;
    // On the older outages, of a milder time; on all, by the command line, 29.0 against 30.7 (docs/decisions/0016).
    expect(errorOf(result.chosen)).toBeLessThan(errorOf('median') - 0.1);
    expect(errorOf(result.chosen)).toBeLessThan(errorOf('median-per-unit'));
    const { p80, p10p90 } = result.coverage?.overall.levels ?? {};
    expect(p80?.empirical).toBeGreaterThan(0.76);
    expect(p80?.empirical).toBeLessThan(0.86);
    expect(p10p90?.empirical).toBeGreaterThan(0.77);
    expect(p10p90?.empirical).toBeLessThan(0.85);
  });

  it('answers for each of the 58 units within what it or its class has ever done, without contradictions', async () => {
    const { workbench, summary } = trained;
    const asking = { ...summary, today };
    const first = buildDefaultCase(asking);
    const position = summary.features.findIndex(({ name }) => name === 'tranche');
    const start = summary.features.findIndex(({ role }) => role === 'start');
    const unit = summary.features[position];
    if (unit?.type !== 'category') throw new Error('no unit');
    expect(unit.categories).toHaveLength(58);
    const cases = unit.categories.map((label) =>
      changeCell(asking, first, position, label, new Set([position])),
    );
    for (const cells of cases) {
      expect(cells[start]).toBeGreaterThanOrEqual(today + 180 * MS_PER_DAY);
      expect(findContradictions(summary.features, cells)).toEqual([]);
    }
    const answers = await workbench.run('predict', { modelId: 'm', cases }, silent);
    for (const answer of answers) {
      expect(answer.interval && isClaimed(answer.interval.p50)).toBe(true);
      const { value } = findHeadline(answer);
      const isSeen = answer.past.some(
        ({ durations }) => value >= Math.min(...durations) && value <= Math.max(...durations),
      );
      expect(isSeen).toBe(true);
    }
  });
});
