import { AppError } from '#base/errors.ts';
import { fromScaleInPlace, type TargetScale, toScale } from '#models/target-scale.ts';
import { collectOrderStatistics, type OrderStatistics } from './order-statistic.ts';
import { constantSpread, fitResidualSpread, type ResidualSpread, spreadAt } from './residual-spread.ts';

/**
 * What turns a prediction into an interval: past residuals, in the file of the model. JSON-able.
 *
 * A score is (actual − predicted) on `scale`, divided by the spread expected at that prediction. The
 * next outage's score is as likely to fall in any gap between past scores as in any other, which is
 * all that an interval's promise rests on: no shape of distribution is assumed.
 */
export interface IntervalCalibration {
  readonly scale: TargetScale;
  readonly spread: ResidualSpread;
  readonly overall: OrderStatistics;
  /** The classes with at least one score each, in order of label. */
  readonly classes: readonly ClassScores[];
  /** 0 where no past duration was below 0, and none can be; null where they could. */
  readonly leastDuration: 0 | null;
}

export interface ClassScores {
  readonly label: string;
  readonly scores: OrderStatistics;
}

export interface CalibrationInput {
  /** Predictions of outages by models that had not seen them (out of fold), in the target's unit. */
  readonly predicted: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  /** The class of each outage (null = unknown), for intervals that hold in each class (Mondrian). */
  readonly classes?: readonly (string | null)[];
  /** The scale the model learnt on: residuals are alike there. */
  readonly scale: TargetScale;
  /** `local` (the default) lets the width follow the predicted value where there are data to tell. */
  readonly spread?: 'local' | 'constant';
}

/** Fewer samples cannot tell how the spread runs along the prediction, nor its five parts each. */
const MIN_FOR_LOCAL = 100;

/** Parts for the cross-fitted spread: a residual must not widen the very ruler it is measured by. */
const N_PARTS = 5;

/**
 * Conformal calibration on out-of-fold residuals (cross-conformal, Vovk 2015, with the final model's
 * prediction as centre). Pairs where either value is NaN are left out. O(n log n).
 *
 * Out-of-fold models saw a little less than the final one, so the intervals are, if anything, wide.
 * Throws `length-mismatch`, and `target-not-positive` for a value ≤ −1 on the log scale.
 */
export function calibrateIntervals(input: CalibrationInput): IntervalCalibration {
  const { predicted, actual, classes, scale } = input;
  checkLengths(input);
  const known = Uint32Array.from({ length: actual.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(actual[i]) && !Number.isNaN(predicted[i]),
  );
  const centres = toScale(
    Float64Array.from(known, (i) => predicted[i] as number),
    scale,
  );
  const targets = toScale(
    Float64Array.from(known, (i) => actual[i] as number),
    scale,
  );
  checkFinite(centres, 'predicted');
  checkFinite(targets, 'actual');
  const residuals = targets.map((value, i) => value - (centres[i] as number));
  const isLocal = input.spread !== 'constant' && residuals.length >= MIN_FOR_LOCAL;
  const scores = isLocal ? crossFitScores(centres, residuals) : residuals;
  return {
    scale,
    spread: isLocal ? fitResidualSpread(centres, residuals) : constantSpread,
    overall: collectOrderStatistics(scores),
    classes: classes ? collectClasses(classes, known, scores) : [],
    leastDuration: known.every((i) => (actual[i] as number) >= 0) ? 0 : null,
  };
}

/** Residuals over the spread that the other four parts of the samples tell. */
function crossFitScores(centres: Float64Array, residuals: Float64Array): Float64Array {
  const scores = new Float64Array(residuals.length);
  for (let part = 0; part < N_PARTS; part++) {
    const isKept = (_: number, i: number): boolean => i % N_PARTS !== part;
    const spread = fitResidualSpread(centres.filter(isKept), residuals.filter(isKept));
    for (let i = part; i < scores.length; i += N_PARTS) {
      scores[i] = (residuals[i] as number) / spreadAt(spread, centres[i] as number);
    }
  }
  return scores;
}

function collectClasses(
  classes: readonly (string | null)[],
  known: Uint32Array,
  scores: Float64Array,
): ClassScores[] {
  const byLabel = new Map<string, number[]>();
  known.forEach((row, i) => {
    const label = classes[row];
    if (label === null || label === undefined) return;
    const members = byLabel.get(label);
    if (members) members.push(scores[i] as number);
    else byLabel.set(label, [scores[i] as number]);
  });
  return [...byLabel]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, members]) => ({ label, scores: collectOrderStatistics(members) }));
}

function checkLengths({ predicted, actual, classes }: CalibrationInput): void {
  for (const [name, length] of [
    ['predicted', predicted.length],
    ['classes', classes?.length ?? actual.length],
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

/** The duration whose score is `score`, in the target's unit. */
export function durationOfScore(calibration: IntervalCalibration, predicted: number, score: number): number {
  const centre = toScale([predicted], calibration.scale)[0] as number;
  const raw = Float64Array.of(centre + score * spreadAt(calibration.spread, centre));
  const duration = fromScaleInPlace(raw, calibration.scale)[0] as number;
  // Raising a bound to 0 changes nothing of its promise where no duration can be below 0.
  return calibration.leastDuration === null ? duration : Math.max(calibration.leastDuration, duration);
}
