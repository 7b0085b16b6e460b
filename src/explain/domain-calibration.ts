import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import type { Table } from '#data/table.ts';
import { type DomainCalibration, type DomainValidation, measureDomainDistance } from './domain-distance.ts';
import type { ProximityIndex } from './leaf-proximity.ts';
import { correlateRanks } from './rank-correlation.ts';

/** Held-out outages measured at most. */
const MAX_MEASURED = 2000;

/**
 * Measures outages that neither the model nor the index had seen (up to 2,000, evenly spread) and
 * compares their distance with the errors made on them. Errors grow with durations, so give
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
  const nMeasured = Math.min(MAX_MEASURED, heldOut.nRows);
  const distance = new Float64Array(nMeasured);
  const errors = new Float64Array(nMeasured);
  for (let i = 0; i < nMeasured; i++) {
    await pace(() => ({ phase: 'calibrating', done: i, total: nMeasured }));
    const row = Math.floor((i * heldOut.nRows) / nMeasured);
    distance[i] = measureDomainDistance(index, null, heldOut, row).distance;
    errors[i] = absoluteErrors[row];
  }
  return { distance: Array.from(distance.slice().sort()), validation: validate(distance, errors) };
}

function validate(distance: Float64Array, errors: Float64Array): DomainValidation {
  const n = distance.length;
  const order = Int32Array.from(distance, (_, i) => i).sort((a, b) => distance[b] - distance[a] || a - b);
  const farthest = order.subarray(0, Math.ceil(n / 10));
  const total = errors.reduce((sum, error) => sum + error, 0);
  const ofFarthest = farthest.reduce((sum, i) => sum + errors[i], 0);
  const rankCorrelation = correlateRanks(distance, errors);
  const chanceBound = 1.96 / Math.sqrt(Math.max(1, n - 1));
  return {
    n,
    rankCorrelation: Number.isNaN(rankCorrelation) ? null : rankCorrelation,
    chanceBound,
    farthestTenthRatio: total > 0 ? ofFarthest / farthest.length / (total / n) : null,
    ranksErrors: rankCorrelation > chanceBound,
  };
}
