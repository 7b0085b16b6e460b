import { gather } from '#base/arrays.ts';
import type { JobContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { type CategoryColumn, selectColumnRows, type Table } from '#data/table.ts';
import { chooseIntervals, type IntervalChoice } from '#evaluation/intervals/interval-choice.ts';
import type { ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import {
  type OutOfFoldForecasts,
  poolForecasts,
  poolUnderWay,
  type UnderWayForecasts,
} from '#evaluation/intervals/out-of-fold-forecasts.ts';
import { drawStandIns } from '#evaluation/intervals/stand-ins.ts';
import type { Fold } from '#evaluation/splits.ts';
import { listDirections, listMembers, type ModelSpec, type SpecId } from '#models/model-spec.ts';
import type { Comparison } from './comparison.ts';
import { evaluateOnFold } from './fold-parts.ts';
import type { SharedFolds } from './shared-folds.ts';
import type { Samples } from './training-set.ts';

/** What was forecast for each outage by a model that had not seen it. */
export interface PooledForecasts extends OutOfFoldForecasts {
  /** Of those under way, with what they had lasted. */
  readonly underWay: UnderWayForecasts;
}

/**
 * The forecasts of a compared model, or of a blend of them. Null after a stop: an interval
 * whose promise was not checked on every fold is none.
 */
export function poolCompared(
  id: SpecId,
  { target, underWay }: Samples,
  comparison: Comparison,
  context: JobContext,
): PooledForecasts | null {
  if (context.stop.aborted || !comparison.isComplete) return null;
  const forecasts = comparison.forecasts.get(id) ?? listBlended(id, comparison);
  const spec = comparison.specs.find((each) => each.id === id);
  return forecasts && poolAll(forecasts, comparison.folds, target, underWay, spec);
}

function poolAll(
  forecasts: readonly (ModelForecasts | null)[],
  folds: readonly Fold[],
  target: Float64Array,
  underWay: Samples['underWay'],
  spec: ModelSpec | undefined,
): PooledForecasts {
  const { outages, foldOf } = poolForecasts(forecasts, folds, target);
  return {
    outages: { ...outages, ...(spec && listDirections(spec).length > 0 && { isDirected: true }) },
    foldOf,
    underWay: poolUnderWay(forecasts, folds, underWay?.elapsed ?? new Float64Array(0)),
  };
}

/** A blend is not fitted: its forecasts are those it was scored by; of outages under way, the mean of its members'. */
function listBlended(
  id: SpecId,
  { scores, folds, specs, forecasts }: Comparison,
): readonly (ModelForecasts | null)[] | null {
  const score = scores.find((each) => each.id === id);
  const blend = specs.find((each) => each.id === id);
  if (score === undefined) return null;
  return folds.map(({ repeat, testRows, underWay }, f) => {
    if (repeat > 0) return null;
    const members = blend ? listMembers(blend) : [];
    const blended = Float64Array.from(underWay?.judged ?? [], (_, i) =>
      members.reduce(
        (sum, { weight, spec }) =>
          sum + weight * (forecasts.get(spec.id)?.[f]?.underWay?.predicted[i] ?? NaN),
        0,
      ),
    );
    return {
      predicted: Float64Array.from(testRows, (row) => score.predictions[row] as number),
      ...(blended.length > 0 && { underWay: { predicted: blended } }),
    };
  });
}

/**
 * Calibrates the intervals of a model that was not compared: forecasts each outage by a fit that did not see it, and
 * chooses the way of scoring. `classes` is by row, null = unknown. Cost and errors: `forecastOutOfFold`.
 */
export async function calibrateSpec(
  spec: ModelSpec,
  outages: SharedFolds,
  classes: Labels | null,
  context: JobContext,
  ofUnderWay: Labels | null = null,
): Promise<IntervalChoice> {
  const pooled = await forecastOutOfFold(spec, outages, context);
  return (await calibrateForecasts(pooled, outages.features, classes, context, ofUnderWay)).choice;
}

/** With more of them under way than this, beyond all that ended, a P90 would be a guess. */
const MAX_BEYOND = 0.1;

/** The class of each outage, null where unknown. */
type Labels = readonly (string | null)[];

export interface CalibratedForecasts {
  readonly choice: IntervalChoice;
  /** So many are under way, longer than any that ended, that no level is sure: the intervals are not to be claimed. */
  readonly isTooOpen: boolean;
}

/**
 * Chooses the way of scoring and calibrates by it; any category of the features may be rare. Where outages are under way,
 * those that are over stand for them too (`stand-ins.ts`): `features` and `classes` are by row, null = unknown, as
 * `ofUnderWay` is of those under way.
 */
export async function calibrateForecasts(
  pooled: PooledForecasts,
  { columns }: Table,
  classes: Labels | null,
  context: JobContext,
  ofUnderWay: Labels | null = null,
): Promise<CalibratedForecasts> {
  const categories = columns.filter((column): column is CategoryColumn => column.type === 'category');
  if (pooled.underWay.actual.length === 0) {
    const { outages, foldOf } = pooled;
    const judged = { ...outages, categories, ...(classes && { classes }) };
    return { choice: await chooseIntervals(judged, foldOf, context), isTooOpen: false };
  }
  const labelled = ofUnderWay && { classes: gather(ofUnderWay, pooled.underWay.positions) };
  const underWay = { ...pooled.underWay, ...labelled };
  const { outages, foldOf, rows, beyond } = drawStandIns(pooled, classes, underWay);
  const labels = classes && Array.from(rows, (row) => classes[row] ?? null);
  const judged = {
    ...outages,
    categories: categories.map((column) => selectColumnRows(column, rows)),
    ...(labels && { classes: labels }),
  };
  const choice = await chooseIntervals(judged, foldOf, context);
  return {
    choice: {
      ...choice,
      calibrateSome: (isKept) => choice.calibrateSome((drawn) => isKept(rows[drawn] ?? -1)),
    },
    isTooOpen: beyond > MAX_BEYOND,
  };
}

/**
 * Fits the model on each fold and forecasts the outages it did not see. Of repeated folds the first
 * repeat counts. One fit a fold. Throws `cancelled`; on `context.stop` the folds finished so far count.
 */
export async function forecastOutOfFold(
  spec: ModelSpec,
  { folds, ...samples }: SharedFolds,
  context: JobContext,
): Promise<PooledForecasts> {
  const used = folds.filter((fold) => fold.repeat === 0);
  const requests = used.map((_, fold) => ({ specs: [spec], fold }));
  const nFolds = used.length;
  const forecasts = await runParts(evaluateOnFold, { ...samples, folds: used }, requests, context, {
    onProgress: (done, fold) =>
      context.onProgress({ phase: 'calibrating', done, total: nFolds, fold: fold + 1, nFolds }),
  });
  const pooled = forecasts.map((each) => each?.[0] ?? null);
  return poolAll(pooled, used, samples.target, samples.underWay, spec);
}
