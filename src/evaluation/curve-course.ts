/** More above the lowest error than this fraction is a rise, and less gained in the last tenth is no fall. */
const NEGLIGIBLE_CHANGE = 0.005;
/** A gain from the last half of the outages below this fraction of the error is no gain to wait for. */
const WORTHWHILE = 0.02;

/** What the validation error does at the end of boosting; `bestIteration` counts from 1. */
export function findCourse(validation: readonly number[], bestIteration: number): 'rises' | 'falls' | 'flat' {
  const lowest = validation[bestIteration - 1] ?? NaN;
  const last = validation.at(-1) ?? NaN;
  const beforeLastTenth = validation[Math.floor(0.9 * (validation.length - 1))] ?? NaN;
  if (last > lowest * (1 + NEGLIGIBLE_CHANGE)) return 'rises';
  return last < beforeLastTenth * (1 - NEGLIGIBLE_CHANGE) ? 'falls' : 'flat';
}

interface DataPoint {
  readonly nOutages: number;
  readonly mae: number;
}

/** Would more outages help? By what the last half of them gained; null where there are too few points. */
export function readDataCurve(
  points: readonly DataPoint[],
): { readonly course: 'helps' | 'flat'; readonly half: DataPoint; readonly last: DataPoint } | null {
  const last = points.at(-1);
  const half = last && points.findLast(({ nOutages }) => nOutages <= 0.55 * last.nOutages);
  if (!last || !half) return null;
  return { course: half.mae - last.mae > WORTHWHILE * half.mae ? 'helps' : 'flat', half, last };
}
