import { measureShapBackground } from '#explain/model-shap.ts';
import type { DomainCalibration } from '#explain/domain-distance.ts';
import type { IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import type { ElapsedCalibration } from '#evaluation/intervals/remaining.ts';
import type { ModelCalibration } from '#inference/model-calibration.ts';
import type { DescribedScore, ModelDescription } from '#models/model-description.ts';
import { findKnownWhen } from '#data/known-when.ts';
import { keepFactors } from '#data/factors/usual-for-planning.ts';
import type { SampleIndices } from '#data/row-index.ts';
import { chooseColumns } from '#data/history/history-plan.ts';
import { findRoleName } from '#data/role-columns.ts';
import { collectPastDurations } from '#models/past-durations.ts';
import type { FittedModel } from '#models/regressor.ts';
import type { Comparison } from './comparison.ts';
import { describeInputs, findInputColumns } from './model-inputs.ts';
import { fingerprintLearnt } from './fingerprint-learnt.ts';
import type { TrainingSet, TrainingSource } from './training-set.ts';

/** What was measured of a model for its intervals and its explanations. */
export interface MeasuredCalibration {
  /** The input whose labels have intervals of their own. */
  readonly classColumn: string | null;
  readonly intervals: IntervalCalibration | null;
  readonly elapsed: ElapsedCalibration | null;
  readonly domain: DomainCalibration | null;
}

/** All that the model's file holds beside the model; `fitted` are the outages it was fitted on. */
export function describeModel(
  { cleaning, reading, factors: joined }: TrainingSource,
  { outages, positions, history, table, roles, horizon }: TrainingSet,
  model: FittedModel,
  fitted: SampleIndices,
  { classColumn, intervals, elapsed, domain }: MeasuredCalibration,
  comparison: Comparison,
): ModelDescription {
  const { targetName, unit, featureOrigins, features, target } = outages;
  const calibration: ModelCalibration = {
    classColumn,
    intervals,
    ...(elapsed && { elapsed }),
    background: measureShapBackground(model, features),
    ...(domain && { domain }),
  };
  const known = findKnownWhen(table, roles);
  const units = table.columns.flatMap((column) =>
    column.type === 'number' && column.unit !== undefined ? [{ column: column.name, unit: column.unit }] : [],
  );
  const used = featureOrigins.map(({ column }) => column);
  const factors = joined ? keepFactors(joined, used) : null;
  const inputColumns = findInputColumns(table, featureOrigins, history, factors);
  const told = new Set([
    ...chooseColumns(table, roles).map(({ name }) => name),
    ...(classColumn === null ? [] : [classColumn]),
  ]);
  const pastDurations = history
    ? []
    : collectPastDurations(
        table,
        [...told].filter((name) => inputColumns.includes(name)),
        positions,
        target,
      );
  return {
    target: { name: targetName, unit },
    roles,
    ...(reading && { reading }),
    ...(units.length > 0 && { units }),
    origins: featureOrigins,
    history,
    ...(factors && { factors }),
    ...(horizon.kind === 'plan' && { horizon }),
    cleaning,
    knownAtStart: inputColumns.filter((column) => known.get(column) === 'at-start'),
    ...describeInputs(table, inputColumns, positions, target, {
      classColumn,
      factors,
      // An outage that is planned for is one of those that are announced.
      announced: horizon.kind === 'plan' ? (findRoleName(roles, 'announced') ?? null) : null,
    }),
    nTrainingRows: fitted.length,
    learntRows: fingerprintLearnt(outages, table, fitted, inputColumns),
    ...(pastDurations.length > 0 && { pastDurations }),
    calibration,
    scores: comparison.scores.map(({ id, name, metrics }): DescribedScore => {
      const { meanAbsoluteError: mae, rootMeanSquaredError: rmse, r2Score: r2 } = metrics;
      return { id, name, mae, rmse, r2 };
    }),
  };
}
