import { argsort, spreadEvenly } from '#base/arrays.ts';
import { exactLog } from '#base/exact-math.ts';
import { quantileOfWeighted, weighEnded } from '#base/kaplan-meier.ts';
import { canUseLogScale, fromScaleInPlace, type TargetScale, toScale } from '#models/target-scale.ts';
import type { ForecastOutages } from './calibration.ts';
import { type ModelForecasts, SHARES } from './model-forecast.ts';
import { neededFor } from './order-statistic.ts';
import { type IntervalBound, LEAST_FOR_ANY_LEVEL, type PredictionInterval } from './prediction-interval.ts';

/**
 * What tells how much longer an outage takes that has lasted so long already: past outages with what was forecast of them
 * by models that had not seen them. Durations in the target's unit. JSON-able, in the file of the model.
 *
 * Those that reached as far are as the one asked about; how much of its forecast cumulative hazard each of them spent from
 * then on is a score, whose order statistics hold as they do for whole durations.
 */
export interface ElapsedCalibration {
  /** Where distributions are told, ascending. */
  readonly shares: readonly number[];
  /** Of a model that forecasts one duration: how far off that is at each share, on a scale. Absent of one that forecasts quantiles. */
  readonly spread?: { readonly scale: TargetScale; readonly offsets: readonly number[] };
  /** What each outage lasted; of the last `nUnderWay`, so far. */
  readonly durations: readonly number[];
  readonly nUnderWay: number;
  /** Of each: its quantiles at the shares, or its one forecast. */
  readonly forecasts: readonly (readonly number[])[];
}

/** Outages kept at most: a model's file stays small. */
const MAX_KEPT = 2000;
/** Digits of a forecast that are kept. */
const DIGITS = 5;

/** From forecasts out of fold; those without one are left out. Null for fewer than carry any level. O(n log n). */
export function calibrateElapsed(
  outages: ForecastOutages,
  underWay: ForecastOutages,
): ElapsedCalibration | null {
  const [over, open] = [outages, underWay].map((all) => listKept(all)) as [number[], number[]];
  if (over.length < LEAST_FOR_ANY_LEVEL) return null;
  const spread = outages.quantiles ? null : findSpread(outages, underWay);
  const shares = outages.quantiles?.shares ?? SHARES;
  const tell = (all: ForecastOutages) => (i: number) =>
    (all.quantiles?.values.map((column) => column[i] ?? NaN) ?? [all.predicted[i] ?? NaN]).map((value) =>
      Number(value.toPrecision(DIGITS)),
    );
  return {
    shares,
    ...(spread && { spread }),
    durations: [...over.map((i) => outages.actual[i] ?? NaN), ...open.map((i) => underWay.actual[i] ?? NaN)],
    nUnderWay: open.length,
    forecasts: [...over.map(tell(outages)), ...open.map(tell(underWay))],
  };
}

/** Positions of those with a duration and a forecast, at most so many, evenly spread. */
function listKept({ actual, predicted }: ForecastOutages): number[] {
  const known = Array.from(actual, (_, i) => i).filter(
    (i) => !Number.isNaN(actual[i]) && !Number.isNaN(predicted[i]),
  );
  return Array.from(spreadEvenly(known.length, MAX_KEPT), (place) => known[place] ?? -1);
}

function findSpread(
  outages: ForecastOutages,
  underWay: ForecastOutages,
): NonNullable<ElapsedCalibration['spread']> {
  const isLog = [outages, underWay].every(({ actual, predicted }) =>
    [actual, predicted].every((values) => canUseLogScale(Array.from(values).filter(Number.isFinite))),
  );
  const scale = isLog ? 'log1p' : 'identity';
  const measure = (all: ForecastOutages) => {
    const [actual, predicted] = [all.actual, all.predicted].map((values) =>
      toScale(Float64Array.from(values), scale),
    );
    return Float64Array.from(listKept(all), (i) => (actual?.[i] ?? NaN) - (predicted?.[i] ?? NaN));
  };
  const residuals = measure(outages).sort();
  const { weights } = weighEnded(residuals, measure(underWay));
  return { scale, offsets: SHARES.map((share) => quantileOfWeighted(residuals, weights, share)) };
}

/** The forecast of one case, of the kind that the calibration goes by. */
export function forecastForElapsed(
  { spread }: ElapsedCalibration,
  { predicted, quantiles }: ModelForecasts,
  i: number,
): readonly number[] {
  return spread || !quantiles ? [predicted[i] ?? NaN] : quantiles.values.map((column) => column[i] ?? NaN);
}

/** The cumulative hazard of a duration, as a forecast has it: linear between its quantiles, exponential beyond them. */
interface HazardCurve {
  /** Ascending; the first stands for a hazard of 0. */
  readonly durations: readonly number[];
  readonly hazards: readonly number[];
  /** Beyond the last, by unit of duration; > 0. */
  readonly slope: number;
}

/** Beyond this share a forecast's tail is taken to be exponential. */
const TAIL_FROM = 0.8;

function drawCurve({ shares, spread }: ElapsedCalibration, forecast: readonly number[]): HazardCurve {
  const quantiles = spread ? spreadOut(forecast[0] ?? NaN, spread) : forecast;
  const first = quantiles[0] ?? NaN;
  const last = quantiles.at(-1) ?? NaN;
  const durations = [Math.min(0, first), ...quantiles];
  const hazards = [0, ...shares.map((share) => -exactLog(1 - share))];
  const highest = hazards.at(-1) ?? NaN;
  const tail = shares.findIndex((share) => share >= TAIL_FROM);
  const width = last - (quantiles[tail] ?? NaN);
  // A forecast of one single duration has no tail of its own: it is as long again.
  const slope =
    width > 0 ? (highest - (hazards[tail + 1] ?? NaN)) / width : highest / Math.max(Math.abs(last), 1e-9);
  return { durations, hazards, slope };
}

function spreadOut(
  predicted: number,
  { scale, offsets }: NonNullable<ElapsedCalibration['spread']>,
): readonly number[] {
  const centre = toScale(Float64Array.of(predicted), scale)[0] ?? NaN;
  return Array.from(
    fromScaleInPlace(
      Float64Array.from(offsets, (offset) => centre + offset),
      scale,
    ),
  );
}

function hazardAt({ durations, hazards, slope }: HazardCurve, duration: number): number {
  const last = durations.length - 1;
  const end = durations[last] ?? NaN;
  if (duration >= end) return (hazards[last] ?? NaN) + (duration - end) * slope;
  if (duration < (durations[0] ?? NaN)) return 0;
  let j = last - 1;
  while ((durations[j] ?? NaN) > duration) j -= 1;
  const from = durations[j] ?? NaN;
  const part = (duration - from) / ((durations[j + 1] ?? NaN) - from);
  const low = hazards[j] ?? NaN;
  return low + part * ((hazards[j + 1] ?? NaN) - low);
}

/** The inverse of `hazardAt`. */
function durationAt({ durations, hazards, slope }: HazardCurve, hazard: number): number {
  const last = hazards.length - 1;
  const highest = hazards[last] ?? NaN;
  if (hazard >= highest) return (durations[last] ?? NaN) + (hazard - highest) / slope;
  let j = last - 1;
  while (j > 0 && (hazards[j] ?? NaN) > hazard) j -= 1;
  const low = hazards[j] ?? NaN;
  const part = (hazard - low) / ((hazards[j + 1] ?? NaN) - low);
  const from = durations[j] ?? NaN;
  return from + part * ((durations[j + 1] ?? NaN) - from);
}

const curves = new WeakMap<ElapsedCalibration, readonly HazardCurve[]>();
/** Of the time last asked about: many outages may have lasted as long. */
const lastReached = new WeakMap<
  ElapsedCalibration,
  { readonly elapsed: number; readonly reached: Reached }
>();

function drawAll(calibration: ElapsedCalibration): readonly HazardCurve[] {
  const known = curves.get(calibration) ?? calibration.forecasts.map((each) => drawCurve(calibration, each));
  curves.set(calibration, known);
  return known;
}

/** Past outages that reached as far. */
interface Reached {
  /** The cumulative hazard that each spent from then on, ascending, of those that are over. */
  readonly spent: Float64Array;
  /** How many each stands for, those under way among them. */
  readonly weights: Float64Array;
  /** All that reached it, under way or over. */
  readonly nAll: number;
}

function findReached(calibration: ElapsedCalibration, elapsed: number): Reached {
  const { durations, nUnderWay } = calibration;
  const drawn = drawAll(calibration);
  const nOver = durations.length - nUnderWay;
  const over: number[] = [];
  const open: number[] = [];
  durations.forEach((duration, i) => {
    const curve = drawn[i];
    if (curve === undefined || !(duration > elapsed)) return;
    (i < nOver ? over : open).push(hazardAt(curve, duration) - hazardAt(curve, elapsed));
  });
  const { weights } = weighEnded(over, open);
  const order = argsort(over);
  return {
    spent: Float64Array.from(order, (i) => over[i] ?? NaN),
    weights: Float64Array.from(order, (i) => weights[i] ?? NaN),
    nAll: over.length + open.length,
  };
}

/** How many past outages that are over lasted longer than `elapsed`. O(n). */
export function countReached({ durations, nUnderWay }: ElapsedCalibration, elapsed: number): number {
  return durations.slice(0, durations.length - nUnderWay).filter((duration) => duration > elapsed).length;
}

/** Slack for sums of weights that stand for whole numbers. */
const ROUNDING = 1e-9;

/**
 * P10 … P90 of the whole duration of an outage that has lasted `elapsed`, each at least that: it rests on the past outages
 * that reached as far, and refuses a level that they are too few for. `forecast` is of `forecastForElapsed`. O(n log n).
 */
export function predictElapsed(
  calibration: ElapsedCalibration,
  forecast: readonly number[],
  elapsed: number,
): PredictionInterval {
  const last = lastReached.get(calibration);
  const reached = last?.elapsed === elapsed ? last.reached : findReached(calibration, elapsed);
  lastReached.set(calibration, { elapsed, reached });
  const { spent } = reached;
  const curve = drawCurve(calibration, forecast);
  const from = hazardAt(curve, elapsed);
  const claim = (hazard: number | null, needed: number): IntervalBound => {
    const n = spent.length;
    const least = Math.max(LEAST_FOR_ANY_LEVEL, needed);
    if (hazard === null || n < least) return { notClaimable: true, n, needed: least, overall: null };
    return { value: Math.max(elapsed, durationAt(curve, from + hazard)), basis: 'overall', n };
  };
  const upper = (level: number) => claim(findUpperSpent(reached, level), neededFor(level));
  return {
    p10: claim(findLowerSpent(reached, 0.1), neededFor(0.1)),
    p50: upper(0.5),
    p80: upper(0.8),
    p90: upper(0.9),
  };
}

/** What the next one stays at or below with that chance; null where those under way leave it open. */
function findUpperSpent({ spent, weights, nAll }: Reached, level: number): number | null {
  let passed = 0;
  const wanted = level * (nAll + 1) - ROUNDING * nAll;
  return spent.find((_, i) => (passed += weights[i] ?? 0) >= wanted) ?? null;
}

function findLowerSpent({ spent, weights, nAll }: Reached, level: number): number | null {
  let passed = 0;
  let found: number | null = null;
  for (const [i, hazard] of spent.entries()) {
    passed += weights[i] ?? 0;
    if (passed > level * (nAll + 1) + ROUNDING * nAll) break;
    found = hazard;
  }
  return found;
}

/** Past outages that the end of a curve rests on: of fewer a P80 jumps from one to the next. */
const LEAST_DRAWN = 10;

/** Where a curve by elapsed time is drawn: no time yet, then when ever more past outages were over, while some ten are left. */
export function listElapsed({ durations, nUnderWay }: ElapsedCalibration, nPoints: number): number[] {
  const sorted = Float64Array.from(durations.slice(0, durations.length - nUnderWay))
    .filter((duration) => duration > 0)
    .sort();
  const n = sorted.length - LEAST_DRAWN;
  if (n <= 0) return [0];
  const steps = Array.from(spreadEvenly(n, nPoints - 2), (place) => sorted[place] ?? NaN);
  return [...new Set([0, ...steps, sorted[n - 1] ?? NaN])];
}
