import { findColumn, type CategoryColumn, type Column, type Table } from '#data/table.ts';
import { MAX_CATEGORIES } from '#engine/feature-matrix.ts';
import { type EncodedFeature, type Encoder, fitEncoder } from '#models/encoder.ts';
import { createSpec } from '#models/model-spec.ts';
import { createFittedModel, type FittedModel } from '#models/regressor.ts';
import type { TargetScale } from '#models/target-scale.ts';
import { buildEnsemble } from './build-ensemble.ts';
import { refuseImport, refuseUnread } from './formats/refuse-import.ts';
import { isCategoryNode } from './xgboost/foreign-tree.ts';
import type { XgboostModel } from './xgboost/read-xgboost.ts';

/** What the file of the trees does not tell. */
export interface ImportedFacts {
  /** How the rows that they were grown on were encoded, in the order of the features; absent: categories are their codes, as text. */
  readonly encoder?: Encoder;
  /** What the trees were trained to predict. */
  readonly scale: TargetScale;
  /** Rows like those that they were grown on, for ranges; null: as far as the thresholds tell. */
  readonly seen: Table | null;
}

/** A model of the family `imported-trees`. Throws `import-invalid` and `import-unsupported`. */
export function createImportedModel(
  source: XgboostModel,
  { encoder: given, scale, seen }: ImportedFacts,
): FittedModel {
  const nCodes = countCodes(source);
  if (given && given.features.length !== source.features.length) {
    refuseImport(`${source.features.length} features, not ${given.features.length}`);
  }
  const features = source.features.map(({ name, isCategory }, f): EncodedFeature => {
    const own = given?.features[f];
    if (own && own.type !== 'category' && isCategory) refuseImport(`${own.name} is no category`);
    if (own && !isCategory) return own;
    if (!isCategory) return describeNumber(name, seen) ?? guessNumber(name, source, f);
    const known =
      own?.type === 'category'
        ? own.categories
        : Array.from({ length: nCodes[f] }, (_, code) => String(code));
    // One more is for labels that are not among them.
    if (known.length + 1 < nCodes[f])
      refuseImport(`${nCodes[f]} categories of ${name}, ${known.length} labels`);
    if (known.length >= MAX_CATEGORIES) refuseUnread('categories', name);
    const counts = own?.type === 'category' ? own.counts : countLabels(known, name, seen);
    return {
      name: own?.name ?? name,
      type: 'category',
      categories: known,
      counts,
      hasOther: true,
      nMissing: 0,
    };
  });
  const encoder: Encoder = { features, notes: [] };
  const areCategories = source.features.map(({ isCategory }) => isCategory);
  const trees = buildEnsemble(source.trees, features, source.baseScore, areCategories);
  const spec = createSpec('imported-trees', { scale });
  return createFittedModel(spec, encoder, { family: 'imported-trees', trees });
}

/** Of each feature, one more than the largest category that a tree names. */
function countCodes({ features, trees }: XgboostModel): readonly number[] {
  const counts = features.map(() => 0);
  for (const tree of trees) {
    tree.rightCategories.forEach((categories, node) => {
      const feature = tree.feature[node];
      for (const code of categories ?? []) counts[feature] = Math.max(counts[feature], code + 1);
    });
  }
  counts.forEach((count, f) => {
    if (count >= MAX_CATEGORIES) refuseUnread('categories', features[f].name);
  });
  return counts;
}

function describeNumber(name: string, seen: Table | null): EncodedFeature | null {
  const column = seen && findColumn(seen, name);
  if (!column || column.type === 'category') return null;
  return fitEncoder({ nRows: column.values.length, columns: [column] }).features[0];
}

/** As far as its thresholds lie apart. */
function guessNumber(name: string, { trees }: XgboostModel, f: number): EncodedFeature {
  const cuts: number[] = [];
  for (const tree of trees) {
    tree.feature.forEach((feature, node) => {
      if (feature === f && !isCategoryNode(tree, node)) cuts.push(tree.threshold[node]);
    });
  }
  const column: Column = { type: 'number', name, values: Float64Array.from(cuts) };
  return { ...fitEncoder({ nRows: cuts.length, columns: [column] }).features[0], nMissing: 0 };
}

function countLabels(labels: readonly string[], name: string, seen: Table | null): readonly number[] {
  const counts = new Map(labels.map((label) => [label, 0]));
  const column = seen && findColumn(seen, name);
  if (column) {
    const { codes, categories } = toCategories(column);
    for (const code of codes) {
      const label = categories[code];
      if (counts.has(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  }
  return labels.map((label) => counts.get(label) ?? 0);
}

/** A column of numbers as the labels that a model reads them by. */
export function toCategories(column: Column): CategoryColumn {
  if (column.type === 'category') return column;
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return -1;
    const label = String(value);
    const code = codeOf.get(label) ?? codeOf.size;
    codeOf.set(label, code);
    return code;
  });
  return { type: 'category', name: column.name, codes, categories: [...codeOf.keys()] };
}
