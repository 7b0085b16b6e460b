import type { FeatureOrigin } from '#data/feature-plan.ts';
import { addHistory } from '#data/history/add-history.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import type { OutageSet } from '#data/outages.ts';
import { prepareOutages } from '#data/outages.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { CleaningStep } from '#models/model-description.ts';
import type { Table } from '#data/table.ts';
import { selectRows } from '#data/table.ts';
import { findRowProblem, findTrainingProblem, throwProblem } from './training-problem.ts';
import type { LearningRequest } from './contract.ts';

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

/** The table to learn from, whoever opened it. */
export interface TrainingSource {
  /** After the cleaning. */
  readonly table: Table;
  /** Row of the file of each of its rows. */
  readonly rowOrigins: Int32Array;
  /** As they are used: what the recipe and the leaks changed is changed. */
  readonly roles: readonly RoleAssignment[];
  /** What was done to the file's table, in order. */
  readonly cleaning: readonly CleaningStep[];
  /** Rows the file had, and those that could not be read. */
  readonly ledger: { readonly kept: number; readonly rejected: number };
}

/** Errors: those of `prepareOutages`, `too-few-rows`, `target-constant`. */
export function prepareTrainingSet(
  { table, rowOrigins, roles }: TrainingSource,
  { today, unit }: Pick<LearningRequest, 'today' | 'unit'>,
): TrainingSet {
  throwProblem(findRowProblem(table.nRows));
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
