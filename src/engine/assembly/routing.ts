import {
  binOffsets,
  columns,
  columnStride,
  goesLeft,
  indices,
  nSamples,
  nValidation,
  raw,
  scratch,
  validationColumns,
  validationColumnStride,
  validationIndices,
  validationRaw,
  validationScratch,
} from './generated/growing-memory';
import { addValue, partitionByCategory, partitionByNumber } from './partition';
import {
  CATEGORY_SET,
  END,
  FEATURE,
  IS_CATEGORICAL,
  LEFT_CHILD,
  MISSING_LEFT,
  ROUTED_END,
  ROUTED_START,
  SPLIT_BIN,
  START,
  VALUE,
} from './generated/node-record';
import { nNodes, nodeAt } from './tree';

// Samples that the tree was not grown on go down it node by node, each node's run of them partitioned in place.

/** Adds the tree's values: to samples 0 … nBagged − 1 of `indices`, which lie in its leaves, then to the others. */
export function updateRaw(nBagged: i32): void {
  for (let node: i32 = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    if (load<i32>(at, LEFT_CHILD) != 0) continue;
    addValue(indices, load<i32>(at, START), load<i32>(at, END), load<f64>(at, VALUE), raw);
  }
  if (nBagged < nSamples) routeSamples(columns, columnStride, indices, scratch, nBagged, nSamples, raw);
}

/** Adds the tree's values to the validation samples. */
export function updateValidationRaw(): void {
  routeSamples(
    validationColumns,
    validationColumnStride,
    validationIndices,
    validationScratch,
    0,
    nValidation,
    validationRaw,
  );
}

/**
 * Adds the tree's values to the samples `order[start … end)` of any set of them, binned as the fit's are.
 * Reorders them; `room` has room for as many.
 */
function routeSamples(
  columnsOf: usize,
  strideOf: usize,
  order: usize,
  room: usize,
  start: i32,
  end: i32,
  rawOf: usize,
): void {
  store<i32>(nodeAt(0), start, ROUTED_START);
  store<i32>(nodeAt(0), end, ROUTED_END);
  for (let node: i32 = 0; node < nNodes; node++) {
    const at = nodeAt(node);
    const from = load<i32>(at, ROUTED_START);
    const to = load<i32>(at, ROUTED_END);
    const left = load<i32>(at, LEFT_CHILD);
    if (left == 0) {
      addValue(order, from, to, load<f64>(at, VALUE), rawOf);
      continue;
    }
    const column = columnsOf + <usize>load<i32>(at, FEATURE) * strideOf;
    const middle = from + partitionRun(at, column, order, room, from, to);
    store<i32>(nodeAt(left), from, ROUTED_START);
    store<i32>(nodeAt(left), middle, ROUTED_END);
    store<i32>(nodeAt(left + 1), middle, ROUTED_START);
    store<i32>(nodeAt(left + 1), to, ROUTED_END);
  }
}

@inline
function partitionRun(node: usize, column: usize, order: usize, room: usize, from: i32, to: i32): i32 {
  if (load<i32>(node, IS_CATEGORICAL) != 0) {
    markBinsLeft(node);
    return partitionByCategory(column, order, room, from, to);
  }
  return partitionByNumber(column, order, room, from, to, load<i32>(node, SPLIT_BIN), extraBin(node));
}

/** The bin of missing values where they go left; else none. */
@inline
export function extraBin(node: usize): i32 {
  return load<i32>(node, MISSING_LEFT) != 0 ? missingBin(node) : -1;
}

@inline
function missingBin(node: usize): i32 {
  const place = binOffsets + (<usize>load<i32>(node, FEATURE) << 2);
  return load<i32>(place, 4) - load<i32>(place) - 1;
}

/** Writes for each bin of a categorical node, that of missing values included, whether it goes left. */
export function markBinsLeft(node: usize): void {
  const missing = missingBin(node);
  for (let bin: i32 = 0; bin < missing; bin++) {
    const word = load<u32>(node + (<usize>(bin >> 5) << 2), CATEGORY_SET);
    store<u8>(goesLeft + <usize>bin, <u8>((word >>> (bin & 31)) & 1));
  }
  store<u8>(goesLeft + <usize>missing, <u8>load<i32>(node, MISSING_LEFT));
}
