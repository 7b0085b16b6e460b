import { writeFloat32, toSingleThreshold } from '../formats/float32-split.ts';
import type { PortableMember, PortableModel } from '../portable/portable-model.ts';
import { writeTypedJson } from '../formats/typed-json.ts';
import { type TypedValue, writeUbjson } from '../formats/ubjson.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { isInSet } from '../portable/category-set.ts';

/** The text of a model as XGBoost 1.7 and later read it. Its prediction is on the learnt scale (attribute `tranche_scale`). */
export function writeXgboostJson(model: PortableModel): string {
  return writeTypedJson(describeModel(model));
}

export function writeXgboostUbjson(model: PortableModel): Uint8Array {
  return writeUbjson(describeModel(model));
}

function describeModel({ features, members }: PortableModel): TypedValue {
  const [{ scale, start, trees }] = members as readonly [PortableMember];
  if (start.kind !== 'constant' || trees === null) throw new TypeError('a start that XGBoost cannot hold');
  return {
    learner: {
      attributes: { tranche_scale: scale },
      feature_names: nameFeatures(features.map(({ name }) => name)),
      feature_types: features.map((_, f) => (trees.cardinalities[f] > 0 ? 'c' : 'float')),
      gradient_booster: {
        model: {
          gbtree_model_param: {
            num_parallel_tree: '1',
            num_trees: String(countTrees(trees)),
            size_leaf_vector: '0',
          },
          // A list of plain numbers: a typed one is refused here.
          tree_info: Array.from({ length: countTrees(trees) }, () => 0),
          trees: Array.from({ length: countTrees(trees) }, (_, t) => describeTree(trees, t)),
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: writeFloat32(Math.fround(start.value)),
        boost_from_average: '0',
        num_class: '0',
        num_feature: String(features.length),
        num_target: '1',
      },
      objective: { name: 'reg:squarederror', reg_loss_param: { scale_pos_weight: '1' } },
    },
    version: [1, 7, 4],
  };
}

/** XGBoost allows no brackets in a name, nor one name twice. */
export function nameFeatures(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replaceAll(/[[\]<]/gu, '_'));
  return plain.map((name, f) => (plain.indexOf(name) === f ? name : `${name}_${f}`));
}

const NO_PARENT = 2 ** 31 - 1;

function describeTree(trees: TreeEnsemble, index: number): TypedValue {
  const start = trees.treeStarts[index];
  const nNodes = trees.treeStarts[index + 1] - start;
  const [parents, left, right, features] = Array.from({ length: 4 }, () => new Int32Array(nNodes).fill(-1));
  const [conditions, gains, covers, values] = Array.from({ length: 4 }, () => new Float32Array(nNodes));
  const [missingLeft, splitTypes] = Array.from({ length: 2 }, () => new Uint8Array(nNodes));
  const [categories, nodes, segments, sizes]: number[][] = [[], [], [], []];
  parents[0] = NO_PARENT;
  for (let node = 0; node < nNodes; node++) {
    const at = start + node;
    const child = trees.leftChild[at] - start;
    gains[node] = trees.gain[at];
    covers[node] = trees.cover[at];
    values[node] = trees.value[at];
    if (trees.leftChild[at] === 0) {
      features[node] = 0;
      conditions[node] = trees.value[at];
      continue;
    }
    left[node] = child;
    right[node] = child + 1;
    parents[child] = node;
    parents[child + 1] = node;
    features[node] = trees.feature[at];
    missingLeft[node] = trees.missingLeft[at];
    if (trees.categorySet[at] < 0) {
      conditions[node] = toSingleThreshold(trees.threshold[at]);
      continue;
    }
    splitTypes[node] = 1;
    conditions[node] = NaN;
    nodes.push(node);
    segments.push(categories.length);
    for (let code = 0; code < trees.cardinalities[trees.feature[at]]; code++) {
      if (!isInSet(trees, at, code)) categories.push(code);
    }
    const from = segments.at(-1) ?? 0;
    // An empty list is not read: a code that no sample bears stands for it.
    if (categories.length === from) categories.push(trees.cardinalities[trees.feature[at]]);
    sizes.push(categories.length - from);
  }
  return {
    base_weights: values,
    categories: Int32Array.from(categories),
    categories_nodes: Int32Array.from(nodes),
    categories_segments: BigInt64Array.from(segments, BigInt),
    categories_sizes: BigInt64Array.from(sizes, BigInt),
    default_left: missingLeft,
    id: index,
    left_children: left,
    loss_changes: gains,
    parents,
    right_children: right,
    split_conditions: conditions,
    split_indices: features,
    split_type: splitTypes,
    sum_hessian: covers,
    tree_param: {
      num_deleted: '0',
      num_feature: String(trees.cardinalities.length),
      num_nodes: String(nNodes),
      size_leaf_vector: '0',
    },
  };
}
