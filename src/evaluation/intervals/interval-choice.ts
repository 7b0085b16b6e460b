import { type JobContext, ignoreStop } from '#base/job-context.ts';
import { type Part, runParts } from '#base/parts.ts';
import { canUseLogScale } from '#models/target-scale.ts';
import {
  calibrateIntervals,
  createSubsetCalibration,
  type CalibrationInput,
  type ForecastOutages,
  type IntervalCalibration,
} from './calibration.ts';
import { type CoverageReport, crossMeasureCoverage, selectOutages } from './coverage.ts';

/** A calibration on all outages, and what its way of scoring is worth out of fold. */
export interface IntervalChoice {
  readonly calibration: IntervalCalibration;
  readonly report: CoverageReport;
  /** A calibration on some of the outages, by row, that are scored alike: for judging it on the others. */
  readonly calibrateSome: (isKept: (row: number) => boolean) => IntervalCalibration;
}

/** Outages that ways are compared on at most, evenly spread: more would take seconds and tell no more. */
const MAX_COMPARED = 5000;

/** Outages that the way taken is checked on at most. */
const MAX_CHECKED = 20_000;

/** How outages are scored; without `spread`, by the quantiles forecast for them. */
type Way = Pick<CalibrationInput, 'scale' | 'spread'>;

interface ForecastFolds {
  readonly outages: ForecastOutages;
  /** The fold of each outage. */
  readonly foldOf: ArrayLike<number>;
}

/** How well a way of scoring keeps its promise out of fold, on so many of the outages at most. */
export const measureWay: Part<
  ForecastFolds,
  { readonly way: Way; readonly maximum: number },
  CoverageReport
> = {
  name: 'measure-way',
  run: ({ outages, foldOf }, { way, maximum }, context) => {
    const nOutages = outages.actual.length;
    const n = Math.min(nOutages, maximum);
    const rows = Array.from({ length: n }, (_, i) => Math.floor((i * nOutages) / n));
    const foldOfRows = rows.map((row) => foldOf[row]);
    return crossMeasureCoverage(inputOf(selectOutages(outages, rows), way), foldOfRows, context);
  },
};

/**
 * Chooses how outages are scored: by the quantiles forecast for them (where there are) or by residuals,
 * on the scale of durations or of their logarithm (where all values allow it), with a local spread or
 * not. Every way keeps the promise of coverage; taken is the one whose P10–P90 have the lowest mean
 * interval score out of fold, which prefers narrow intervals where they can be. `foldOf[i]` is the fold
 * of outage i. Where nothing can be scored (too few outages for P10–P90), the first way. O(n log n). A stop is not
 * heard: it is a matter of seconds.
 */
export async function chooseIntervals(
  outages: ForecastOutages,
  foldOf: ArrayLike<number>,
  context: JobContext,
): Promise<IntervalChoice> {
  const ways = listWays(outages);
  const folds = { outages, foldOf };
  const unstopped = ignoreStop(context);
  const measure = async (measured: readonly Way[], maximum: number): Promise<CoverageReport[]> => {
    const requests = measured.map((way) => ({ way, maximum }));
    const reports = await runParts(measureWay, folds, requests, unstopped, {
      onProgress: (done) => context.onProgress({ phase: 'calibrating', done, total: ways.length + 1 }),
    });
    return reports as CoverageReport[];
  };
  const reports = await measure(ways, MAX_COMPARED);
  const scores = reports.map(({ overall }) => overall.meanIntervalScore);
  const best = scores.reduce((least, score, i) => (score < scores[least] ? i : least), 0);
  const way = ways[best];
  const isMoreToCheck = outages.actual.length > MAX_COMPARED;
  const [report] = isMoreToCheck ? await measure([way], MAX_CHECKED) : [reports[best]];
  const input = inputOf(outages, way);
  return {
    calibration: calibrateIntervals(input),
    report: report,
    calibrateSome: (isKept) => createSubsetCalibration(input)(isKept),
  };
}

/** Of a model that keeps directions, none by a local spread: a longer prediction may have a narrower one. */
function listWays({ actual, predicted, quantiles, isDirected }: ForecastOutages): Way[] {
  const isLogPossible = [actual, predicted, ...(quantiles?.values ?? [])].every((values) =>
    canUseLogScale(Array.from(values).filter((value) => !Number.isNaN(value))),
  );
  const scales = isLogPossible ? (['identity', 'log1p'] as const) : (['identity'] as const);
  const byResiduals = scales.flatMap((scale): Way[] => [
    ...(isDirected ? [] : [{ scale, spread: 'local' } as const]),
    { scale, spread: 'constant' },
  ]);
  return [...(quantiles ? scales.map((scale): Way => ({ scale })) : []), ...byResiduals];
}

function inputOf(outages: ForecastOutages, way: Way): CalibrationInput {
  const { quantiles, ...points } = outages;
  return way.spread || !quantiles ? { ...points, ...way } : { ...points, ...way, quantiles };
}
