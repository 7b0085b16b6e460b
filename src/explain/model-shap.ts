import { range } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import { exactExp, exactExpm1, exactLog1p } from '#base/exact-math.ts';
import { mean } from '#base/statistics.ts';
import { type JobContext, createPacer } from '#base/job-context.ts';
import type { FeatureOrigin } from '#data/feature-plan.ts';
import type { Table } from '#data/table.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import { encode } from '#models/encoder.ts';
import { findPlans, isPlanned, type PlanPartState, type PlanState } from '#models/plan.ts';
import type { FittedModel, ModelState } from '#models/regressor.ts';
import { selectSamples } from '#models/select-samples.ts';
import { fromScaleInPlace, type TargetScale } from '#models/target-scale.ts';
import { centreAdditiveContributions, averageContributions } from './additive-contributions.ts';
import { isDrawn } from './coalition-shap.ts';
import { explainForest } from './forest-shap.ts';
import { explainHazard } from './hazard-shap.ts';
import { explainPast } from './past-shap.ts';
import { computeTreeBase, explainTrees } from './tree-shap.ts';

/** What SHAP values need beside the model: kept in the model's file. JSON-able. */
export interface ShapBackground {
  /** Of each feature: mean of its additive term over the training samples (0 for trees: they hold covers). */
  readonly meanContributions: readonly number[];
  /** Of a blend: the same for each member. Of a corrected plan: of the correction, and of what stands in where there is no plan. */
  readonly members?: readonly ShapBackground[];
}

/** SHAP values in the target's unit: for each sample, base + Σ of its values = its prediction. */
export interface ShapValues {
  /** What the model says knowing nothing of the outage. */
  readonly base: number;
  /** One per column of the user's file, in the order of first use; each with one value a sample. */
  readonly columns: readonly { readonly column: string; readonly values: Float64Array }[];
  readonly predictions: Float64Array;
}

/** To be called on the training features of the model. */
export function measureShapBackground(model: FittedModel, features: Table): ShapBackground {
  const { matrix } = encode(model.encoder, features);
  return measureState(model.state, matrix);
}

function measureState(state: ModelState, matrix: FeatureMatrix): ShapBackground {
  if (state.family === 'plan') return measurePlan(state, matrix);
  const background = { meanContributions: averageContributions(state, matrix) };
  if (state.family !== 'blend') return background;
  return { ...background, members: state.members.map((member) => measureState(member.state, matrix)) };
}

/**
 * Explains each row of `features`: exact path-dependent TreeSHAP for trees, φ = term − mean term for
 * a linear start, and both summed over the features made from one column of the file (`origins`;
 * SHAP values of a group add up).
 *
 * On the log scale the values are taken to the target's unit as Aumann and Shapley (1974) share a
 * cost: along the straight way from the base to the prediction each column moves in proportion to its
 * raw value, so each gets that proportion of the difference in days. Signs and proportions stay, and
 * the sum is exact. A quantile forest is explained by the same rule (`forest-shap.ts`), the past of the unit and the nearest
 * outages by what they answer with less known (`past-shap.ts`), a blend by the weighted sum of its members' values.
 *
 * Throws `cancelled`, and `invalid-setting` for a family that has no such explanation.
 */
export async function explainPredictions(
  model: FittedModel,
  background: ShapBackground,
  features: Table,
  origins: readonly FeatureOrigin[],
  context: JobContext,
): Promise<ShapValues> {
  const { matrix } = encode(model.encoder, features);
  const { state, spec } = model;
  const pace = createPacer(context);
  const report = (share: number): Promise<void> =>
    pace(() => ({ phase: 'explaining', done: share * features.nRows, total: features.nRows }));
  const shap = await explainState(state, spec.scale, background, matrix, report);
  const names = model.encoder.features.map((feature) => feature.name);
  return {
    base: shap.base,
    columns: groupByColumn(shap.columns, names, origins, features.nRows),
    predictions: model.predict(features),
  };
}

/** True where the values are estimates that sum exactly: those of the nearest past outages. */
export function isEstimated(state: ModelState): boolean {
  if (state.family === 'blend') return state.members.some((member) => isEstimated(member.state));
  if (state.family !== 'nearest-past') return false;
  return isDrawn(state.features.filter(({ kind }) => kind !== 'unused').length);
}

/** In the target's unit. A blend's values are the weighted sums of its members': SHAP values add up. */
async function explainState(
  state: ModelState,
  scale: TargetScale,
  background: ShapBackground,
  matrix: FeatureMatrix,
  report: (share: number) => Promise<void>,
): Promise<FeatureShap> {
  if (state.family === 'forest') return explainForest(state, matrix, scale, report);
  if (state.family === 'hazard') return explainHazard(state, matrix, scale, report);
  if (state.family === 'own-past' || state.family === 'nearest-past') {
    return toTargetUnit(await explainPast(state, matrix, report), scale);
  }
  if (state.family !== 'blend') {
    return toTargetUnit(await explainRaw(state, background, matrix, report), scale);
  }
  const columns = matrix.columns.map(() => new Float64Array(matrix.nSamples));
  let base = 0;
  for (const [index, member] of state.members.entries()) {
    const own = background.members?.[index] ?? background;
    const reportPart = (share: number) => report((index + share) / state.members.length);
    const shap = await explainState(member.state, member.scale, own, matrix, reportPart);
    base += member.weight * shap.base;
    shap.columns.forEach((values, feature) => {
      const sum = columns[feature] as Float64Array;
      values.forEach((value, i) => (sum[i] = sum[i] + member.weight * value));
    });
  }
  return { base, columns };
}

/** SHAP values by feature. */
export interface FeatureShap {
  readonly base: number;
  readonly columns: readonly Float64Array[];
}

/** On the learnt scale. */
export async function explainRaw(
  state: ModelState,
  background: ShapBackground,
  matrix: FeatureMatrix,
  report: (share: number) => Promise<void>,
): Promise<FeatureShap> {
  if (state.family === 'plan') return explainPlan(state, background, matrix, report);
  const additive = centreAdditiveContributions(state, matrix, background.meanContributions);
  const hasTrees = state.family === 'gradient-boosting' || state.family === 'imported-trees';
  const trees: TreeEnsemble | null = hasTrees ? state.trees : null;
  if (!additive && !trees) {
    throw new AppError('invalid-setting', `a ${state.family} model has no SHAP explanation`, {
      name: 'family',
      value: state.family,
    });
  }
  const columns = matrix.columns.map((_, f) => additive?.columns[f] ?? new Float64Array(matrix.nSamples));
  let base = additive?.base ?? 0;
  if (trees) {
    base += (trees.baseline ?? 0) + computeTreeBase(trees);
    for (const share of explainTrees(trees, matrix, columns)) await report(share);
  }
  return { base, columns };
}

/** Terms of log(1 + plan) and of the parts, over the training samples that each is for. */
function measurePlan(state: PlanState, matrix: FeatureMatrix): ShapBackground {
  const plan = findPlans(state, matrix);
  const isOf = (wanted: boolean) => range(matrix.nSamples).filter((row) => isPlanned(plan[row]) === wanted);
  const [planned, unplanned] = [isOf(true), isOf(false)];
  const all = range(matrix.nSamples);
  const measure = (part: PlanPartState, rows: Int32Array) =>
    measureState(part, selectSamples(matrix, rows.length > 0 ? rows : all));
  const meanPlan = mean(Array.from(planned, (row) => exactLog1p(plan[row])));
  return {
    meanContributions: matrix.columns.map((_, feature) =>
      feature === state.planIndex && planned.length > 0 ? meanPlan : 0,
    ),
    members: [measure(state.correction, planned), measure(state.withoutPlan, unplanned)],
  };
}

/** The plan's own term is log(1 + plan) about its mean; to have no plan moves the base to that of the other part. */
async function explainPlan(
  state: PlanState,
  { meanContributions, members = [] }: ShapBackground,
  matrix: FeatureMatrix,
  report: (share: number) => Promise<void>,
): Promise<FeatureShap> {
  const none = { meanContributions: matrix.columns.map(() => 0) };
  const withoutPlan = await explainRaw(state.withoutPlan, members[1] ?? none, matrix, report);
  if (matrix.columns[state.planIndex] === undefined) return withoutPlan;
  const correction = await explainRaw(state.correction, members[0] ?? none, matrix, report);
  const plan = findPlans(state, matrix);
  const meanPlan = meanContributions[state.planIndex];
  const base = correction.base + meanPlan;
  const columns = matrix.columns.map((_, feature) =>
    plan.map((planned, i) => (isPlanned(planned) ? correction : withoutPlan).columns[feature][i]),
  );
  const own = columns[state.planIndex];
  for (const [i, planned] of plan.entries()) {
    own[i] = own[i] + (isPlanned(planned) ? exactLog1p(planned) - meanPlan : withoutPlan.base - base);
  }
  return { base, columns };
}

function toTargetUnit(raw: FeatureShap, scale: TargetScale): FeatureShap {
  if (scale === 'identity') return raw;
  const base = fromScaleInPlace(Float64Array.of(raw.base), scale)[0];
  const factors = Float64Array.from(raw.columns[0] ?? [], (_, sample) => {
    const rise = raw.columns.reduce((sum, column) => sum + column[sample], 0);
    // (e^(b+r) − e^b) / r, and its limit where nothing rises.
    return exactExp(raw.base) * (rise === 0 ? 1 : exactExpm1(rise) / rise);
  });
  const columns = raw.columns.map((column) => column.map((value, i) => value * factors[i]));
  return { base, columns };
}

function groupByColumn(
  byFeature: readonly Float64Array[],
  names: readonly string[],
  origins: readonly FeatureOrigin[],
  nSamples: number,
): ShapValues['columns'] {
  const columnOf = new Map(origins.map(({ feature, column }) => [feature, column]));
  const sums = new Map<string, Float64Array>();
  names.forEach((name, f) => {
    const column = columnOf.get(name) ?? name;
    const sum = sums.get(column) ?? new Float64Array(nSamples);
    sums.set(column, sum);
    byFeature[f].forEach((value, i) => (sum[i] = sum[i] + value));
  });
  return [...sums].map(([column, values]) => ({ column, values }));
}

/** Mean |SHAP| of each column in the target's unit, the largest first. */
export function rankBySize(shap: ShapValues): { readonly column: string; readonly meanSize: number }[] {
  return shap.columns
    .map(({ column, values }) => {
      const total = values.reduce((sum, value) => sum + Math.abs(value), 0);
      return { column, meanSize: total / Math.max(1, values.length) };
    })
    .sort((a, b) => b.meanSize - a.meanSize || (a.column < b.column ? -1 : 1));
}
