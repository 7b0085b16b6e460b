import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';

/**
 * How far the saves of a browser have come. It changes in the transaction of each save, and what was acknowledged is
 * noted elsewhere too: so a store that was emptied is never taken for one that was never used.
 */
export interface Sentinel {
  /** Saves so far. */
  readonly count: number;
  /** What the last one wrote, as `store/key`. */
  readonly lastId: string;
  /** Of the whole course of saves. */
  readonly hash: string;
}

export const NOTHING_SAVED: Sentinel = { count: 0, lastId: '', hash: '' };

const sentinelSchema = v.object({
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  lastId: v.string(),
  hash: v.string(),
}) satisfies v.GenericSchema<unknown, Sentinel>;

export function readSentinel(stored: unknown): Sentinel | null {
  const parsed = v.safeParse(sentinelSchema, stored);
  return parsed.success ? parsed.output : null;
}

/** After one more save, which wrote these. */
export function advanceSentinel({ count, hash }: Sentinel, ids: readonly string[]): Sentinel {
  const course = utf8ToBytes([hash, ...ids].join('\n'));
  return { count: count + 1, lastId: ids.at(-1) ?? '', hash: bytesToHex(sha256(course)) };
}

/** Whether a store lacks saves that were acknowledged, or has had others in their place. */
export function lacksSaves(store: Sentinel, acknowledged: Sentinel): boolean {
  return (
    store.count < acknowledged.count ||
    (store.count === acknowledged.count && store.hash !== acknowledged.hash)
  );
}
