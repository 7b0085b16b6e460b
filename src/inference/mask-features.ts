import type { HistoryPlan } from '#data/history/history-plan.ts';
import type { ModelAtWork } from './open-model.ts';

/**
 * The model's way of making features, less those made of some columns of the file: an age from an open date, the past of
 * an open unit. What is left of a case's features is bit for bit what they were, whatever stands in those columns.
 */
export function maskFeatures(
  { description, history }: Pick<ModelAtWork, 'description' | 'history'>,
  without: ReadonlySet<string>,
): Pick<ModelAtWork, 'description' | 'history'> {
  const origins = description.origins.filter(
    ({ column, reference = column }) => !without.has(column) && !without.has(reference),
  );
  return {
    description: { ...description, origins },
    history: history && { ...history, plan: maskHistory(history.plan, without) },
  };
}

function maskHistory(plan: HistoryPlan, without: ReadonlySet<string>): HistoryPlan {
  const isOpen = (position: number) => without.has(plan.columns[position] ?? '');
  const features = without.has(plan.start)
    ? []
    : plan.features.filter(({ group }) => group === null || !plan.groups[group]?.some(isOpen));
  return { ...plan, features };
}
