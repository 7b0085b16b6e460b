import { argsort, spreadEvenly } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import { type JobContext, createPacer } from '#base/job-context.ts';
import type { Table } from '#data/table.ts';
import { type DomainCalibration, type DomainValidation, measureDomainDistance } from './domain-distance.ts';
import type { ProximityIndex } from './leaf-proximity.ts';
import { correlateRanks } from '#base/rank-correlation.ts';

/** Held-out outages measured at most. */
const MAX_MEASURED = 2000;

/**
 * Measures outages that neither the model nor the index had seen (up to 2,000, evenly spread) and
 * compares their distances with the errors made on them. Errors grow with durations, so give
 * `absoluteErrors` on the learnt scale: the question is what is predicted worse, not what is longer.
 * Throws `length-mismatch`, `cancelled`. About 1 ms an outage.
 */
export async function calibrateDomain(
  index: ProximityIndex,
  heldOut: Table,
  absoluteErrors: ArrayLike<number>,
  context: JobContext,
): Promise<DomainCalibration> {
  if (absoluteErrors.length !== heldOut.nRows) {
    throw new AppError(
      'length-mismatch',
      `absoluteErrors has ${absoluteErrors.length} values for ${heldOut.nRows} rows.`,
      { name: 'absoluteErrors', value: absoluteErrors.length, bound: heldOut.nRows },
    );
  }
  const pace = createPacer(context);
  const measured = spreadEvenly(heldOut.nRows, MAX_MEASURED);
  const distances = new Float64Array(measured.length);
  for (const [i, row] of measured.entries()) {
    await pace(() => ({ phase: 'calibrating', done: i, total: measured.length }));
    distances[i] = measureDomainDistance(index, null, heldOut, row).distance;
  }
  const errors = Float64Array.from(measured, (row) => absoluteErrors[row]);
  return { distance: Array.from(distances.toSorted()), validation: validate(distances, errors) };
}

function validate(distances: Float64Array, errors: Float64Array): DomainValidation {
  const n = distances.length;
  const mostDistant = argsort(distances.map((distance) => -distance)).subarray(0, Math.ceil(n / 10));
  const total = errors.reduce((sum, error) => sum + error, 0);
  const ofMostDistant = mostDistant.reduce((sum, i) => sum + errors[i], 0);
  const rankCorrelation = correlateRanks(distances, errors);
  const chanceBound = 1.96 / Math.sqrt(Math.max(1, n - 1));
  return {
    n,
    rankCorrelation: Number.isNaN(rankCorrelation) ? null : rankCorrelation,
    chanceBound,
    farthestTenthRatio: total > 0 ? ofMostDistant / mostDistant.length / (total / n) : null,
    ranksErrors: rankCorrelation > chanceBound,
  };
}
