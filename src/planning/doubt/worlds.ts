import { createPacer, ignoreStop, type JobContext } from '#base/job-context.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import { range } from '#base/arrays.ts';
import { orderByContent } from '#data/column-order.ts';
import { selectRows } from '#data/table.ts';
import { findAnswering } from '#evaluation/intervals/answering.ts';
import { durationOfScaled, forecastOf, scaleForecast } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { createClassFinder, toCaseTable } from '#inference/case-table.ts';
import { hideCells } from '#inference/forecast-cases.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { listPastCases } from '#models/past-rows.ts';
import { fitModel, type FittedModel } from '#models/regressor.ts';

/** As many tell the width of an interval within an eighth. */
export const N_WORLDS = 32;
const SEED = 1;
/** Fewer outages do not show how a fit errs. */
const LEAST_OUTAGES = 20;
/** More take too long to fit so often; what is then said is, if anything, wide. */
const MOST_OUTAGES = 4000;
/** Fewer scores of a class do not show how its outages spread. */
const LEAST_SCORES = 20;

/**
 * The model learnt anew in so many worlds where it is the truth: the outages that its file keeps (over again up to as many
 * as it learnt from), with durations drawn from what it announces of each. How these models err about it, in spread and in
 * shrinkage alike, is how it may err about the truth. From the model alone: the same file gives the same worlds. Empty where
 * it keeps no outages or too few, or has no levels. Those that `outWorlds` holds already, of a growth that was cancelled, are
 * not grown again. A fit a world. Throws `cancelled` and the errors of a fit.
 */
export async function growWorlds(
  open: ModelAtWork,
  context: JobContext,
  nWorlds: number = N_WORLDS,
  outWorlds: FittedModel[] = [],
): Promise<readonly FittedModel[]> {
  const kept = open.description.pastRows;
  const past = kept ? listPastCases(kept, open.description.inputs) : [];
  const draw = past.length < LEAST_OUTAGES ? null : createDraw(open, past);
  if (draw === null) return [];
  const whole = ignoreStop(context);
  const pace = createPacer(context);
  while (outWorlds.length < nWorlds) {
    const durations = draw.durations(outWorlds.length);
    outWorlds.push(await fitModel(open.model.spec, draw.features, durations, {}, whole));
    await pace(() => ({ phase: 'fitting', done: outWorlds.length, total: nWorlds }));
  }
  return outWorlds;
}

function createDraw(open: ModelAtWork, past: readonly (readonly (number | string | null)[])[]) {
  const intervals = open.calibration?.intervals ?? null;
  if (intervals === null || intervals.overall.n < LEAST_OUTAGES) return null;
  const table = toCaseTable(
    open.description.inputs,
    past.map((cells) => hideCells(open, cells)),
  );
  const built = buildModelFeatures(open, table);
  const forecasts = forecastDurations(open.model, built);
  const findClass = createClassFinder(table, open.calibration);
  const rows = past.map((_, i) => {
    const { scores, isUnlike } = findAnswering(intervals, findClass(i));
    const own = isUnlike === true || scores.n < LEAST_SCORES ? intervals.overall : scores;
    const forecast = forecastOf(intervals, { ...forecasts, actual: forecasts.predicted }, i);
    return { scaled: scaleForecast(intervals, forecast), scores: own.values };
  });
  const n = Math.max(past.length, Math.min(MOST_OUTAGES, open.description.nTrainingRows));
  const picked = range(n).map((i) => i % past.length);
  return {
    features: orderByContent(selectRows(built, picked)),
    durations(world: number): Float64Array {
      const rng = createRng(deriveSeed(SEED, world));
      return Float64Array.from(picked, (i) => {
        const row = rows[i] as (typeof rows)[number];
        return durationOfScaled(intervals, row.scaled, row.scores[rng.nextBelow(row.scores.length)] ?? 0);
      });
    },
  };
}
