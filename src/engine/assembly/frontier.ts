import { frontier, isBestFirst } from './generated/growing-memory';
import { GAIN } from './generated/node-record';
import { nodeAt } from './tree';

// Nodes that may be split, in the order in which a tree grows: largest gain first, ties to the lower node (a
// binary heap); or last in, first out, so that few histograms are alive at once.

let size: i32 = 0;

export function clearFrontier(): void {
  size = 0;
}

@inline
function nodeIn(place: i32): i32 {
  return load<i32>(frontier + (<usize>place << 2));
}

@inline
function put(place: i32, node: i32): void {
  store<i32>(frontier + (<usize>place << 2), node);
}

@inline
function isBefore(node: i32, other: i32): bool {
  const gain = load<f64>(nodeAt(node), GAIN);
  const otherGain = load<f64>(nodeAt(other), GAIN);
  return gain > otherGain || (gain == otherGain && node < other);
}

export function pushNode(node: i32): void {
  let at = size++;
  if (isBestFirst) {
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(node, nodeIn(parent))) break;
      put(at, nodeIn(parent));
      at = parent;
    }
  }
  put(at, node);
}

/** The next node, or −1. */
export function popNode(): i32 {
  if (size == 0) return -1;
  size -= 1;
  const last = nodeIn(size);
  if (!isBestFirst) return last;
  const first = nodeIn(0);
  let at: i32 = 0;
  for (let child: i32 = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && isBefore(nodeIn(child + 1), nodeIn(child))) child += 1;
    if (!isBefore(nodeIn(child), last)) break;
    put(at, nodeIn(child));
    at = child;
  }
  put(at, last);
  return first;
}
