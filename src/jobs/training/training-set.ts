import type { FeatureOrigin } from '#data/feature-plan.ts';
import { addHistory } from '#data/history/add-history.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import type { OutageSet } from '#data/outages.ts';
import { prepareOutages } from '#data/outages.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { Table } from '#data/table.ts';
import { selectRows } from '#data/table.ts';
import { findCleanedRoles } from '../dataset/clean-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { findRowProblem, findTrainingProblem, throwProblem } from './training-problem.ts';
import type { TrainRequest } from './training.ts';

/** The outages to learn from, and the roles they were made by. */
export interface TrainingSet {
  /** With the features from the past beside those of the file; `rows` are rows of the file. */
  readonly outages: OutageSet;
  /** The same rows as positions in the cleaned table. */
  readonly positions: Int32Array;
  /** The column of the file each feature is shown under. */
  readonly origins: readonly Pick<FeatureOrigin, 'feature' | 'column'>[];
  /** What the features from the past are made of; null where there is no telling. */
  readonly history: OutageHistory | null;
  readonly roles: readonly RoleAssignment[];
}

/** Errors: those of `prepareOutages`, `too-few-rows`, `target-constant`. */
export function prepareTrainingSet(
  dataset: OpenDataset,
  { roles: asked, today, unit }: Pick<TrainRequest, 'roles' | 'today' | 'unit'>,
): TrainingSet {
  const { table, rowOrigins } = dataset.cleaned;
  throwProblem(findRowProblem(table.nRows));
  const { roles } = findCleanedRoles(dataset, asked);
  const prepared = prepareOutages(table, roles, { now: today, ...(unit && { unit }) });
  throwProblem(findTrainingProblem(prepared));
  const past = addHistory(table, roles, prepared);
  const positions = prepared.rows;
  const toFile = (row: number) => rowOrigins[row] as number;
  const outages: OutageSet = {
    ...prepared,
    rows: positions.map(toFile),
    setAside: prepared.setAside.map(({ row, reason }) => ({ row: toFile(row), reason })),
  };
  if (past === null) return { outages, positions, origins: outages.featureOrigins, history: null, roles };
  const { nRows, columns } = outages.features;
  return {
    outages: { ...outages, features: { nRows, columns: [...columns, ...past.columns] } },
    positions,
    origins: [...outages.featureOrigins, ...past.origins],
    history: past.history,
    roles,
  };
}

export interface Samples {
  readonly features: Table;
  readonly target: Float64Array;
}

/** Some of the samples, by their positions. */
export function selectSamples({ features, target }: Samples, positions: Int32Array): Samples {
  return {
    features: selectRows(features, positions),
    target: Float64Array.from(positions, (position) => target[position] as number),
  };
}
