import type { FeatureMatrix } from '#engine/feature-matrix.ts';

/** Categories of one feature that get a column of their own; rarer ones count as the average. */
const MAX_CATEGORY_COLUMNS = 100;

/**
 * How the linear model reads features: a number standardised, with a 0/1 column for "missing" where
 * training had missing values; a category as one 0/1 column per code, and one for missing. JSON-able.
 */
export interface Design {
  readonly terms: readonly DesignTerm[];
  readonly width: number;
}

/** The columns of one feature. */
export interface DesignTerm {
  /** Of a number: its column; −1 for a category. */
  readonly column: number;
  /** Of a category: the column of each code, −1 for a code too rare to have one; empty for a number. */
  readonly codeColumns: readonly number[];
  /** The 0/1 column for missing; −1 where training saw none. */
  readonly missingColumn: number;
  readonly mean: number;
  /** 1 / standard deviation; 0 for a constant feature, which then has no effect. */
  readonly inverseDeviation: number;
}

/** `nCategories[f]` is 0 for a number. O(samples × features). */
export function fitDesign(matrix: FeatureMatrix, nCategories: readonly number[]): Design {
  let width = 0;
  const terms = matrix.columns.map((values, i): DesignTerm => {
    const nCodes = nCategories[i];
    if (nCodes > 0) {
      const { counts, nMissing } = countCodes(values, nCodes);
      const codeColumns = numberFrequentCodes(counts, width);
      width += Math.min(nCodes, MAX_CATEGORY_COLUMNS);
      const missingColumn = nMissing > 0 ? width++ : -1;
      return { column: -1, codeColumns, missingColumn, mean: 0, inverseDeviation: 0 };
    }
    const { mean, deviation, nMissing } = findMoments(values);
    const column = width++;
    const missingColumn = nMissing > 0 ? width++ : -1;
    const inverseDeviation = deviation > 0 ? 1 / deviation : 0;
    return { column, codeColumns: [], missingColumn, mean, inverseDeviation };
  });
  return { terms, width };
}

function countCodes(values: Float64Array, nCodes: number): { counts: Float64Array; nMissing: number } {
  const counts = new Float64Array(nCodes);
  let nMissing = 0;
  for (const code of values) {
    if (code >= 0 && code < nCodes) counts[code] = counts[code] + 1;
    else nMissing++;
  }
  return { counts, nMissing };
}

function numberFrequentCodes(counts: Float64Array, offset: number): number[] {
  const ranked = Array.from(counts, (_, code) => code).sort((a, b) => counts[b] - counts[a] || a - b);
  const columns = Array.from(counts, () => -1);
  ranked
    .slice(0, MAX_CATEGORY_COLUMNS)
    .sort((a, b) => a - b)
    .forEach((code, i) => (columns[code] = offset + i));
  return columns;
}

function findMoments(values: Float64Array): { mean: number; deviation: number; nMissing: number } {
  let n = 0;
  let sum = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
  }
  const mean = n > 0 ? sum / n : 0;
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) * (value - mean);
  const deviation = n > 0 ? Math.sqrt(squares / n) : 0;
  // A "constant" column can keep a rounding crumb of spread that would be blown up to size 1.
  const isConstant = deviation <= 1e-12 * Math.abs(mean);
  return { mean, deviation: isConstant ? 0 : deviation, nMissing: values.length - n };
}

/**
 * The non-zero columns of one sample, ascending, written to `outIndices` and `outValues` (each as long
 * as the number of features); returns how many. Rows are sparse: at most one entry a feature.
 */
export function expandSample(
  design: Design,
  matrix: FeatureMatrix,
  sample: number,
  outIndices: Int32Array,
  outValues: Float64Array,
): number {
  let length = 0;
  for (let i = 0; i < design.terms.length; i++) {
    const term = design.terms[i];
    const value = matrix.columns[i][sample];
    const isCategory = term.column < 0;
    const column = isCategory ? term.codeColumns[value] : Number.isNaN(value) ? undefined : term.column;
    if (column === undefined) {
      if (term.missingColumn < 0) continue;
      outIndices[length] = term.missingColumn;
      outValues[length++] = 1;
    } else if (column >= 0) {
      outIndices[length] = column;
      outValues[length++] = isCategory ? 1 : (value - term.mean) * term.inverseDeviation;
    }
  }
  return length;
}
