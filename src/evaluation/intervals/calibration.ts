import { subtract } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import { median } from '#base/statistics.ts';
import type { CategoryColumn } from '#data/table.ts';
import { fromScaleInPlace, type TargetScale, toScale } from '#models/target-scale.ts';
import { answerClasses, type ClassAnswer, type ClassSample } from './class-answers.ts';
import { collectOrderStatistics, type OrderStatistics } from './order-statistic.ts';
import { durationAtPlace, placeInForecast } from './quantile-score.ts';
import { collectRare, type RareCategory } from './rare-categories.ts';
import { constantSpread, fitResidualSpread, type ResidualSpread, spreadAt } from './residual-spread.ts';

/**
 * What turns a forecast into an interval: the scores of past outages, in the file of the model. JSON-able.
 *
 * A score says where the actual duration lay, seen from its forecast. The next outage's score is as
 * likely to fall in any gap between past scores as in any other, which is all that an interval's promise
 * rests on: no shape of distribution is assumed.
 */
export interface IntervalCalibration {
  readonly score: ScoreRule;
  readonly overall: OrderStatistics;
  /** The scores that small classes answer by together; null where there are too few of them for that. */
  readonly alike: OrderStatistics | null;
  /** The classes with at least one score each, in order of label. */
  readonly classes: readonly ClassScores[];
  /** Categories of any column that answer for themselves before the class does, the smallest first. */
  readonly rare: readonly RareCategory[];
  /** 0 where no past duration was below 0, and none can be; null where they could. */
  readonly leastDuration: 0 | null;
  /** Of files before version 3: each class by its own, whole ranks, a label never met by all. Absent: by rule R of decision 0052. */
  readonly rule?: 'whole-ranks';
}

/**
 * `residual`: (actual − predicted) on `scale`, over the spread expected at that prediction.
 * `quantiles`: the place of the actual duration among the quantiles that the model forecasts; with `width`, one unit of
 * share beyond them is so wide, whatever the forecast's own width.
 */
type ScoreRule =
  | { readonly kind: 'residual'; readonly scale: TargetScale; readonly spread: ResidualSpread }
  | {
      readonly kind: 'quantiles';
      readonly scale: TargetScale;
      readonly shares: readonly number[];
      readonly width?: number;
    };

/** What a model says of one outage, in the target's unit: a duration, or its quantiles at the shares of the calibration. */
export type Forecast = number | readonly number[];

interface ClassScores {
  readonly label: string;
  readonly scores: OrderStatistics;
  readonly answer: ClassAnswer;
}

/** Outages with what was forecast for them by models that had not seen them (out of fold), in the target's unit. */
export interface ForecastOutages {
  readonly predicted: ArrayLike<number>;
  /** Where the model forecasts a distribution: quantiles[j][i] at shares[j] (ascending) for outage i. */
  readonly quantiles?: QuantileForecasts;
  readonly actual: ArrayLike<number>;
  /** The class of each outage (null = unknown), for intervals that hold in each class (Mondrian). */
  readonly classes?: readonly (string | null)[];
  /** Columns, by outage, in which a category may be rare. */
  readonly categories?: readonly CategoryColumn[];
  /** A forecast that is nowhere shorter must have no shorter level: of a model that keeps expected directions. */
  readonly isDirected?: boolean;
}

export interface QuantileForecasts {
  readonly shares: readonly number[];
  readonly values: readonly Float64Array[];
}

export interface CalibrationInput extends ForecastOutages {
  /** The scale on which residuals are alike. */
  readonly scale: TargetScale;
  /** `local` (the default) lets the width follow the predicted value where there are data to tell. */
  readonly spread?: 'local' | 'constant';
}

/** Fewer samples cannot tell how the spread runs along the prediction, nor its five parts each. */
const MIN_FOR_LOCAL = 100;

/** Order statistics kept of each class: there may be hundreds of classes. */
const MAX_KEPT_PER_CLASS = 1024;

/** Classes kept, the largest: as many as an encoder keeps labels. So many are pooled, and the others answer by the pool. */
export const MAX_CLASSES = 1000;

/** Parts for the cross-fitted spread: a residual must not widen the very ruler it is measured by. */
const N_PARTS = 5;

/**
 * Conformal calibration on out-of-fold forecasts (cross-conformal, Vovk 2015, with the final model's
 * forecast as centre). With `quantiles` scores are places among them, else residuals. Pairs where either
 * value is NaN are left out. O(n log n).
 *
 * Out-of-fold models saw a little less than the final one, so the intervals are, if anything, wide.
 * Throws `length-mismatch`, and `target-not-positive` for a value ≤ −1 on the log scale.
 */
export function calibrateIntervals(input: CalibrationInput): IntervalCalibration {
  checkLengths(input);
  const known = listKnown(input);
  return collectCalibration(input, known, scoreOutages(input, known));
}

/**
 * Calibrations on some of the outages, by row: each is what `calibrateIntervals` gives of these alone. Where an
 * outage's score hangs on no other outage, all are scored but once.
 */
export function createSubsetCalibration(
  input: CalibrationInput,
): (isKept: (row: number) => boolean) => IntervalCalibration {
  checkLengths(input);
  const all = listKnown(input);
  const isOwn = input.quantiles !== undefined || input.spread === 'constant';
  const whole = isOwn ? scoreOutages(input, all) : null;
  return (isKept) => {
    const known = all.filter((row) => isKept(row));
    const scored = whole
      ? { rule: whole.rule, scores: whole.scores.filter((_, i) => isKept(all[i])) }
      : scoreOutages(input, known);
    return collectCalibration(input, known, scored);
  };
}

/** Rows of the outages that have a duration and a forecast. */
function listKnown({ actual, predicted }: CalibrationInput): Uint32Array {
  return Uint32Array.from({ length: actual.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(actual[i]) && !Number.isNaN(predicted[i]),
  );
}

function scoreOutages(input: CalibrationInput, known: Uint32Array): Scored {
  return input.quantiles ? scoreByQuantiles(input, input.quantiles, known) : scoreByResiduals(input, known);
}

function collectCalibration(
  { actual, classes, categories }: CalibrationInput,
  known: Uint32Array,
  { rule, scores }: Scored,
): IntervalCalibration {
  const samples = classes ? sortByClass(classes, known, scores) : [];
  const { alike, answers } = answerClasses(samples);
  return {
    score: rule,
    overall: collectOrderStatistics(scores),
    alike: alike && collectOrderStatistics(alike),
    classes: keepLargest(samples, answers),
    rare: categories ? collectRare(categories, known, scores) : [],
    leastDuration: known.every((i) => actual[i] >= 0) ? 0 : null,
  };
}

interface Scored {
  readonly rule: ScoreRule;
  readonly scores: Float64Array;
}

function scoreByResiduals(input: CalibrationInput, known: Uint32Array): Scored {
  const { scale } = input;
  const centres = pick(input.predicted, known, scale, 'predicted');
  const targets = pick(input.actual, known, scale, 'actual');
  const residuals = targets.map((value, i) => value - centres[i]);
  const isLocal = input.spread !== 'constant' && residuals.length >= MIN_FOR_LOCAL;
  return {
    rule: {
      kind: 'residual',
      scale,
      spread: isLocal ? fitResidualSpread(centres, residuals) : constantSpread,
    },
    scores: isLocal ? crossFitScores(centres, residuals) : residuals,
  };
}

function scoreByQuantiles(input: CalibrationInput, forecasts: QuantileForecasts, known: Uint32Array): Scored {
  const { scale } = input;
  const { shares } = forecasts;
  const targets = pick(input.actual, known, scale, 'actual');
  const columns = forecasts.values.map((column) => pick(column, known, scale, 'quantiles'));
  const width = input.isDirected ? { width: findUsualWidth(columns) } : {};
  const scores = targets.map((target, i) => {
    const values = columns.map((column) => column[i]);
    return placeInForecast(shares, values, target, width.width);
  });
  return { rule: { kind: 'quantiles', scale, shares, ...width }, scores };
}

/** The median of what lies between the outermost quantiles; 1 where most forecasts have no width. */
function findUsualWidth(columns: readonly Float64Array[]): number {
  const [lowest, highest] = [columns[0], columns[columns.length - 1]];
  return median(subtract(highest, lowest)) || 1;
}

/** The known ones on the scale. */
function pick(values: ArrayLike<number>, known: Uint32Array, scale: TargetScale, name: string): Float64Array {
  const picked = toScale(
    Float64Array.from(known, (i) => values[i]),
    scale,
  );
  checkFinite(picked, name);
  return picked;
}

/** Residuals over the spread that the other four parts of the samples tell. */
function crossFitScores(centres: Float64Array, residuals: Float64Array): Float64Array {
  const scores = new Float64Array(residuals.length);
  for (let part = 0; part < N_PARTS; part++) {
    const isKept = (_: number, i: number): boolean => i % N_PARTS !== part;
    const spread = fitResidualSpread(centres.filter(isKept), residuals.filter(isKept));
    for (let i = part; i < scores.length; i += N_PARTS) {
      scores[i] = residuals[i] / spreadAt(spread, centres[i]);
    }
  }
  return scores;
}

/** In order of label. */
function sortByClass(
  classes: readonly (string | null)[],
  known: Uint32Array,
  scores: Float64Array,
): readonly ClassSample[] {
  const byLabel = new Map<string, number[]>();
  known.forEach((row, i) => {
    const label = classes[row];
    if (label === null || label === undefined) return;
    const members = byLabel.get(label);
    if (members) members.push(scores[i]);
    else byLabel.set(label, [scores[i]]);
  });
  return [...byLabel]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, members]) => ({ label, scores: Array.from(Float64Array.from(members).sort()) }));
}

function keepLargest(samples: readonly ClassSample[], answers: readonly ClassAnswer[]): ClassScores[] {
  const bySize = [...samples.keys()].sort(
    (a, b) => samples[b].scores.length - samples[a].scores.length || a - b,
  );
  const kept = new Set(bySize.slice(0, MAX_CLASSES));
  return samples.flatMap(({ label, scores }, i) =>
    kept.has(i)
      ? [{ label, scores: collectOrderStatistics(scores, MAX_KEPT_PER_CLASS), answer: answers[i] }]
      : [],
  );
}

function checkLengths({ predicted, actual, classes, categories, quantiles }: CalibrationInput): void {
  for (const [name, length] of [
    ['predicted', predicted.length],
    ['classes', classes?.length ?? actual.length],
    ...(categories?.map(({ codes }) => ['categories', codes.length] as const) ?? []),
    ...(quantiles?.values.map((column) => ['quantiles', column.length] as const) ?? []),
  ] as const) {
    if (length === actual.length) continue;
    throw new AppError('length-mismatch', `${name} has ${length} values where actual has ${actual.length}.`, {
      name,
      value: length,
      bound: actual.length,
    });
  }
}

function checkFinite(values: Float64Array, name: string): void {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  throw new AppError('target-not-positive', `${name} ${index} has no place on the model's scale.`, {
    name,
    row: index,
  });
}

/** A forecast on the scale of a calibration's scores: for several scores of one outage. */
export interface ScaledForecast {
  readonly forecast: Forecast;
  readonly scaled: Float64Array;
}

export function scaleForecast({ score }: IntervalCalibration, forecast: Forecast): ScaledForecast {
  return { forecast, scaled: toScale(typeof forecast === 'number' ? [forecast] : forecast, score.scale) };
}

/** The largest duration whose score is at most `score`, in the target's unit. Throws `invalid-setting` for the wrong kind of forecast. */
export function durationOfScaled(
  calibration: IntervalCalibration,
  forecast: ScaledForecast,
  score: number,
): number {
  const { score: rule, leastDuration } = calibration;
  const raw = Float64Array.of(findRaw(rule, forecast, score));
  const duration = fromScaleInPlace(raw, rule.scale)[0];
  // Raising a bound to 0 changes nothing of its promise where no duration can be below 0.
  return leastDuration === null ? duration : Math.max(leastDuration, duration);
}

function findRaw(rule: ScoreRule, { forecast, scaled }: ScaledForecast, score: number): number {
  if (rule.kind === 'residual' && typeof forecast === 'number') {
    const centre = scaled[0];
    return centre + score * spreadAt(rule.spread, centre);
  }
  if (rule.kind === 'quantiles' && typeof forecast !== 'number' && forecast.length === rule.shares.length) {
    return durationAtPlace(rule.shares, scaled, score, rule.width);
  }
  throw new AppError('invalid-setting', `a calibration by ${rule.kind} needs such a forecast`, {
    name: 'forecast',
    value: rule.kind,
  });
}

/** The forecast of outage i, of the kind the calibration goes by. */
export function forecastOf(calibration: IntervalCalibration, outages: ForecastOutages, i: number): Forecast {
  return calibration.score.kind === 'quantiles' && outages.quantiles
    ? outages.quantiles.values.map((column) => column[i])
    : outages.predicted[i];
}
