import { CATEGORY_SET_WORDS, countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { Box, Lattice } from './lattice.ts';

/**
 * Trees with all but the axes of a lattice held at the present case (partial evaluation): what is left of each are the
 * leaves that some point reaches, with the cells of every axis that lead there.
 */
export interface FrozenTrees {
  /** The node of each leaf, those of one tree after those of the other. */
  readonly nodes: Int32Array;
  /** Nodes of the trees that one leaf is left of: every point reaches it. */
  readonly settled: Int32Array;
  /** Looks at one box: what follows is asked of it, or of it with one axis narrowed (`axis` −1: of the whole). */
  readonly open: (box: Box) => void;
  /** Start + Σ over the trees that are not settled of the least of `values` among the leaves that meet the box. */
  readonly sumLeast: (
    values: Float64Array | Float32Array,
    axis: number,
    from: number,
    to: number,
    start?: number,
  ) => number;
}

/** Sets of cells of one axis, each once: `next[set × stride + cell]` is the first allowed cell from there on. */
interface CellSets {
  readonly stride: number;
  readonly next: Int32Array;
}

/**
 * O(leaves × axes × cells). `present` holds one value a feature of the ensemble. `single`: no tree is settled, and sums are
 * of float32 numbers in the order of the trees; rounding keeps their order, so that the least of a sum stays its bound.
 */
export function freezeTrees(
  ensemble: TreeEnsemble,
  { axes, present }: Pick<Lattice, 'axes' | 'present'>,
  isSingle = false,
): FrozenTrees {
  const { leftChild, feature } = ensemble;
  const owner = new Map<number, { readonly axis: number; readonly values: Float64Array }>();
  axes.forEach(({ features }, axis) =>
    features.forEach(({ index, values }) => owner.set(index, { axis, values })),
  );
  const interned = axes.map(({ nCells }) => createInterner(nCells));
  const full = axes.map(({ nCells }) => new Uint8Array(nCells).fill(1));
  const masks = new Map<number, Uint8Array>();
  const leftCells = (node: number, values: Float64Array): Uint8Array => {
    const known =
      masks.get(node) ?? Uint8Array.from(values, (value) => Number(turnsLeft(ensemble, node, value)));
    masks.set(node, known);
    return known;
  };

  const nodes: number[] = [];
  const settled: number[] = [];
  const treeOf: number[] = [];
  const setOf: number[][] = axes.map(() => []);
  const walk = (node: number, cells: readonly Uint8Array[], tree: number): void => {
    const left = leftChild[node];
    if (left === 0) {
      nodes.push(node);
      treeOf.push(tree);
      cells.forEach((mask, a) => setOf[a].push(interned[a].add(mask)));
      return;
    }
    const own = owner.get(feature[node]);
    if (own === undefined) {
      walk(turnsLeft(ensemble, node, present[feature[node]]) ? left : left + 1, cells, tree);
      return;
    }
    const goes = leftCells(node, own.values);
    const before = cells[own.axis];
    for (const side of [0, 1]) {
      const mask = before.map((allowed, cell) => (goes[cell] === 1 - side ? allowed : 0));
      if (mask.includes(1)) walk(left + side, cells.with(own.axis, mask), tree);
    }
  };
  for (let tree = 0; tree < countTrees(ensemble); tree++) {
    const first = nodes.length;
    walk(ensemble.treeStarts[tree], full, tree);
    if (isSingle || nodes.length > first + 1) continue;
    settled.push(nodes.pop() as number);
    treeOf.pop();
    for (const sets of setOf) sets.pop();
  }
  return {
    nodes: Int32Array.from(nodes),
    settled: Int32Array.from(settled),
    ...createSums(
      Int32Array.from(treeOf),
      setOf.map((sets) => Int32Array.from(sets)),
      interned.map((each) => each.finish()),
      isSingle,
    ),
  };
}

function turnsLeft(ensemble: TreeEnsemble, node: number, value: number): boolean {
  const { threshold, categorySet, categorySets, missingLeft, cardinalities, feature } = ensemble;
  if (categorySet[node] < 0) return Number.isNaN(value) ? missingLeft[node] === 1 : value <= threshold[node];
  const isKnown = value >= 0 && value < cardinalities[feature[node]] && Math.floor(value) === value;
  if (!isKnown) return missingLeft[node] === 1;
  const word = categorySets[categorySet[node] * CATEGORY_SET_WORDS + (value >> 5)];
  return ((word >>> (value & 31)) & 1) === 1;
}

function createInterner(nCells: number) {
  const ids = new Map<string, number>();
  const tables: Int32Array[] = [];
  return {
    add(mask: Uint8Array): number {
      const key = mask.join('');
      const known = ids.get(key);
      if (known !== undefined) return known;
      const next = new Int32Array(nCells + 1).fill(nCells);
      for (let cell = nCells - 1; cell >= 0; cell--) next[cell] = mask[cell] === 1 ? cell : next[cell + 1];
      ids.set(key, tables.length);
      tables.push(next);
      return tables.length - 1;
    },
    finish(): CellSets {
      const stride = nCells + 1;
      const next = new Int32Array(tables.length * stride);
      tables.forEach((table, i) => next.set(table, i * stride));
      return { stride, next };
    },
  };
}

function createSums(
  treeOf: Int32Array,
  setOf: readonly Int32Array[],
  cellSets: readonly CellSets[],
  isSingle: boolean,
): Pick<FrozenTrees, 'open' | 'sumLeast'> {
  const met = new Int32Array(treeOf.length);
  let nMet = 0;
  return {
    open(box) {
      nMet = 0;
      for (let leaf = 0; leaf < treeOf.length; leaf++) {
        let meets = true;
        for (let a = 0; meets && a < setOf.length; a++) {
          const { stride, next } = cellSets[a];
          meets = next[setOf[a][leaf] * stride + box[2 * a]] < box[2 * a + 1];
        }
        if (meets) met[nMet++] = leaf;
      }
    },
    sumLeast(values, axis, from, to, start = 0) {
      const sets = axis < 0 ? null : setOf[axis];
      const { stride, next } = axis < 0 ? { stride: 0, next: met } : cellSets[axis];
      let sum = start;
      let tree = -1;
      let least = 0;
      for (let i = 0; i < nMet; i++) {
        const leaf = met[i];
        if (sets !== null && next[sets[leaf] * stride + from] >= to) continue;
        const value = values[leaf];
        if (treeOf[leaf] !== tree) {
          sum = isSingle ? Math.fround(sum + least) : sum + least;
          tree = treeOf[leaf];
          least = value;
        } else if (value < least) least = value;
      }
      return isSingle ? Math.fround(sum + least) : sum + least;
    },
  };
}
