import type { WasmMemory } from '../wasm-kernel.ts';

/** What a helper thread needs to join a team; both go to it by reference. */
export interface TeamLink {
  readonly memory: WasmMemory;
  readonly control: SharedArrayBuffer;
  /** 0 … helpers − 1. */
  readonly helper: number;
}

export const operation = {
  bind: 1,
  buildHistogram: 2,
  partitionNumbers: 3,
  partitionCategories: 4,
  leave: 5,
} as const;

/** Places of 32-bit words in `TeamLink.control`. */
export const word = {
  /** Counts the operations asked for: helpers wait for it to change. */
  asked: 0,
  /** Counts the helpers that have done the last one: who asked waits for it. */
  done: 1,
  operation: 2,
  /** `arguments` … + 7. */
  arguments: 8,
  /** One for each helper. */
  results: 16,
  /** The layout, in the order of `layoutFields`. */
  layout: 48,
} as const;

export const CONTROL_BYTES = 512;
export const MAX_HELPERS = word.layout - word.results;

/** Part number `part` of `nParts` nearly equal ones of the samples start … end − 1. */
export function takePart(start: number, end: number, part: number, nParts: number): [number, number] {
  const cut = (k: number): number => start + Math.floor(((end - start) * k) / nParts);
  return [cut(part), cut(part + 1)];
}
