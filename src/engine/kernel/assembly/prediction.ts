// Nodes of 16 bytes: f64 threshold; i32 place of the feature in a block | flags; i32 address of the left
// child (the right one follows). A leaf's threshold is infinite and its left child itself, so that a
// sample that has arrived stays. Category sets of 32 bytes: a node's threshold then holds the set's address.

/** Samples of one block, feature by feature. */
const BLOCK: i32 = 64;

const MISSING_RIGHT: i32 = 1;
const CATEGORICAL: i32 = 2;
const FLAGS: i32 = 7;

/**
 * out[i] += value of the leaf that sample i of the block reaches, tree after tree. Eight samples go down
 * together, `depths[t]` levels, so that their loads overlap. `kind`: 0 = no value is missing and
 * the nodes have no flags, 1 = values may be missing, 2 = some nodes are categorical.
 */
export function addBlock(
  block: usize,
  roots: usize,
  depths: usize,
  nTrees: i32,
  nodes: usize,
  values: usize,
  kind: i32,
  out: usize,
): void {
  if (kind == 0) addTrees<u8>(block, roots, depths, nTrees, nodes, values, out);
  else if (kind == 1) addTrees<u16>(block, roots, depths, nTrees, nodes, values, out);
  else addTrees<u32>(block, roots, depths, nTrees, nodes, values, out);
}

@inline
function addTrees<Kind>(
  block: usize,
  roots: usize,
  depths: usize,
  nTrees: i32,
  nodes: usize,
  values: usize,
  out: usize,
): void {
  for (let tree: i32 = 0; tree < nTrees; tree++) {
    const root = load<u32>(roots + (<usize>tree << 2));
    const depth = load<i32>(depths + (<usize>tree << 2));
    for (let lane: usize = 0; lane < <usize>(BLOCK * 8); lane += 64) {
      const x = block + lane;
      let n0 = root;
      let n1 = root;
      let n2 = root;
      let n3 = root;
      let n4 = root;
      let n5 = root;
      let n6 = root;
      let n7 = root;
      for (let level = depth; level > 0; level--) {
        n0 = descend<Kind>(n0, x);
        n1 = descend<Kind>(n1, x + 8);
        n2 = descend<Kind>(n2, x + 16);
        n3 = descend<Kind>(n3, x + 24);
        n4 = descend<Kind>(n4, x + 32);
        n5 = descend<Kind>(n5, x + 40);
        n6 = descend<Kind>(n6, x + 48);
        n7 = descend<Kind>(n7, x + 56);
      }
      const sums = out + lane;
      addValue(sums, nodes, n0, values);
      addValue(sums + 8, nodes, n1, values);
      addValue(sums + 16, nodes, n2, values);
      addValue(sums + 24, nodes, n3, values);
      addValue(sums + 32, nodes, n4, values);
      addValue(sums + 40, nodes, n5, values);
      addValue(sums + 48, nodes, n6, values);
      addValue(sums + 56, nodes, n7, values);
    }
  }
}

@inline
function addValue(sum: usize, nodes: usize, node: u32, values: usize): void {
  store<f64>(sum, load<f64>(sum) + load<f64>(values + ((<usize>node - nodes) >> 1)));
}

@inline
function descend<Kind>(node: u32, x: usize): u32 {
  const left = load<u32>(node, 12);
  const place = load<i32>(node, 8);
  if (sizeof<Kind>() == 1) return left + (u32(load<f64>(x + <usize>place) > load<f64>(node)) << 4);
  const value = load<f64>(x + <usize>(place & ~FLAGS));
  const isRight = u32(value > load<f64>(node)) | (u32(value != value) & place & MISSING_RIGHT);
  if (sizeof<Kind>() == 2) return left + (isRight << 4);
  return left + ((place & CATEGORICAL ? isCategoryRight(node, value, place) : isRight) << 4);
}

/** Codes that no category has were made NaN before. */
@inline
function isCategoryRight(node: u32, value: f64, place: i32): u32 {
  if (value != value) return place & MISSING_RIGHT;
  const code = i32(value);
  const word = load<u32>(<usize>load<u32>(node) + (<usize>(code >> 5) << 2));
  return ((word >>> (code & 31)) & 1) ^ 1;
}
