import type { JobContext } from '#base/job-context.ts';
import { spreadEvenly } from '#base/arrays.ts';
import { buildColumn, type CellRow } from '#data/cell.ts';
import type { Table } from '#data/table.ts';
import { defaultHyperparameters } from '#models/hyperparameters.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import type { LedgerModel } from './contract.ts';
import type { AnnouncedRows } from './feature-drift.ts';

/** How well boosting tells announced outages from learnt ones by all columns at once: ½ is not at all. */
export interface DomainSeparation {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
  readonly isDrift: boolean;
  readonly nReference: number;
  readonly nCurrent: number;
}

export const AUC_THRESHOLD = 0.6;
/** Fewer announced outages cannot be told apart by chance either. */
export const LEAST_FOR_DOMAIN = 60;
const MOST_OF_EACH = 600;
const N_FOLDS = 5;
const SEED = 1;
const boosting = {
  ...defaultHyperparameters,
  nIterations: 60,
  maxLeafNodes: 8,
  learningRate: 0.1,
  nIterNoChange: 0,
};

/** Cross-fitted: no outage is judged by a fit that saw it. Null for too few. Five fits of 60 small trees. */
export async function separateDomains(
  { columns, reference }: Pick<LedgerModel, 'columns' | 'reference'>,
  { rows }: AnnouncedRows,
  context: JobContext,
): Promise<DomainSeparation | null> {
  const used = columns.flatMap(({ isCalendar, type }, i) => (isCalendar || type === 'date' ? [] : [i]));
  if (rows.length < LEAST_FOR_DOMAIN || reference.length < LEAST_FOR_DOMAIN || used.length === 0) return null;
  const pick = (all: readonly CellRow[]) =>
    Array.from(spreadEvenly(all.length, MOST_OF_EACH), (i) => all[i] ?? []);
  const [before, now] = [pick(reference), pick(rows)];
  const all = [...before.map((cells) => ({ cells, label: 0 })), ...now.map((cells) => ({ cells, label: 1 }))];
  const table = (some: typeof all): Table => ({
    nRows: some.length,
    columns: used.map((at) =>
      buildColumn(
        columns[at]?.name ?? '',
        columns[at]?.type ?? 'number',
        some.map(({ cells }) => cells[at] ?? null),
      ),
    ),
  });
  const spec = createSpec('gradient-boosting', { seed: SEED, boosting });
  const scores: { readonly score: number; readonly label: number }[] = [];
  for (let fold = 0; fold < N_FOLDS; fold++) {
    context.onProgress({ phase: 'checking', done: fold, total: N_FOLDS });
    const learnt = all.filter((_, i) => i % N_FOLDS !== fold);
    const asked = all.filter((_, i) => i % N_FOLDS === fold);
    const target = Float64Array.from(learnt, ({ label }) => label);
    const model = await fitModel(spec, table(learnt), target, {}, context);
    const predicted = model.predict(table(asked));
    asked.forEach(({ label }, i) => scores.push({ score: predicted[i] ?? 0, label }));
  }
  const { auc, error } = computeAuc(scores);
  const [low, high] = [Math.max(0, auc - 1.645 * error), Math.min(1, auc + 1.645 * error)];
  const counts = { nReference: before.length, nCurrent: now.length };
  return { auc, low, high, isDrift: low > AUC_THRESHOLD, ...counts };
}

/** Share of pairs in the right order, ties half, and its standard error (Hanley & McNeil 1982). O(n log n). */
export function computeAuc(scores: readonly { readonly score: number; readonly label: number }[]): {
  readonly auc: number;
  readonly error: number;
} {
  const sorted = scores.toSorted((a, b) => a.score - b.score);
  const n1 = sorted.filter(({ label }) => label === 1).length;
  const n0 = sorted.length - n1;
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) if (sorted[i]?.label === 1) rankSum += rank;
    from = to;
  }
  const auc = (rankSum - (n1 * (n1 + 1)) / 2) / (n0 * n1);
  const [q1, q2] = [auc / (2 - auc), (2 * auc ** 2) / (1 + auc)];
  const variance = (auc * (1 - auc) + (n1 - 1) * (q1 - auc ** 2) + (n0 - 1) * (q2 - auc ** 2)) / (n0 * n1);
  return { auc, error: Math.sqrt(Math.max(0, variance)) };
}
