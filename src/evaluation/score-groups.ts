import { quantileOfSorted, sampleDeviation, sortedFinite } from '#base/statistics.ts';
import { computeMetrics, findErrors, type Metrics } from './metrics.ts';

/** How large errors get, in the target's unit. */
export interface ErrorSizes {
  /** 80 and 90 % of the outages end within this of their prediction. */
  readonly p80: number;
  readonly p90: number;
  /** Mean of |error| ÷ actual; null where a duration is near zero, as it would say nothing there. */
  readonly meanAbsolutePercentageError: number | null;
}

/** A duration below this share of the median is "near zero". */
const NEAR_ZERO_SHARE = 0.05;

export function measureErrorSizes(actual: ArrayLike<number>, predicted: ArrayLike<number>): ErrorSizes {
  const sizes = sortedFinite(findErrors(actual, predicted).map(Math.abs));
  const durations = sortedFinite(
    Float64Array.from(actual).filter((value, i) => !Number.isNaN(value - predicted[i])),
  );
  const least = durations[0] ?? NaN;
  const hasNearZero = !(least > NEAR_ZERO_SHARE * quantileOfSorted(durations, 0.5));
  let shares = 0;
  for (let i = 0; i < actual.length; i++) {
    const share = Math.abs(actual[i] - predicted[i]) / actual[i];
    if (!Number.isNaN(share)) shares += share;
  }
  return {
    p80: quantileOfSorted(sizes, 0.8),
    p90: quantileOfSorted(sizes, 0.9),
    meanAbsolutePercentageError: hasNearZero ? null : shares / sizes.length,
  };
}

/** Scores of the outages that share a label. */
export interface GroupScore extends Metrics {
  readonly label: string;
  /** Of the mean absolute error; 0 for a single outage. */
  readonly standardError: number;
}

/** Scores by class, the largest class first; outages without a label (code −1) or prediction are left out. */
export function scoreByClass(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  codes: ArrayLike<number>,
  labels: readonly string[],
): GroupScore[] {
  return labels
    .map((label, code) => scoreGroup(label, actual, predicted, (row) => codes[row] === code))
    .filter(({ nSamples }) => nSamples > 0)
    .sort((a, b) => b.nSamples - a.nSamples || (a.label < b.label ? -1 : 1));
}

/** Scores by calendar year of the start (UTC), earliest first: does the model still hold? */
export function scoreByYear(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  start: ArrayLike<number>,
): GroupScore[] {
  const years = Array.from(start, (instant) => new Date(instant).getUTCFullYear());
  return [...new Set(years)]
    .filter((year) => !Number.isNaN(year))
    .sort((a, b) => a - b)
    .map((year) => scoreGroup(String(year), actual, predicted, (row) => years[row] === year))
    .filter(({ nSamples }) => nSamples > 0);
}

function scoreGroup(
  label: string,
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  isMember: (row: number) => boolean,
): GroupScore {
  const rows = Array.from({ length: actual.length }, (_, row) => row).filter(isMember);
  const pick = (values: ArrayLike<number>) => rows.map((row) => values[row]);
  const sizes = findErrors(pick(actual), pick(predicted)).map(Math.abs);
  return {
    label,
    ...computeMetrics(pick(actual), pick(predicted)),
    standardError: sampleDeviation(sizes) / Math.sqrt(Math.max(1, sizes.length)),
  };
}
