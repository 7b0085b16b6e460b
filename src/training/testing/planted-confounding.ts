import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { prepareOutages } from '#data/outages.ts';
import type { Table } from '#data/table.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { doubtLever, type LeverDoubt, type LeverEvidence } from '#planning/evidence.ts';
import { measureLeverEvidence } from '../lever-evidence.ts';

/** Difficult outages are given more people, who shorten them all the same. */
export function plantConfounding(seed: number, isComplexityKnown: boolean, n = 200): Table {
  const rng = createRng(seed);
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

/** What is said of the crew of a planted table by who expects it to shorten outages, and a model that says as the outages do. */
export async function judgeCrew(
  table: Table,
): Promise<(LeverEvidence & { readonly doubt: LeverDoubt | null }) | null> {
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
