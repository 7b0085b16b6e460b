import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { isCategoryNode, renumberTree, type ForeignTree, type TreeNodes } from './foreign-tree.ts';
import { refuseImport, refuseUnread } from '../formats/refuse-import.ts';
import { parseTolerantJson } from '../formats/tolerant-json.ts';
import { parseUbjson } from '../formats/ubjson.ts';

/** Sums that are the prediction itself: whatever else XGBoost minimises, it sends through a function afterwards. */
const PLAIN_OBJECTIVES: ReadonlySet<string> = new Set([
  'reg:squarederror',
  'reg:linear',
  'reg:squaredlogerror',
  'reg:absoluteerror',
  'reg:pseudohubererror',
  'reg:quantileerror',
]);

/** A file of XGBoost, as far as predictions depend on it. */
export interface XgboostModel {
  readonly version: string;
  readonly objective: string;
  /** A float32. */
  readonly baseScore: number;
  readonly features: readonly XgboostFeature[];
  readonly trees: readonly TreeNodes[];
  /** Texts that whoever wrote the file left in it. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface XgboostFeature {
  readonly name: string;
  readonly isCategory: boolean;
}

const whole = v.union([
  v.pipe(v.number(), v.safeInteger()),
  v.pipe(v.string(), v.regex(/^\d{1,9}$/u), v.transform(Number)),
]);
const texts = v.array(v.string());
/** Long lists are checked in one loop, where a schema an item takes seconds. */
function listOf<Item>(isItem: (item: unknown) => boolean, what: string) {
  return v.custom<readonly Item[]>(
    (json) => Array.isArray(json) && json.every(isItem),
    `a list of ${what} expected`,
  );
}
const integers = listOf<number>(Number.isSafeInteger, 'whole numbers');
const flags = listOf<boolean | 0 | 1>(
  (item) => typeof item === 'boolean' || item === 0 || item === 1,
  'flags',
);
const floats = listOf<number | null>((item) => item === null || typeof item === 'number', 'numbers');

const treeSchema = v.object({
  base_weights: v.exactOptional(floats),
  categories: v.exactOptional(integers, []),
  categories_nodes: v.exactOptional(integers, []),
  categories_segments: v.exactOptional(integers, []),
  categories_sizes: v.exactOptional(integers, []),
  default_left: flags,
  left_children: integers,
  loss_changes: v.exactOptional(floats),
  right_children: integers,
  split_conditions: floats,
  split_indices: integers,
  split_type: v.exactOptional(integers),
  sum_hessian: v.exactOptional(floats),
});
type TreeJson = v.InferOutput<typeof treeSchema>;

const fileSchema = v.object({
  version: v.exactOptional(integers, []),
  learner: v.object({
    attributes: v.exactOptional(v.record(v.string(), v.string()), {}),
    feature_names: v.exactOptional(texts, []),
    feature_types: v.exactOptional(texts, []),
    gradient_booster: v.looseObject({ name: v.string() }),
    learner_model_param: v.object({
      base_score: v.union([v.string(), v.number()]),
      num_class: v.exactOptional(whole, 0),
      num_feature: whole,
      num_target: v.exactOptional(whole, 1),
    }),
    objective: v.object({ name: v.string() }),
  }),
});

const boosterSchema = v.object({
  model: v.object({
    gbtree_model_param: v.object({ num_trees: whole, size_leaf_vector: v.exactOptional(whole, 0) }),
    tree_info: v.exactOptional(integers),
    trees: v.array(treeSchema),
  }),
});

/**
 * Reads the JSON or the UBJSON of any version of XGBoost from 1.3 on, checked as if it came from anywhere. Throws
 * `import-invalid`, and `import-unsupported` for what would predict otherwise here.
 */
export function readXgboost(bytes: Uint8Array): XgboostModel {
  const { version, learner } = check(
    fileSchema,
    isUbjson(bytes) ? parseUbjson(bytes) : parseTolerantJson(strFromU8(bytes)),
  );
  const { learner_model_param: parameters, gradient_booster: booster, objective, attributes } = learner;
  if (booster.name !== 'gbtree') refuseUnread('booster', booster.name);
  if (!PLAIN_OBJECTIVES.has(objective.name)) refuseUnread('objective', objective.name);
  const { model } = check(boosterSchema, booster);
  const nOutputs = Math.max(parameters.num_class, parameters.num_target);
  if (nOutputs > 1 || model.gbtree_model_param.size_leaf_vector > 1) refuseUnread('outputs', nOutputs);
  if (model.tree_info?.some((group) => group !== 0)) refuseUnread('outputs', 2);
  if (model.trees.length !== model.gbtree_model_param.num_trees) {
    refuseImport(`${model.trees.length} trees, ${model.gbtree_model_param.num_trees} announced`);
  }
  const trees = model.trees.map((tree, i) => renumberTree(toForeignTree(tree, i), `tree ${i}`));
  return {
    version: version.join('.'),
    objective: objective.name,
    baseScore: readBaseScore(parameters.base_score),
    features: readFeatures(learner.feature_names, learner.feature_types, parameters.num_feature, trees),
    trees,
    attributes,
  };
}

function isUbjson(bytes: Uint8Array): boolean {
  // A text goes on with a name in quotes or the end of the object.
  return bytes[0] === 0x7b && 'LlIiU#'.includes(String.fromCharCode(bytes[1] ?? 0));
}

function check<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  return refuseImport(`${v.getDotPath(issue) ?? 'file'}: ${issue.message}`);
}

const MAX_DIGITS = 9;

/**
 * The start as every version means it: a number, since 3.1 in brackets. Of more than nine digits XGBoost reads 0.5 without a
 * word, so that whoever wrote them and whoever reads them mean two models.
 */
function readBaseScore(written: string | number): number {
  const text = String(written).trim();
  const inner = /^\[(?<one>[^,[\]]*)\]$/u.exec(text)?.groups?.['one'] ?? text;
  if (inner.includes(',')) refuseUnread('outputs', inner);
  if (!/^[+-]?\d*\.?\d*(?:[eE][+-]?\d+)?$/u.test(inner) || !/\d/u.test(inner))
    refuseImport(`base_score ${inner}`);
  const digits = inner
    .replace(/[eE].*$/u, '')
    .replace(/[^\d]/gu, '')
    .replace(/^0+/u, '');
  if (digits.length > MAX_DIGITS) refuseUnread('base-score', inner);
  const score = Math.fround(Number(inner));
  return Number.isFinite(score) ? score : refuseImport(`base_score ${inner}`);
}

function toForeignTree(tree: TreeJson, index: number): ForeignTree {
  const nNodes = tree.left_children.length;
  const sameLength = [
    tree.right_children,
    tree.default_left,
    tree.split_conditions,
    tree.split_indices,
    ...[tree.split_type, tree.base_weights, tree.loss_changes, tree.sum_hessian].filter(
      (each) => each !== undefined,
    ),
  ];
  if (nNodes === 0 || sameLength.some(({ length }) => length !== nNodes)) {
    refuseImport(`tree ${index}: lists of different lengths`);
  }
  const { categories, categories_nodes, categories_segments, categories_sizes } = tree;
  if (
    categories_segments.length !== categories_nodes.length ||
    categories_sizes.length !== categories_nodes.length
  ) {
    refuseImport(`tree ${index}: lists of categories of different lengths`);
  }
  const rightCategories = new Map<number, readonly number[]>();
  categories_nodes.forEach((node, i) => {
    const [from, size] = [categories_segments[i], categories_sizes[i]];
    if (from < 0 || size < 0 || from + size > categories.length || rightCategories.has(node)) {
      refuseImport(`tree ${index}: categories out of place`);
    }
    rightCategories.set(node, categories.slice(from, from + size));
  });
  tree.split_type?.forEach((type, node) => {
    if (type !== 0 && type !== 1) refuseImport(`tree ${index}: split of type ${type}`);
    const isLeaf = tree.left_children[node] === -1;
    if (!isLeaf && (type === 1) !== rightCategories.has(node))
      refuseImport(`tree ${index}: a split without its categories`);
  });
  if (tree.split_type === undefined && rightCategories.size > 0)
    refuseImport(`tree ${index}: categories without splits`);
  return {
    left: tree.left_children,
    right: tree.right_children,
    feature: tree.split_indices,
    condition: tree.split_conditions,
    missingLeft: tree.default_left.map(Number),
    rightCategories,
    ...(tree.base_weights && { value: tree.base_weights }),
    ...(tree.loss_changes && { gain: tree.loss_changes }),
    ...(tree.sum_hessian && { cover: tree.sum_hessian }),
  };
}

/** Most features of a model: as many as one of its own may have. */
const MAX_FEATURES = 10_000;

function readFeatures(
  names: readonly string[],
  types: readonly string[],
  nFeatures: number,
  trees: readonly TreeNodes[],
): readonly XgboostFeature[] {
  if (nFeatures < 1 || nFeatures > MAX_FEATURES) refuseImport(`${nFeatures} features`);
  for (const list of [names, types]) {
    if (list.length > 0 && list.length !== nFeatures)
      refuseImport(`${list.length} names or types of ${nFeatures} features`);
  }
  if (new Set(names).size !== names.length) refuseImport('two features of one name');
  const isCategory = Array.from({ length: nFeatures }, (_, f) => types[f] === 'c');
  const isNumber = isCategory.map(() => false);
  for (const tree of trees) {
    tree.feature.forEach((feature, node) => {
      if (feature < 0) return;
      if (feature >= nFeatures) refuseImport(`feature ${feature} of ${nFeatures}`);
      if (isCategoryNode(tree, node)) isCategory[feature] = true;
      else isNumber[feature] = true;
    });
  }
  if (isCategory.some((is, f) => is && isNumber[f]))
    refuseImport('a feature that is a number and a category');
  return isCategory.map((is, f) => ({ name: names[f] ?? `f${f}`, isCategory: is }));
}
