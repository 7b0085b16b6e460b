import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { prepareOutages } from '#data/outages.ts';
import type { Table } from '#data/table.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { doubtLever } from '#planning/evidence.ts';
import { measureLeverEvidence } from './lever-evidence.ts';

/** Difficult outages are given more people, who shorten them all the same. */
function plant(seed: number, isComplexityKnown: boolean): Table {
  const rng = createRng(seed);
  const n = 200;
  const complexity = Float64Array.from({ length: n }, () => 1 + rng.nextBelow(9));
  const crew = complexity.map((value) => Math.round(10 + 4 * value + 5 * rng.nextNormal()));
  const duration = complexity.map((value, i) => 20 + 4 * value - 0.3 * (crew[i] ?? 0) + 2 * rng.nextNormal());
  const season = Float64Array.from({ length: n }, () => rng.nextFloat());
  return {
    nRows: n,
    columns: [
      { type: 'number', name: 'crew', values: crew },
      { type: 'number', name: 'season', values: season },
      ...(isComplexityKnown ? [{ type: 'number', name: 'complexity', values: complexity } as const] : []),
      { type: 'number', name: 'duration', values: duration },
    ],
  };
}

async function judge(table: Table) {
  const roles = table.columns.map(({ name }) => ({
    column: name,
    role: name === 'duration' ? ('target' as const) : ('context' as const),
    reason: 'default' as const,
  }));
  const outages = prepareOutages(table, roles, { now: 0, unit: 'day' });
  const open = { description: { origins: outages.featureOrigins }, history: null } as unknown as ModelAtWork;
  const evidence = await measureLeverEvidence(open, { table, outages }, 'crew', createSilentContext());
  return evidence && { ...evidence, doubt: doubtLever(evidence, 'shortens', evidence.slope) };
}

describe('what outages alike say of a lever', () => {
  const worlds = Array.from({ length: 12 }, (_, i) => i + 1);

  it('turns against what is expected where who assigned it saw what the file does not hold', async () => {
    const judged = await Promise.all(worlds.map((seed) => judge(plant(seed, false))));
    expect(judged.filter((each) => each?.doubt === 'against-expected').length).toBeGreaterThanOrEqual(11);
  }, 60_000);

  it('finds the planted effect where the file holds it', async () => {
    const judged = await Promise.all(worlds.map((seed) => judge(plant(seed, true))));
    expect(judged.filter((each) => each?.doubt === null).length).toBeGreaterThanOrEqual(11);
    const slopes = judged.map((each) => each?.slope ?? NaN);
    expect(slopes.reduce((sum, each) => sum + each, 0) / slopes.length).toBeCloseTo(-0.3, 1);
  }, 60_000);
});
