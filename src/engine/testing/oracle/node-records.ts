import {
  NODE_BYTES,
  NODE_FLOATS,
  NODE_INTS,
  nodeFloat,
  nodeInt,
  type NodeRecords,
} from '../../kernel/memory-map.ts';
import type { Node } from './fit-state.ts';

/** The nodes as the kernel has them, as far as the engine reads them. */
export function toNodeRecords(nodes: readonly Node[]): NodeRecords {
  const buffer = new ArrayBuffer(nodes.length * NODE_BYTES);
  const ints = new Int32Array(buffer);
  const floats = new Float64Array(buffer);
  nodes.forEach(({ start, samples, sumGradients, sumHessians, split, leftChild, value }, node) => {
    const int = node * NODE_INTS;
    const float = node * NODE_FLOATS;
    ints[int + nodeInt.start] = start;
    ints[int + nodeInt.end] = start + samples.length;
    ints[int + nodeInt.leftChild] = leftChild;
    floats[float + nodeFloat.sumGradients] = sumGradients;
    floats[float + nodeFloat.sumHessians] = sumHessians;
    floats[float + nodeFloat.value] = value;
    if (!split) return;
    ints[int + nodeInt.feature] = split.feature;
    ints[int + nodeInt.missingLeft] = Number(split.isMissingLeft);
    floats[float + nodeFloat.gain] = split.gain;
    if (typeof split.cut === 'number') {
      ints[int + nodeInt.splitBin] = split.cut;
      return;
    }
    ints[int + nodeInt.isCategorical] = 1;
    for (const bin of split.cut) ints[int + nodeInt.categorySet + (bin >> 5)] |= 1 << (bin & 31);
  });
  return { ints, floats };
}
