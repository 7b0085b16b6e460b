import type { KeptReading } from '#data/csv/dialect.ts';
import { gather } from '#base/arrays.ts';
import { orderByContent } from '#data/column-order.ts';
import type { FeatureOrigin } from '#data/feature-plan.ts';
import { addUsual, type JoinedFactors } from '#data/factors/usual-for-planning.ts';
import { addHistory } from '#data/history/add-history.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import { type OutageSet, prepareOutages } from '#data/outages.ts';
import { applyHorizon, type AskedHorizon, type Horizon } from '#data/known-when.ts';
import { resolveHorizon } from '#data/history/resolve-horizon.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { FileRows, TableRows } from '#data/row-index.ts';
import type { CleaningStep } from '#models/model-description.ts';
import type { UnderWaySamples } from '#models/prepared-samples.ts';
import { type Table, selectRows } from '#data/table.ts';
import { findRowProblem, findTrainingProblem, throwProblem } from './training-problem.ts';
import type { LearningRequest, TrainingSettings } from './contract.ts';

/** The outages to learn from, and the roles they were made by. */
export interface TrainingSet {
  /** With the features from the past beside those of the file. */
  readonly outages: OutageSet;
  /** The outages' positions in the cleaned table. */
  readonly positions: TableRows;
  /** The column of the file each feature is shown under. */
  readonly origins: readonly FeatureOrigin[];
  /** What the features from the past are made of; null where there is no telling. */
  readonly history: OutageHistory | null;
  /** The cleaned table; for planning, with what joined values usually are. */
  readonly table: Table;
  readonly roles: readonly RoleAssignment[];
  readonly horizon: Horizon;
  /** Columns that would be features, were they known by then. */
  readonly knownLater: readonly string[];
}

/** The table to learn from, whoever opened it. */
export interface TrainingSource {
  /** After the cleaning. */
  readonly table: Table;
  /** Row of the file of each of its rows. */
  readonly rowOrigins: FileRows;
  /** As they are used: what the recipe and the leaks changed is changed. */
  readonly roles: readonly RoleAssignment[];
  /** What was done to the file's table, in order. */
  readonly cleaning: readonly CleaningStep[];
  /** How a person wanted its columns read; nothing where they said nothing. */
  readonly reading?: KeptReading;
  /** The second file that was joined to the table. Absent: none. */
  readonly factors?: JoinedFactors;
  /** Rows the file had, and those that could not be read. */
  readonly ledger: { readonly kept: number; readonly rejected: number };
}

/** Errors: those of `prepareOutages` and `resolveHorizon`, `too-few-rows`, `target-constant`. */
export function prepareTrainingSet(
  source: TrainingSource,
  { today, unit, asOf }: Pick<LearningRequest, 'today' | 'unit' | 'asOf'>,
  {
    horizon: asked,
    usesPast,
    usesHolidays = false,
  }: Pick<TrainingSettings, 'usesPast' | 'usesHolidays'> & { readonly horizon: AskedHorizon },
): TrainingSet {
  throwProblem(findRowProblem(source.table.nRows));
  const { rowOrigins, factors } = source;
  const horizon = resolveHorizon(source.table, source.roles, asked);
  const { table, roles } =
    factors && horizon.kind === 'plan' ? addUsual(source, factors, horizon.leadDays) : source;
  const known = applyHorizon(table, roles, horizon);
  const prepared = prepareOutages(table, known, {
    now: today,
    rowOrigins,
    horizon,
    usesHolidays,
    ...(unit && { unit }),
    ...(asOf !== undefined && { asOf }),
  });
  const outages = { ...prepared, features: orderByContent(prepared.features) };
  throwProblem(findTrainingProblem(outages));
  const { positions, features, featureOrigins } = outages;
  const leadDays = horizon.kind === 'plan' ? horizon.leadDays : 0;
  const past = usesPast ? addHistory(table, known, outages, leadDays) : null;
  const knownLater = known.flatMap(({ column, reason }) => (reason === 'known-later' ? [column] : []));
  const shared = { positions, table, roles, horizon, knownLater };
  const { underWay } = outages;
  if (past === null) return { ...shared, outages, origins: featureOrigins, history: null };
  const { columns, history } = past;
  return {
    ...shared,
    outages: {
      ...outages,
      features: orderByContent({ nRows: features.nRows, columns: [...features.columns, ...columns] }),
      underWay: {
        ...underWay,
        features: {
          ...underWay.features,
          columns: [...underWay.features.columns, ...past.underWay],
        },
      },
    },
    origins: [...featureOrigins, ...history.plan.features],
    history,
  };
}

/** The features made of the past, by name. */
export function listPastFeatures({ history }: Pick<TrainingSet, 'history'>): readonly string[] {
  return history?.plan.features.map(({ feature }) => feature) ?? [];
}

export interface Samples {
  readonly features: Table;
  readonly target: Float64Array;
  /** Beside them; absent: none. */
  readonly underWay?: UnderWaySamples;
}

/** Outages as samples: all that are over, and those under way beside them where there are any. */
export function samplesOf({ features, target, underWay }: Samples): Samples {
  const isAny = underWay !== undefined && underWay.elapsed.length > 0;
  return {
    features,
    target,
    ...(isAny && { underWay: { features: underWay.features, elapsed: underWay.elapsed } }),
  };
}

/** Some of the samples, by their positions; those under way stay beside them. */
export function selectSamples(samples: Samples, positions: Int32Array): Samples {
  return {
    ...samplesOf(samples),
    features: selectRows(samples.features, positions),
    target: gather(samples.target, positions),
  };
}
