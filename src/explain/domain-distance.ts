import { lowerBound } from '#base/arrays.ts';
import { findColumn, selectRows, type Table } from '#data/table.ts';
import { encode, type EncodedFeature, type UnseenCategory } from '#models/encoder.ts';
import { findRangeBreach, type RangeBreach } from '#models/input-range.ts';
import { measureEncodedProximities, type ProximityIndex } from './leaf-proximity.ts';

/** Nearest past outages that a case is measured by. */
const N_NEAREST = 10;

/** What is usual, from outages the model had not seen, and whether the unusual ones fared worse. JSON-able. */
export interface DomainCalibration {
  /** Of each held-out outage, ascending. */
  readonly distance: readonly number[];
  readonly validation: DomainValidation;
}

/** Does the distance rank errors? */
export interface DomainValidation {
  readonly n: number;
  /** Spearman's rank correlation of distance and absolute error; null where one never varies. */
  readonly rankCorrelation: number | null;
  /** Chance alone seldom goes above (95 % two-sided). */
  readonly chanceBound: number;
  /** Mean absolute error of the farthest tenth over that of all: 1 = no worse than any; null without errors. */
  readonly farthestTenthRatio: number | null;
  /** The correlation is above chance: the warning tells something. */
  readonly ranksErrors: boolean;
}

/** A feature whose value training never saw the like of. */
interface DomainBreach {
  readonly feature: string;
  readonly code: RangeBreach | 'unknown-category';
  /** How far outside, in widths of the training range; 1 for a category. */
  readonly size: number;
}

export interface DomainDistance {
  /** 0 = surrounded by outages the model treats alike; above 1 only outside the training ranges. */
  readonly distance: number;
  /** Share of held-out outages at least as far, in (0, 1]; null without a calibration. */
  readonly typicality: number | null;
  /**
   * True for any breach of more than a tenth of the training range; and below a typicality of
   * `OUTSIDE_BELOW`, where far outages were seen to be predicted worse (else it would be an idle alarm).
   */
  readonly isOutside: boolean;
  readonly breaches: readonly DomainBreach[];
}

/** By construction so many of usual outages are called far. */
const OUTSIDE_BELOW = 0.05;
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
  const { matrix, unseen } = encode(index.model.encoder, selectRows(cases, [row]));
  const nearest = findLargest(measureEncodedProximities(index, matrix), N_NEAREST);
  const closeness = nearest.reduce((sum, value) => sum + value, 0) / Math.max(1, nearest.length);
  const breaches = findBreaches(index, cases, row, unseen);
  const distance = 1 - closeness + breaches.reduce((sum, breach) => sum + breach.size, 0);
  const typicality = calibration && findTypicality(calibration, distance);
  const isDistant =
    calibration?.validation.ranksErrors === true && typicality !== null && typicality < OUTSIDE_BELOW;
  const isOutside = isDistant || breaches.some(({ size }) => size > LARGE_BREACH);
  return { distance, typicality, isOutside, breaches };
}

/** The `n` largest of the values, ascending. One look at each; sorting 20,000 of them took longer than finding them. */
function findLargest(values: Float64Array, n: number): Float64Array {
  const largest = values.slice(0, n).sort();
  for (let i = n; i < values.length; i++) {
    const value = values[i];
    if (value <= largest[0]) continue;
    let place = 0;
    for (; place + 1 < n && largest[place + 1] < value; place++) {
      largest[place] = largest[place + 1];
    }
    largest[place] = value;
  }
  return largest;
}

/** A conformal p-value: (1 + usual outages at least as distant) / (1 + their number). */
function findTypicality({ distance: usual }: DomainCalibration, distance: number): number {
  return (1 + usual.length - lowerBound(usual, distance)) / (1 + usual.length);
}

function findBreaches(
  { model }: ProximityIndex,
  cases: Table,
  row: number,
  unseen: readonly UnseenCategory[],
): DomainBreach[] {
  return model.encoder.features
    .flatMap((feature): DomainBreach[] => {
      const column = findColumn(cases, feature.name);
      if (feature.type === 'category' || !column || column.type === 'category') return [];
      return breachOf(feature, column.values[row]);
    })
    .concat(
      unseen.map(({ feature }): DomainBreach => {
        return { feature, code: 'unknown-category', size: 1 };
      }),
    );
}

function breachOf(feature: Exclude<EncodedFeature, { type: 'category' }>, value: number): DomainBreach[] {
  const { name, min, max } = feature;
  // A feature that never varied has no width of its own: its size stands in, or 1.
  const width = max > min ? max - min : Math.abs(max) || 1;
  const code = findRangeBreach(feature, value);
  return code ? [{ feature: name, code, size: Math.max(min - value, value - max) / width }] : [];
}
