import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import { findColumn, selectRows, type Table } from '#data/table.ts';
import { encode, type EncodedFeature } from '#models/encoder.ts';
import { measureProximities, type ProximityIndex } from './leaf-proximity.ts';
import { correlateRanks } from './rank-correlation.ts';

/** Nearest past outages that a case is measured by. */
const N_NEAREST = 10;

/** Held-out outages measured at most for a calibration. */
const MAX_MEASURED = 2000;

/** Strangeness of outages the model had not seen: what is usual. JSON-able. */
export interface DomainCalibration {
  /** Ascending. */
  readonly strangeness: readonly number[];
}

/** A feature whose value training never saw the like of. */
export interface DomainBreach {
  readonly feature: string;
  readonly code: 'below-training-range' | 'above-training-range' | 'unknown-category';
  /** How far outside, in widths of the training range; 1 for a category. */
  readonly size: number;
}

export interface DomainDistance {
  /** 0 = surrounded by outages the model treats alike; above 1 only outside the training ranges. */
  readonly strangeness: number;
  /** Share of held-out outages at least as strange, in (0, 1]; null without a calibration. */
  readonly typicality: number | null;
  /** True below `OUTSIDE_BELOW`, and for any breach of more than a tenth of the training range. */
  readonly isOutside: boolean;
  readonly breaches: readonly DomainBreach[];
}

/** By construction so many of usual outages are called strange. */
export const OUTSIDE_BELOW = 0.05;
const LARGE_BREACH = 0.1;

/**
 * How far each row of `cases` is from the outages of the index.
 *
 * 1 − mean proximity to the 10 nearest, plus the size of each breach of a training range: trees alone
 * cannot see how far beyond their last threshold a value lies.
 */
export function measureDomainDistance(
  index: ProximityIndex,
  calibration: DomainCalibration | null,
  cases: Table,
  row: number,
): DomainDistance {
  const nearest = measureProximities(index, cases, row).sort().subarray(-N_NEAREST);
  const closeness = nearest.reduce((sum, value) => sum + value, 0) / Math.max(1, nearest.length);
  const breaches = findBreaches(index, cases, row);
  const strangeness = 1 - closeness + breaches.reduce((sum, breach) => sum + breach.size, 0);
  const typicality = calibration && findTypicality(calibration, strangeness);
  const isOutside =
    (typicality !== null && typicality < OUTSIDE_BELOW) || breaches.some(({ size }) => size > LARGE_BREACH);
  return { strangeness, typicality, isOutside, breaches };
}

/** A conformal p-value: (1 + usual outages at least as strange) / (1 + their number). */
function findTypicality({ strangeness }: DomainCalibration, value: number): number {
  let low = 0;
  let high = strangeness.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((strangeness[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return (1 + strangeness.length - low) / (1 + strangeness.length);
}

function findBreaches({ model }: ProximityIndex, cases: Table, row: number): DomainBreach[] {
  return model.encoder.features
    .flatMap((feature): DomainBreach[] => {
      const column = findColumn(cases, feature.name);
      if (feature.type === 'category' || !column || column.type === 'category') return [];
      return breachOf(feature, column.values[row] as number);
    })
    .concat(
      encode(model.encoder, selectRows(cases, [row])).unseen.map(({ feature }): DomainBreach => {
        return { feature, code: 'unknown-category', size: 1 };
      }),
    );
}

function breachOf(feature: Exclude<EncodedFeature, { type: 'category' }>, value: number): DomainBreach[] {
  const { name, min, max } = feature;
  // A feature that never varied has no width of its own: its size stands in, or 1.
  const width = max > min ? max - min : Math.abs(max) || 1;
  if (value < min) return [{ feature: name, code: 'below-training-range', size: (min - value) / width }];
  if (value > max) return [{ feature: name, code: 'above-training-range', size: (value - max) / width }];
  return [];
}

/** Measures outages the model (and the index) had not seen. Up to 2,000, evenly spread. */
export async function calibrateDomain(
  index: ProximityIndex,
  heldOut: Table,
  context: JobContext,
): Promise<DomainCalibration> {
  const strangeness = await measureStrangeness(index, heldOut, context);
  return { strangeness: Array.from(strangeness.filter((value) => !Number.isNaN(value)).sort()) };
}

async function measureStrangeness(
  index: ProximityIndex,
  heldOut: Table,
  context: JobContext,
): Promise<Float64Array> {
  const pace = createPacer(context);
  const out = new Float64Array(heldOut.nRows).fill(NaN);
  const nMeasured = Math.min(MAX_MEASURED, heldOut.nRows);
  for (let i = 0; i < nMeasured; i++) {
    await pace(() => ({ phase: 'calibrating', done: i, total: nMeasured }));
    const row = Math.floor((i * heldOut.nRows) / nMeasured);
    out[row] = measureDomainDistance(index, null, heldOut, row).strangeness;
  }
  return out;
}

/** Whether strange outages are predicted worse: what the warning rests on. */
export interface DomainValidation {
  readonly n: number;
  /** Spearman's rank correlation of strangeness and absolute error. */
  readonly rankCorrelation: number;
  /** Beyond this, chance alone seldom goes (two-sided 95 %). */
  readonly chanceBound: number;
  /** Mean absolute error of the strangest tenth over that of all; 1 = the warning says nothing. */
  readonly strangestTenthRatio: number;
}

/**
 * Does the distance rank errors? On held-out rows: `absoluteErrors` in the target's unit, by row. Errors
 * grow with durations, so for a fair answer give them relative to what was to be expected, or on the
 * learnt scale.
 */
export async function validateDomainDistance(
  index: ProximityIndex,
  heldOut: Table,
  absoluteErrors: ArrayLike<number>,
  context: JobContext,
): Promise<DomainValidation> {
  if (absoluteErrors.length !== heldOut.nRows) {
    throw new AppError(
      'length-mismatch',
      `absoluteErrors has ${absoluteErrors.length} values for ${heldOut.nRows} rows.`,
      {
        name: 'absoluteErrors',
        value: absoluteErrors.length,
        bound: heldOut.nRows,
      },
    );
  }
  const strangeness = await measureStrangeness(index, heldOut, context);
  const rows = Int32Array.from(strangeness, (_, row) => row).filter(
    (row) => !Number.isNaN(strangeness[row]) && !Number.isNaN(absoluteErrors[row]),
  );
  const strange = Float64Array.from(rows, (row) => strangeness[row] as number);
  const errors = Float64Array.from(rows, (row) => absoluteErrors[row] as number);
  const order = rows
    .map((_, i) => i)
    .sort((a, b) => (strange[b] as number) - (strange[a] as number) || a - b);
  const tenth = order.subarray(0, Math.ceil(rows.length / 10));
  const meanError = errors.reduce((sum, error) => sum + error, 0) / rows.length;
  const tenthError = tenth.reduce((sum, i) => sum + (errors[i] as number), 0) / tenth.length;
  return {
    n: rows.length,
    rankCorrelation: correlateRanks(strange, errors),
    chanceBound: 1.96 / Math.sqrt(Math.max(1, rows.length - 1)),
    strangestTenthRatio: tenthError / meanError,
  };
}
