import { tree } from './generated/growing-memory';
import { NODE_BYTES } from './generated/node-record';

/** Nodes of the tree so far. */
export let nNodes: i32 = 0;

export function setNodeCount(count: i32): void {
  nNodes = count;
}

@inline
export function nodeAt(node: i32): usize {
  return tree + <usize>node * NODE_BYTES;
}
