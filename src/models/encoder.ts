import { AppError } from '#base/errors.ts';
import { quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { type CategoryColumn, type Column, type Table, findColumn } from '#data/table.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';

/** Most categories a feature may keep; the last one is then for all that are too rare. */
const MAX_CATEGORIES = 1000;

/**
 * Up to so many categories trees may group at will; more are read as one ordered scale, by label. With
 * 20 outages a unit, free groups of 58 units fit chance; neighbours by name (same site) are often alike.
 */
const MAX_FREE_CATEGORIES = 8;

/** A number or date feature, with what training saw of it: the what-if form warns outside this range. */
export interface EncodedNumber {
  readonly name: string;
  readonly type: 'number' | 'date';
  readonly min: number;
  readonly max: number;
  /** 5, 25, 50, 75 and 95 % quantiles of the training samples. */
  readonly quantiles: readonly number[];
  /** True where every training value was a whole number. */
  readonly isInteger: boolean;
  readonly nMissing: number;
}

/** A category feature. Code i is `categories[i]`; with `hasOther`, code `categories.length` is all the rest. */
export interface EncodedCategory {
  readonly name: string;
  readonly type: 'category';
  /** In order of label. */
  readonly categories: readonly string[];
  /** Training samples of each category. */
  readonly counts: readonly number[];
  readonly hasOther: boolean;
  readonly nMissing: number;
}

export type EncodedFeature = EncodedNumber | EncodedCategory;

/** Something done to the features that a reader of the model should know. */
export interface EncoderNote {
  readonly code: 'categories-merged';
  readonly feature: string;
  readonly nCategories: number;
  readonly nKept: number;
}

/** How a table becomes numbers: learnt on the training samples, kept in the model file. JSON-able. */
export interface Encoder {
  readonly features: readonly EncodedFeature[];
  readonly notes: readonly EncoderNote[];
}

/** A category met in prediction that training did not know, and how many samples bear it. */
export interface UnseenCategory {
  readonly feature: string;
  readonly category: string;
  readonly count: number;
}

export interface Encoded {
  readonly matrix: FeatureMatrix;
  readonly unseen: readonly UnseenCategory[];
  /** Codes of each feature, 0 for numbers. */
  readonly nCategories: readonly number[];
}

/**
 * Learns how to encode each column. A number or date stays one number; a category becomes a code, by
 * label, so that the order of the rows does not matter. Beyond 1,000 categories the 999 most frequent
 * (ties by label) keep a code and the others share the last. O(n log n) a column.
 */
export function fitEncoder(table: Table): Encoder {
  const notes: EncoderNote[] = [];
  const features = table.columns.map((column): EncodedFeature => {
    if (column.type !== 'category') return fitNumber(column.name, column.type, column.values);
    const feature = fitCategory(column.name, column.codes, column.categories);
    if (feature.hasOther) {
      const nCategories = new Set(column.codes).size - (feature.nMissing > 0 ? 1 : 0);
      notes.push({
        code: 'categories-merged',
        feature: column.name,
        nCategories,
        nKept: feature.categories.length,
      });
    }
    return feature;
  });
  return { features, notes };
}

function fitNumber(name: string, type: 'number' | 'date', values: Float64Array): EncodedNumber {
  const sorted = sortedFinite(values);
  const hasAny = sorted.length > 0;
  return {
    name,
    type,
    min: hasAny ? sorted[0] : 0,
    max: hasAny ? sorted[sorted.length - 1] : 0,
    quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => (hasAny ? quantileOfSorted(sorted, share) : 0)),
    isInteger: sorted.every(Number.isInteger),
    nMissing: values.length - sorted.length,
  };
}

function fitCategory(name: string, codes: Int32Array, categories: readonly string[]): EncodedCategory {
  const counts = new Float64Array(categories.length);
  let nMissing = 0;
  for (const code of codes) {
    if (code < 0) nMissing++;
    else counts[code] = counts[code] + 1;
  }
  const present = categories
    .map((label, code) => ({ label, count: counts[code] }))
    .filter((entry) => entry.count > 0)
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  const hasOther = present.length > MAX_CATEGORIES;
  const kept = hasOther ? present.slice(0, MAX_CATEGORIES - 1) : present;
  const compare = findLabelOrder(kept.map(({ label }) => label));
  kept.sort((a, b) => compare(a.label, b.label));
  return {
    name,
    type: 'category',
    categories: kept.map((entry) => entry.label),
    counts: kept.map((entry) => entry.count),
    hasOther,
    nMissing,
  };
}

/** By label; of labels that are all numbers, by these. */
function findLabelOrder(labels: readonly string[]): (a: string, b: string) => number {
  const byText = (a: string, b: string) => (a < b ? -1 : 1);
  return labels.every(isNumeric) ? (a, b) => Number(a) - Number(b) || byText(a, b) : byText;
}

function isNumeric(label: string): boolean {
  return /^\d+(\.\d+)?$/.test(label);
}

/** Codes a feature can take; 0 for numbers. */
export function countCategories(feature: EncodedFeature): number {
  return feature.type === 'category' ? feature.categories.length + (feature.hasOther ? 1 : 0) : 0;
}

/** What the engine is told: codes of many categories are one ordered scale to it. */
export function cardinalityOf(feature: EncodedFeature): number {
  const nCategories = countCategories(feature);
  return nCategories <= MAX_FREE_CATEGORIES ? nCategories : 0;
}

/**
 * A table's samples as the engine reads them, columns found by name. A category that training did not
 * know is missing, and listed in `unseen`. Throws `model-columns-missing` with the names that the
 * table lacks or holds as another type. O(n) a column.
 */
export function encode(encoder: Encoder, table: Table): Encoded {
  const columns = encoder.features.map((feature) => findColumn(table, feature.name));
  const missing = encoder.features
    .filter((feature, i) => !isReadable(feature, columns[i]))
    .map((f) => f.name);
  if (missing.length > 0) {
    throw new AppError(
      'model-columns-missing',
      `the table lacks ${missing.length} columns: ${missing.join(', ')}`,
      {
        names: missing,
        columns: table.columns.map((column) => column.name),
      },
    );
  }
  const unseen: UnseenCategory[] = [];
  const arrays = encoder.features.map((feature, i) => {
    const column = columns[i] as Column;
    if (feature.type !== 'category') {
      return column.type === 'category' ? readNumbers(column) : column.values;
    }
    return encodeCategory(feature, column, table.nRows, unseen);
  });
  const matrix = {
    nSamples: table.nRows,
    columns: arrays,
    cardinalities: encoder.features.map(cardinalityOf),
  };
  return { matrix, unseen, nCategories: encoder.features.map(countCategories) };
}

/**
 * A column without a single value carries no type, so it reads as missing whatever it is. Labels that are all numbers are
 * those of a model that learnt them as numbers.
 */
function isReadable(feature: EncodedFeature, column: Column | undefined): boolean {
  if (!column) return false;
  if (column.type === feature.type) return true;
  if (feature.type === 'category') return column.type === 'number';
  if (column.type !== 'category') return column.values.every(Number.isNaN);
  return column.codes.every(
    (code) => code < 0 || (feature.type === 'number' && isNumeric(column.categories[code])),
  );
}

function readNumbers({ codes, categories }: CategoryColumn): Float64Array {
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : Number(categories[code])));
}

function encodeCategory(
  feature: EncodedCategory,
  column: Column,
  nRows: number,
  unseen: UnseenCategory[],
): Float64Array {
  const codeOf = new Map(feature.categories.map((label, code) => [label, code]));
  const fallback = feature.hasOther ? feature.categories.length : NaN;
  const counts = new Map<string, number>();
  const out = new Float64Array(nRows);
  for (let row = 0; row < nRows; row++) {
    const label = labelAt(column, row);
    if (label === null) {
      out[row] = NaN;
      continue;
    }
    const code = codeOf.get(label);
    if (code === undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
    out[row] = code ?? fallback;
  }
  // With an "other" code a label outside the list is not new information to warn about.
  if (!feature.hasOther) {
    for (const [category, count] of counts) unseen.push({ feature: feature.name, category, count });
  }
  return out;
}

/** Labels that are all digits are read as numbers in a file that holds only such rows: compare as text. */
function labelAt(column: Column, row: number): string | null {
  if (column.type === 'category') {
    const code = column.codes[row];
    return code < 0 ? null : column.categories[code];
  }
  const value = column.values[row];
  return Number.isNaN(value) ? null : String(value);
}
