/** Nodes that may be split, in the order in which a tree grows. */
export interface Frontier {
  readonly push: (node: number, gain: number) => void;
  /** The next node, or −1. */
  readonly pop: () => number;
  readonly clear: () => void;
}

/** Last in, first out: depth first, so that few histograms are alive at once. */
export function createDepthFirstFrontier(capacity: number): Frontier {
  const nodes = new Int32Array(capacity);
  let size = 0;
  return {
    push: (node) => {
      nodes[size++] = node;
    },
    pop: () => (size > 0 ? nodes[--size] : -1),
    clear: () => {
      size = 0;
    },
  };
}

/** Largest gain first, ties to the lower node: a binary heap. */
export function createBestFirstFrontier(capacity: number): Frontier {
  const nodes = new Int32Array(capacity);
  const gains = new Float64Array(capacity);
  let size = 0;

  const isBefore = (a: number, b: number): boolean =>
    gains[a] > gains[b] || (gains[a] === gains[b] && nodes[a] < nodes[b]);

  function swap(a: number, b: number): void {
    const node = nodes[a];
    const gain = gains[a];
    nodes[a] = nodes[b];
    gains[a] = gains[b];
    nodes[b] = node;
    gains[b] = gain;
  }

  return {
    push: (node, gain) => {
      nodes[size] = node;
      gains[size] = gain;
      for (let at = size++; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!isBefore(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    pop: () => {
      if (size === 0) return -1;
      const first = nodes[0];
      size -= 1;
      swap(0, size);
      for (let at = 0; ;) {
        let best = at;
        if (2 * at + 1 < size && isBefore(2 * at + 1, best)) best = 2 * at + 1;
        if (2 * at + 2 < size && isBefore(2 * at + 2, best)) best = 2 * at + 2;
        if (best === at) break;
        swap(at, best);
        at = best;
      }
      return first;
    },
    clear: () => {
      size = 0;
    },
  };
}
