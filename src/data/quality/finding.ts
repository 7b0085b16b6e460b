import type { RecipeAction } from '../recipe/recipe-step.ts';
import type { FileRow, TableRow } from '../row-index.ts';

/** What a check can say. The screens word it with `columns`, `rows` and `details`. */
export const findingCodes = [
  'leak', // details: kind, strength, through, isExcluded (its role keeps it out already)
  'several-targets', // columns: the one that is predicted first; details: target
  'repeated-names',
  'sentinel', // details: value, next (the value closest to it)
  'duration-not-positive', // details: min
  'duration-absurd', // details: limit, max, unit
  'end-before-start', // columns: start, end
  'end-in-far-future', // details: limit, latest (ISO days)
  'date-implausible', // details: earliest, latest (ISO days)
  'share-outside', // details: scale (1 or 100), min, max, nPercent (values that look like per cent among 0–1)
  'outliers', // details: low, high (the fences), isLogScale, min, max
  'exact-duplicates',
  'near-duplicates', // details: rule 'same-but-identifier' | 'same-unit-and-time'
  'several-versions', // details: nOutages
  'several-rows-per-outage', // details: nOutages
  'many-merged', // details: nOutages, share (of the rows read that became part of another)
  'cancelled-lines', // details: labels
  'missing-durations', // details: nAgreeing, nBoth (durations that the dates give as they are written)
  'years-as-columns',
  'constant-column', // details: value, isExcluded, isTarget
  'label-variants', // details: labels (most frequent first), counts
  'rare-categories', // details: nRare, nLabels, minRows, examples
  'too-many-categories', // details: nLabels, limit, isNearlyUnique
  'many-missing', // details: share
  'target-missing', // details: share
  'ongoing-outages', // details: nWithoutEnd, nEndsInFuture
] as const;

export type FindingCode = (typeof findingCodes)[number];

/** `error` misleads the model if left; `warning` deserves a decision; `info` is good to know. */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** Plain values, so that they cross a worker's border unchanged. */
export type FindingDetails = Readonly<
  Record<string, string | number | boolean | readonly string[] | readonly number[] | null>
>;

/** Which rows a finding is about: how many, and the first of them. */
export interface RowList {
  readonly count: number;
  /** Ascending; at most `maxListedRows`. */
  readonly first: readonly FileRow[];
}

export interface QualityFinding {
  readonly code: FindingCode;
  readonly columns: readonly string[];
  readonly rows: RowList;
  readonly severity: FindingSeverity;
  readonly details: FindingDetails;
  /** The step that would settle it, once a person agrees; null where there is nothing to change. */
  readonly proposal: RecipeAction | null;
}

export const maxListedRows = 100;
export const noRows: RowList = { count: 0, first: [] };

/** The rows whose value `isMeant` is true for. O(rows). */
export function findRows(
  values: Float64Array | Int32Array,
  isMeant: (value: number, row: TableRow) => boolean,
): RowList {
  const first: number[] = [];
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    if (!isMeant(values[row] ?? NaN, row)) continue;
    if (count++ < maxListedRows) first.push(row);
  }
  return { count, first };
}
