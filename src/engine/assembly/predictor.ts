import {
  ANY_BIN,
  binWidth,
  chunk,
  COLUMN,
  depths,
  LAST_LEFT_BIN,
  LEFT_CHILD,
  LEFT_SET,
  NODE_BYTES,
  nodes,
  nTrees,
  out,
  roots,
  scratch,
  SMALL_TREE_NODES,
  values,
} from './generated/prediction-memory';

// Trees are followed on bins. A bin must pass two tests to go left, `LAST_LEFT_BIN` and `LEFT_SET`, so that neither
// numbers nor categories need a branch.

/** Bytes of bins that go through a tree together: 64 samples of one byte or 32 of two. */
const GROUP: usize = 64;

/** out[i] += value of the leaf that sample i of the chunk reaches, tree after tree. `nSamples` is a multiple of 64. */
export function addTrees(nSamples: i32): void {
  if (binWidth == 1) addAll<u8>(nSamples);
  else addAll<u16>(nSamples);
}

@inline
function addAll<Bin>(nSamples: i32): void {
  const nBytes = <usize>nSamples * sizeof<Bin>();
  for (let tree: i32 = 0; tree < nTrees; tree++) {
    const root = <usize>load<u32>(roots + (<usize>tree << 2));
    const end = <usize>load<u32>(roots + (<usize>tree << 2), 4);
    if (i32((end - root) / NODE_BYTES) <= SMALL_TREE_NODES) {
      const treeValues = values + ((root - nodes) >> 1);
      let sums = out;
      for (let at: usize = 0; at < nBytes; at += GROUP) {
        sums = addGroup<Bin>(chunk + at, root, end, treeValues, sums);
      }
    } else {
      // Of a large tree few nodes concern a given sample: it is walked.
      walkTree<Bin, u8>(nSamples, root, load<i32>(depths + (<usize>tree << 2)), 8, out);
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
  treeValues: usize,
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
    const left = <usize>load<u32>(node, LEFT_CHILD);
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
      const x = bins + <usize>load<u32>(node, COLUMN);
      const children = scratch + (left - root) * (GROUP / NODE_BYTES);
      const split = load<u32>(node, LAST_LEFT_BIN);
      if (split == ANY_BIN) {
        const set = <usize>load<u32>(node, LEFT_SET);
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
    store<f64>(sums, load<f64>(sums) + load<f64>(treeValues + (<usize>load<Bin>(at) << 3)));
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

/** The leaf that sample i of the chunk reaches in tree t, counted from the first node: i32 at out + 4 · (i · nTrees + t). */
export function findLeaves(nSamples: i32): void {
  const stride = <usize>nTrees << 2;
  for (let offset: usize = 0; offset < stride; offset += 4) {
    const root = <usize>load<u32>(roots + offset);
    const depth = load<i32>(depths + offset);
    if (binWidth == 1) walkTree<u8, u16>(nSamples, root, depth, stride, out + offset);
    else walkTree<u16, u16>(nSamples, root, depth, stride, out + offset);
  }
}

/** Eight samples go down together, so that their loads overlap. `Out` is u8 to add values, u16 to write leaves. */
@inline
function walkTree<Bin, Out>(nSamples: i32, root: usize, depth: i32, stride: usize, first: usize): void {
  const end = chunk + <usize>nSamples * sizeof<Bin>();
  const firstNode = nodes;
  const valuesOf = values;
  let target = first;
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
    keepLeaf<Out>(target, n0 - firstNode, valuesOf);
    keepLeaf<Out>(target + stride, n1 - firstNode, valuesOf);
    keepLeaf<Out>(target + 2 * stride, n2 - firstNode, valuesOf);
    keepLeaf<Out>(target + 3 * stride, n3 - firstNode, valuesOf);
    keepLeaf<Out>(target + 4 * stride, n4 - firstNode, valuesOf);
    keepLeaf<Out>(target + 5 * stride, n5 - firstNode, valuesOf);
    keepLeaf<Out>(target + 6 * stride, n6 - firstNode, valuesOf);
    keepLeaf<Out>(target + 7 * stride, n7 - firstNode, valuesOf);
    target += 8 * stride;
  }
}

@inline
function descend<Bin>(node: usize, x: usize): usize {
  const bin = <u32>load<Bin>(x + <usize>load<u32>(node, COLUMN));
  const word = load<u32>(<usize>load<u32>(node, LEFT_SET) + (<usize>(bin >> 5) << 2));
  const isRight = u32(bin > load<u32>(node, LAST_LEFT_BIN)) | (((word >>> (bin & 31)) & 1) ^ 1);
  return <usize>load<u32>(node, LEFT_CHILD) + (<usize>isRight << 4);
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
  return <usize>load<u32>(node, LEFT_CHILD) ^ node;
}

@inline
function keepLeaf<Out>(target: usize, offset: usize, valuesOf: usize): void {
  if (sizeof<Out>() == 1) store<f64>(target, load<f64>(target) + load<f64>(valuesOf + (offset >> 1)));
  else store<i32>(target, i32(offset / NODE_BYTES));
}
