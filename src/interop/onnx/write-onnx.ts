import type { TreeEnsemble } from '#engine/tree-ensemble.ts';
import { listSet } from '../portable/category-set.ts';
import type { LinearTerm } from '../portable/linear-terms.ts';
import type { PortableMember, PortableModel } from '../portable/portable-model.ts';
import { type Attribute, createGraph, type OnnxGraph } from './graph.ts';

/**
 * An ONNX model (opset 15, ai.onnx.ml 3) from `X`, a double a feature (labels by code, NaN for missing), to `Y`, the
 * prediction. Thresholds and leaves are doubles; the sum of a tree ensemble is float32, as the format has it.
 */
export function writeOnnx({ features, members }: PortableModel, remark: string): Uint8Array {
  const graph = createGraph();
  let sum: string | null = null;
  for (const member of members) {
    const own = graph.add('Mul', [writeMember(graph, member), graph.doubles([member.weight])]);
    sum = sum === null ? own : graph.add('Add', [sum, own]);
  }
  return graph.finish(sum ?? '', features.length, {
    remark,
    features: JSON.stringify(features.map(({ name }) => name)),
    labels: JSON.stringify(features.map(({ labels }) => labels)),
    others: JSON.stringify(features.map(({ other }) => (Number.isNaN(other) ? null : other))),
  });
}

function writeMember(graph: OnnxGraph, { start, trees, scale }: PortableMember): string {
  let sum: string;
  if (start.kind === 'constant') {
    // As tall as there are rows, whatever is in them.
    const column = graph.add('Gather', ['X', graph.wholes([0])], { axis: { whole: 1 } });
    const isAny = graph.add('Or', [
      graph.add('IsNaN', [column]),
      graph.add('Not', [graph.add('IsNaN', [column])]),
    ]);
    sum = graph.add('Where', [isAny, graph.doubles([start.value]), column]);
  } else {
    sum = graph.doubles([start.intercept]);
    for (const term of start.terms) sum = graph.add('Add', [sum, writeTerm(graph, term)]);
    const { bounds } = start;
    if (bounds) {
      const [least, most] = bounds.map((bound) => graph.doubles([bound]));
      sum = graph.add('Min', [graph.add('Max', [sum, least]), most]);
    }
  }
  if (trees && trees.treeStarts.length > 1) {
    const leaves = graph.add('TreeEnsembleRegressor', ['X'], describeTrees(trees), 'ai.onnx.ml');
    sum = graph.add('Add', [sum, graph.add('Cast', [leaves], { to: { whole: 11 } })]);
  }
  return scale === 'log1p' ? graph.add('Sub', [graph.add('Exp', [sum]), graph.doubles([1])]) : sum;
}

function writeTerm(graph: OnnxGraph, term: LinearTerm): string {
  const x = graph.add('Gather', ['X', graph.wholes([term.feature])], { axis: { whole: 1 } });
  const isMissing = graph.add('IsNaN', [x]);
  if (term.kind === 'category') {
    const table = graph.doubles([...term.byCode, term.missing]);
    const nowhere = graph.doubles([term.byCode.length]);
    const code = graph.add('Min', [graph.add('Where', [isMissing, nowhere, x]), nowhere]);
    return graph.add('Gather', [table, graph.add('Cast', [code], { to: { whole: 7 } })]);
  }
  const standard = graph.add('Mul', [
    graph.add('Sub', [x, graph.doubles([term.mean])]),
    graph.doubles([term.inverse]),
  ]);
  const value = graph.add('Mul', [standard, graph.doubles([term.coefficient])]);
  return graph.add('Where', [isMissing, graph.doubles([term.missing]), value]);
}

/** A categorical split is a chain of questions for one code each, which share what they lead to. */
function describeTrees(trees: TreeEnsemble): Readonly<Record<string, Attribute>> {
  const nodes = {
    tree: [] as number[],
    id: [] as number[],
    feature: [] as number[],
    mode: [] as string[],
    value: [] as number[],
    yes: [] as number[],
    no: [] as number[],
    missingYes: [] as number[],
  };
  const targets = { tree: [] as number[], id: [] as number[], weight: [] as number[] };
  for (let tree = 0; tree + 1 < trees.treeStarts.length; tree++) {
    let nIds = 0;
    const add = (mode: string, feature: number, value: number, missingYes: number): number => {
      nodes.tree.push(tree);
      nodes.id.push(nIds);
      nodes.feature.push(feature);
      nodes.mode.push(mode);
      nodes.value.push(value);
      nodes.yes.push(0);
      nodes.no.push(0);
      nodes.missingYes.push(missingYes);
      nIds += 1;
      return nodes.id.length - 1;
    };
    const write = (node: number): number => {
      const left = trees.leftChild[node];
      if (left === 0) {
        const at = add('LEAF', 0, 0, 0);
        targets.tree.push(tree);
        targets.id.push(nodes.id[at]);
        targets.weight.push(trees.value[node]);
        return nodes.id[at];
      }
      const { codes, isLeft } = listAsked(trees, node);
      const missingYes = isLeft === (trees.missingLeft[node] === 1) ? 1 : 0;
      const mode = codes === null ? 'BRANCH_LEQ' : 'BRANCH_EQ';
      const asked = (codes ?? [trees.threshold[node]]).map((value, i) =>
        add(mode, trees.feature[node], value, i === 0 ? missingYes : 0),
      );
      const [yes, no] = isLeft ? [left, left + 1] : [left + 1, left];
      const yesId = write(yes);
      const noId = write(no);
      asked.forEach((at, i) => {
        nodes.yes[at] = yesId;
        nodes.no[at] = i + 1 < asked.length ? nodes.id[asked[i + 1]] : noId;
      });
      return nodes.id[asked[0]];
    };
    write(trees.treeStarts[tree]);
  }
  return {
    n_targets: { whole: 1 },
    aggregate_function: { text: 'SUM' },
    post_transform: { text: 'NONE' },
    nodes_treeids: { wholes: nodes.tree },
    nodes_nodeids: { wholes: nodes.id },
    nodes_featureids: { wholes: nodes.feature },
    nodes_modes: { texts: nodes.mode },
    nodes_values_as_tensor: { tensor: Float64Array.from(nodes.value) },
    nodes_truenodeids: { wholes: nodes.yes },
    nodes_falsenodeids: { wholes: nodes.no },
    nodes_missing_value_tracks_true: { wholes: nodes.missingYes },
    target_treeids: { wholes: targets.tree },
    target_nodeids: { wholes: targets.id },
    target_ids: { wholes: targets.id.map(() => 0) },
    target_weights_as_tensor: { tensor: Float64Array.from(targets.weight) },
  };
}

/** The codes of the shorter side of a categorical split (none: one that no sample bears), and whether it is the left one; null for a number. */
function listAsked(
  trees: TreeEnsemble,
  node: number,
): { readonly codes: readonly number[] | null; readonly isLeft: boolean } {
  if (trees.categorySet[node] < 0) return { codes: null, isLeft: true };
  const left = listSet(trees, node);
  const nCodes = trees.cardinalities[trees.feature[node]];
  const isIn = new Set(left);
  const right = Array.from({ length: nCodes }, (_, code) => code).filter((code) => !isIn.has(code));
  const isLeft = left.length <= right.length;
  const shorter = isLeft ? left : right;
  return { codes: shorter.length > 0 ? shorter : [-1], isLeft };
}
