// Trees over bins. A node is 16 bytes: u32 place of its column within the chunk; u32 largest bin that goes
// left; u32 address of the left child, which the right one follows; u32 address of the set of bins that go
// left, 32 bytes. Of the last two tests a numeric node leaves the set full, a categorical one the bin
// 2^32 − 1: a bin must pass both to go left, so that neither kind needs a branch. A leaf's left child is itself.

const ANY_BIN: u32 = 0xffffffff;
const NODE_BYTES: usize = 16;

/** Bytes of bins that go through a tree together: 64 samples of one byte or 32 of two. */
const GROUP: usize = 64;

/** Trees with more nodes are walked: few of their nodes concern a given sample. */
const MOST_NODES: i32 = 127;

/**
 * out[i] += value of the leaf that sample i of the chunk reaches, tree after tree. `roots` are addresses,
 * with one more for the end of the last tree; `scratch` has room for 128 groups. `nSamples` is a multiple of 64.
 */
export function addTrees(
  chunk: usize,
  nSamples: i32,
  binWidth: i32,
  roots: usize,
  depths: usize,
  nTrees: i32,
  nodes: usize,
  values: usize,
  scratch: usize,
  out: usize,
): void {
  if (binWidth == 1) addAll<u8>(chunk, nSamples, roots, depths, nTrees, nodes, values, scratch, out);
  else addAll<u16>(chunk, nSamples, roots, depths, nTrees, nodes, values, scratch, out);
}

@inline
function addAll<Bin>(
  chunk: usize,
  nSamples: i32,
  roots: usize,
  depths: usize,
  nTrees: i32,
  nodes: usize,
  values: usize,
  scratch: usize,
  out: usize,
): void {
  const nBytes = <usize>nSamples * sizeof<Bin>();
  for (let tree: i32 = 0; tree < nTrees; tree++) {
    const root = <usize>load<u32>(roots + (<usize>tree << 2));
    const end = <usize>load<u32>(roots + (<usize>tree << 2), 4);
    const treeValues = values + ((root - nodes) >> 1);
    if (i32((end - root) / NODE_BYTES) <= MOST_NODES) {
      let sums = out;
      for (let at: usize = 0; at < nBytes; at += GROUP) {
        sums = addGroup<Bin>(chunk + at, root, end, treeValues, scratch, sums);
      }
    } else {
      walkTree<Bin, u8>(chunk, nSamples, root, load<i32>(depths + (<usize>tree << 2)), nodes, values, 8, out);
    }
  }
}

/**
 * Evaluates every node of a small tree for a group at once: a node's mask of samples that reach it becomes
 * those of its children. No branch and no jump about in memory: an eighth of the steps of a walk.
 */
@inline
function addGroup<Bin>(
  bins: usize,
  root: usize,
  end: usize,
  values: usize,
  scratch: usize,
  sums: usize,
): usize {
  const all = i64x2.splat(-1);
  const zero = i64x2.splat(0);
  let l0 = zero;
  let l1 = zero;
  let l2 = zero;
  let l3 = zero;
  v128.store(scratch, all);
  v128.store(scratch, all, 16);
  v128.store(scratch, all, 32);
  v128.store(scratch, all, 48);
  let reach = scratch;
  for (let node = root; node < end; node += NODE_BYTES) {
    const left = <usize>load<u32>(node, 8);
    const r0 = v128.load(reach);
    const r1 = v128.load(reach, 16);
    const r2 = v128.load(reach, 32);
    const r3 = v128.load(reach, 48);
    if (left == node) {
      const leaf = v128.splat<Bin>(<Bin>((node - root) / NODE_BYTES));
      l0 = v128.or(l0, v128.and(r0, leaf));
      l1 = v128.or(l1, v128.and(r1, leaf));
      l2 = v128.or(l2, v128.and(r2, leaf));
      l3 = v128.or(l3, v128.and(r3, leaf));
    } else {
      const x = bins + <usize>load<u32>(node);
      const children = scratch + (left - root) * (GROUP / NODE_BYTES);
      const split = load<u32>(node, 4);
      if (split == ANY_BIN) {
        const set = <usize>load<u32>(node, 12);
        share(children, 0, r0, isOutside<Bin>(v128.load(x), set));
        share(children, 16, r1, isOutside<Bin>(v128.load(x, 16), set));
        share(children, 32, r2, isOutside<Bin>(v128.load(x, 32), set));
        share(children, 48, r3, isOutside<Bin>(v128.load(x, 48), set));
      } else {
        const most = v128.splat<Bin>(<Bin>split);
        share(children, 0, r0, v128.gt<Bin>(v128.load(x), most));
        share(children, 16, r1, v128.gt<Bin>(v128.load(x, 16), most));
        share(children, 32, r2, v128.gt<Bin>(v128.load(x, 32), most));
        share(children, 48, r3, v128.gt<Bin>(v128.load(x, 48), most));
      }
    }
    reach += GROUP;
  }
  v128.store(scratch, l0);
  v128.store(scratch, l1, 16);
  v128.store(scratch, l2, 32);
  v128.store(scratch, l3, 48);
  for (let at = scratch; at < scratch + GROUP; at += sizeof<Bin>()) {
    store<f64>(sums, load<f64>(sums) + load<f64>(values + (<usize>load<Bin>(at) << 3)));
    sums += 8;
  }
  return sums;
}

@inline
function share(children: usize, offset: usize, reach: v128, isRight: v128): void {
  v128.store(children + offset, v128.andnot(reach, isRight));
  v128.store(children + offset, v128.and(reach, isRight), GROUP);
}

/** All bits of a lane set where its bin, below 256, is not in the set. */
@inline
function isOutside<Bin>(bins: v128, set: usize): v128 {
  const place = i8x16.shr_u(bins, 3);
  const low = i8x16.swizzle(v128.load(set), place);
  const high = i8x16.swizzle(v128.load(set, 16), i8x16.sub(place, i8x16.splat(16)));
  const powers = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  let bit = i8x16.swizzle(powers, v128.and(bins, i8x16.splat(7)));
  if (sizeof<Bin>() == 2) bit = v128.and(bit, i16x8.splat(255));
  return v128.eq<Bin>(v128.and(v128.or(low, high), bit), i64x2.splat(0));
}

/** The leaf that sample i reaches in tree t, counted from the node at `nodes`: i32 at out + 4 · (i · nTrees + t). */
export function findLeaves(
  chunk: usize,
  nSamples: i32,
  binWidth: i32,
  roots: usize,
  depths: usize,
  nTrees: i32,
  nodes: usize,
  out: usize,
): void {
  const stride = <usize>nTrees << 2;
  for (let offset: usize = 0; offset < stride; offset += 4) {
    const root = <usize>load<u32>(roots + offset);
    const depth = load<i32>(depths + offset);
    if (binWidth == 1) walkTree<u8, u16>(chunk, nSamples, root, depth, nodes, 0, stride, out + offset);
    else walkTree<u16, u16>(chunk, nSamples, root, depth, nodes, 0, stride, out + offset);
  }
}

/** Eight samples go down together, so that their loads overlap. `Out` is u8 to add values, u16 to write leaves. */
@inline
function walkTree<Bin, Out>(
  chunk: usize,
  nSamples: i32,
  root: usize,
  depth: i32,
  nodes: usize,
  values: usize,
  stride: usize,
  out: usize,
): void {
  const end = chunk + <usize>nSamples * sizeof<Bin>();
  let target = out;
  for (let x = chunk; x < end; x += 8 * sizeof<Bin>()) {
    let n0 = root;
    let n1 = root;
    let n2 = root;
    let n3 = root;
    let n4 = root;
    let n5 = root;
    let n6 = root;
    let n7 = root;
    for (let level = depth; level > 0; level--) {
      if ((level & 3) == 0 && hasArrived(n0, n1, n2, n3, n4, n5, n6, n7)) break;
      n0 = descend<Bin>(n0, x);
      n1 = descend<Bin>(n1, x + sizeof<Bin>());
      n2 = descend<Bin>(n2, x + 2 * sizeof<Bin>());
      n3 = descend<Bin>(n3, x + 3 * sizeof<Bin>());
      n4 = descend<Bin>(n4, x + 4 * sizeof<Bin>());
      n5 = descend<Bin>(n5, x + 5 * sizeof<Bin>());
      n6 = descend<Bin>(n6, x + 6 * sizeof<Bin>());
      n7 = descend<Bin>(n7, x + 7 * sizeof<Bin>());
    }
    keepLeaf<Out>(target, n0 - nodes, values);
    keepLeaf<Out>(target + stride, n1 - nodes, values);
    keepLeaf<Out>(target + 2 * stride, n2 - nodes, values);
    keepLeaf<Out>(target + 3 * stride, n3 - nodes, values);
    keepLeaf<Out>(target + 4 * stride, n4 - nodes, values);
    keepLeaf<Out>(target + 5 * stride, n5 - nodes, values);
    keepLeaf<Out>(target + 6 * stride, n6 - nodes, values);
    keepLeaf<Out>(target + 7 * stride, n7 - nodes, values);
    target += 8 * stride;
  }
}

@inline
function descend<Bin>(node: usize, x: usize): usize {
  const bin = <u32>load<Bin>(x + <usize>load<u32>(node));
  const word = load<u32>(<usize>load<u32>(node, 12) + (<usize>(bin >> 5) << 2));
  const isRight = u32(bin > load<u32>(node, 4)) | (((word >>> (bin & 31)) & 1) ^ 1);
  return <usize>load<u32>(node, 8) + (<usize>isRight << 4);
}

/** True when all are at a leaf: worth asking now and then, where a few branches are much longer than the rest. */
@inline
function hasArrived(
  n0: usize,
  n1: usize,
  n2: usize,
  n3: usize,
  n4: usize,
  n5: usize,
  n6: usize,
  n7: usize,
): bool {
  const moved = ahead(n0) | ahead(n1) | ahead(n2) | ahead(n3);
  return (moved | ahead(n4) | ahead(n5) | ahead(n6) | ahead(n7)) == 0;
}

@inline
function ahead(node: usize): usize {
  return <usize>load<u32>(node, 8) ^ node;
}

@inline
function keepLeaf<Out>(target: usize, offset: usize, values: usize): void {
  if (sizeof<Out>() == 1) store<f64>(target, load<f64>(target) + load<f64>(values + (offset >> 1)));
  else store<i32>(target, i32(offset / NODE_BYTES));
}
