import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { mean } from '#base/statistics.ts';
import type { Table } from '#data/table.ts';
import type { ModelName } from './model-catalogue.ts';
import { createSpec } from './model-spec.ts';
import { fitModel } from './regressor.ts';

const context = createSilentContext();
const overrunOf = [1.05, 1.4];

/** Plans that each class overruns by its own factor; every fifth outage has none, and takes 4 days. */
function plantPlans(nRows: number, seed: number): { table: Table; actual: Float64Array } {
  const rng = createRng(seed);
  const codes = Int32Array.from({ length: nRows }, () => rng.nextBelow(2));
  const plan = Float64Array.from(codes, (code) => (code === 0 ? 20 : 60) + rng.nextBelow(20));
  const actual = plan.map((days, row) =>
    row % 5 === 0
      ? 4 * Math.exp(0.1 * rng.nextNormal())
      : days * (overrunOf[codes[row] ?? 0] ?? 1) * Math.exp(0.03 * rng.nextNormal()),
  );
  const values = plan.map((days, row) => (row % 5 === 0 ? (row % 10 === 0 ? NaN : 0) : days));
  return {
    table: {
      nRows,
      columns: [
        { type: 'category', name: 'Type', codes, categories: ['ASR', 'VD'] },
        { type: 'number', name: 'Prévu', values },
      ],
    },
    actual,
  };
}

async function measureError(name: ModelName, nRows: number, rows: (row: number) => boolean): Promise<number> {
  const { table, actual } = plantPlans(nRows, 1);
  const fresh = plantPlans(500, 2);
  const spec = createSpec(name, { planFeature: 'Prévu', boosting: { nIterations: 60 } });
  const { predict } = await fitModel(spec, table, actual, {}, context);
  const errors = predict(fresh.table).map((value, row) => Math.abs(value - (fresh.actual[row] ?? NaN)));
  return mean(errors.filter((_, row) => rows(row)));
}

const isPlanned = (row: number) => row % 5 !== 0;

describe('a corrected plan', () => {
  test('knows by how much each class overruns, from few outages', async () => {
    const asItIs = await measureError('plan', 40, isPlanned);
    expect(asItIs).toBeGreaterThan(10);
    expect(await measureError('plan-per-class', 40, isPlanned)).toBeLessThan(asItIs / 3);
    expect(await measureError('plan-linear', 40, isPlanned)).toBeLessThan(asItIs / 3);
    expect(await measureError('plan-boosting', 200, isPlanned)).toBeLessThan(asItIs / 3);
  });

  test.each(['plan', 'plan-per-class', 'plan-linear', 'plan-boosting'] as const)(
    '%s: outages without a plan, or with one of no length, are answered from those like them',
    async (name) => {
      expect(await measureError(name, 200, (row) => !isPlanned(row))).toBeLessThan(1.5);
    },
  );

  test('takes the plan as it is where it is told to', async () => {
    const { table, actual } = plantPlans(40, 3);
    const { predict } = await fitModel(
      createSpec('plan', { planFeature: 'Prévu' }),
      table,
      actual,
      {},
      context,
    );
    const plan = table.columns[1]?.type === 'number' ? table.columns[1].values : new Float64Array();
    const gaps = predict(table).map((value, row) => (isPlanned(row) ? value - (plan[row] ?? NaN) : 0));
    expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1e-9);
  });
});
