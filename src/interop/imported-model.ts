import { MAX_CATEGORIES } from '#engine/feature-matrix.ts';
import { findColumn, type CategoryColumn, type Column, type Table } from '#data/table.ts';
import { type EncodedFeature, type Encoder, fitEncoder } from '#models/encoder.ts';
import { createSpec } from '#models/model-spec.ts';
import { createFittedModel, type FittedModel } from '#models/regressor.ts';
import type { TargetScale } from '#models/target-scale.ts';
import { buildEnsemble } from './build-ensemble.ts';
import { isCategoryNode } from './xgboost/foreign-tree.ts';
import { refuseImport, refuseUnread } from './formats/refuse-import.ts';
import type { XgboostModel } from './xgboost/read-xgboost.ts';

/** What the file of the trees does not tell. */
export interface ImportedFacts {
  /** Labels by code, of features that are categories; absent: the codes themselves, as text. */
  readonly labels?: ReadonlyMap<string, readonly string[]>;
  /** What the trees were trained to predict. */
  readonly scale: TargetScale;
  /** Rows like those that it was trained on, for ranges; null: as far as its thresholds tell. */
  readonly seen: Table | null;
}

/** A model of the family `imported-trees`. Throws `import-invalid` and `import-unsupported`. */
export function createImportedModel(
  source: XgboostModel,
  { labels, scale, seen }: ImportedFacts,
): FittedModel {
  const nCodes = countCodes(source);
  const features = source.features.map(({ name, isCategory }, f): EncodedFeature => {
    if (!isCategory) return describeNumber(name, seen) ?? guessNumber(name, source, f);
    const known = labels?.get(name) ?? Array.from({ length: nCodes[f] }, (_, code) => String(code));
    if (known.length < nCodes[f]) refuseImport(`${nCodes[f]} categories of ${name}, ${known.length} labels`);
    // One more is for labels that are not among them.
    if (known.length >= MAX_CATEGORIES) refuseUnread('categories', name);
    return {
      name,
      type: 'category',
      categories: known,
      counts: countLabels(known, name, seen),
      hasOther: true,
      nMissing: 0,
    };
  });
  const encoder: Encoder = { features, notes: [] };
  const trees = buildEnsemble(source.trees, features, source.baseScore);
  const spec = createSpec('imported-trees', { scale });
  return createFittedModel(spec, encoder, { family: 'imported-trees', trees });
}

/** Of each feature, one more than the largest category that a tree names. */
function countCodes({ features, trees }: XgboostModel): readonly number[] {
  const counts = features.map(() => 0);
  for (const tree of trees) {
    tree.rightCategories.forEach((categories, node) => {
      for (const code of categories ?? [])
        counts[tree.feature[node]] = Math.max(counts[tree.feature[node]], code + 1);
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
