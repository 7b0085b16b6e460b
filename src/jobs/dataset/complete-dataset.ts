import type { FactorPlan } from '#data/factors/factor-plan.ts';
import { findColumn } from '#data/table.ts';
import type { FactorAnswers } from '#inference/contract.ts';
import { completeFactors } from '#inference/factor-inputs.ts';
import type { ModelDescription } from '#models/model-description.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { OpenDataset, OpenFactors } from './open-dataset.ts';

/**
 * The outages with what the model asks of a second file: out of the one that is open beside them, where that has its columns, else
 * as it usually is. The dataset itself where the model asks nothing.
 */
export function completeDataset(
  { description }: Pick<ModelAtWork, 'description'>,
  dataset: OpenDataset,
): CompletedDataset {
  const known = completedOf.get(dataset);
  if (known?.description === description) return known.completed;
  const completed = complete(description, dataset);
  completedOf.set(dataset, { description, completed });
  return completed;
}

interface CompletedDataset {
  readonly dataset: OpenDataset;
  readonly told: FactorAnswers | null;
}

/** The last answer of each: what is remembered of a dataset elsewhere goes by the object that it is. */
const completedOf = new WeakMap<
  OpenDataset,
  { readonly description: ModelDescription; readonly completed: CompletedDataset }
>();

function complete(description: ModelDescription, dataset: OpenDataset): CompletedDataset {
  const { cleaned, factors } = dataset;
  const plan = factors && description.factors && planFor(factors, description.factors.plan);
  const isFit = factors && plan && hasColumns(factors, plan);
  const second = isFit ? { table: factors.table, plan } : null;
  const { table, told } = completeFactors(description, cleaned.table, second);
  return {
    dataset: table === cleaned.table ? dataset : { ...dataset, cleaned: { ...cleaned, table } },
    told,
  };
}

/** The model's join, by the columns that this file calls otherwise. */
export function planFor({ choices }: Pick<OpenFactors, 'choices'>, plan: FactorPlan): FactorPlan {
  const { date = plan.date, key = plan.key } = choices;
  return { ...plan, date, key: key && plan.key ? { ...plan.key, factors: key.factors } : plan.key };
}

function hasColumns({ table }: OpenFactors, plan: FactorPlan): boolean {
  const isLabels = plan.key === null || findColumn(table, plan.key.factors)?.type === 'category';
  const areFactors = plan.values.every(({ factor }) => findColumn(table, factor) !== undefined);
  return isLabels && areFactors && findColumn(table, plan.date)?.type === 'date';
}
