import type { WasmMemory } from '../wasm-kernel.ts';

/** What a helper thread needs to join a team; both go to it by reference. */
export interface TeamLink {
  readonly memory: WasmMemory;
  readonly control: SharedArrayBuffer;
  /** 0 … helpers − 1. */
  readonly helper: number;
}

export const operation = { buildHistogram: 1, partitionNumbers: 2, partitionCategories: 3 } as const;

/**
 * Where a helper's part stands. The thread that asks offers it (`open`) to a helper that is there (`resting`); whichever
 * of the two comes first does it: the helper that makes it `taken`, or the asker that makes it `resting` again. So a
 * helper that is late, starved of its core or dead is waited for only while it has a part in its hands.
 */
export const ticket = { absent: 0, resting: 1, open: 2, taken: 3, failed: 4, closed: 5 } as const;

/** Places of 32-bit words in `TeamLink.control`. */
export const word = {
  operation: 0,
  /** Counts the fits bound: a helper binds itself anew when it has changed. */
  nBound: 1,
  /** `arguments` … + 3. */
  arguments: 4,
  /** One of `ticket` for each helper; both sides wait for it to change. */
  tickets: 8,
  /** First sample and end of each helper's part. */
  ranges: 40,
  /** One for each helper. */
  results: 104,
  /** The layout, in the order of `layoutFields`. */
  layout: 136,
} as const;

export const CONTROL_BYTES = 1024;
export const MAX_HELPERS = word.ranges - word.tickets;

/** Looks at a word before a thread goes to sleep over it: some 0.2 ms, about what falling asleep and waking up cost. */
const LOOKS = 30_000;

/** Waits until the word is no longer `value`, or so many milliseconds; false: it still is. */
export function waitForChange(
  words: Int32Array,
  place: number,
  value: number,
  timeoutMs = Infinity,
): boolean {
  for (let n = 0; n < LOOKS; n++) if (Atomics.load(words, place) !== value) return true;
  return Atomics.wait(words, place, value, timeoutMs) !== 'timed-out';
}

/** Part number `part` of `nParts` nearly equal ones of the samples start … end − 1. */
export function takePart(start: number, end: number, part: number, nParts: number): [number, number] {
  const cut = (k: number): number => start + Math.floor(((end - start) * k) / nParts);
  return [cut(part), cut(part + 1)];
}
