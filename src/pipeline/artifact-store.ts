import { AppError } from '#base/errors.ts';

/** Where something lies in a store: segments of letters, digits, `.`, `_` and `-`, with slashes between them. */
export type Key = string;

/** Names the bytes that a key held at a moment: other bytes, another tag. */
export type Tag = string;

/** What a write takes for granted: nothing is there, exactly this is there, or whatever it likes. */
export type PutMode =
  | { readonly kind: 'create' }
  | { readonly kind: 'replace'; readonly expected: Tag }
  | { readonly kind: 'overwrite' };

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly tag: Tag;
}

export interface ListedObject {
  readonly key: Key;
  readonly size: number;
}

/**
 * A place for artifacts: a folder, a bucket, the memory of a test. Its laws, which every implementation bears
 * (`testing/artifact-store-suite.ts`):
 *
 * L1 What `put` resolved for is what `get` gives, byte for byte, also after the process was killed.
 * L2 At no moment does anyone see a part of what is being written.
 * L3 Of those who `create` one key, or `replace` one tag, exactly one succeeds.
 * L4 A `put` that rejects with `artifact-exists` or `artifact-changed` wrote nothing. After another rejection either all
 *    of it is there or nothing.
 * L5 `list` gives ascending keys, each whole segments below the prefix, and nothing unfinished.
 *
 * Errors: `artifact-missing`, `artifact-exists`, `artifact-changed`, `artifact-damaged` (not the bytes that were
 * written), `store-unreachable`, `output-full`, `invalid-setting` for what is no key.
 */
export interface ArtifactStore {
  /** As it was addressed, for messages. */
  readonly address: string;
  get(key: Key): Promise<StoredObject>;
  put(key: Key, bytes: Uint8Array, mode: PutMode): Promise<Tag>;
  list(prefix: Key): AsyncIterable<ListedObject>;
  /** What is absent is no error. */
  delete(key: Key): Promise<void>;
}

export const create: PutMode = { kind: 'create' };
export const overwrite: PutMode = { kind: 'overwrite' };

/** Null where nothing is there; the other errors are thrown. */
export async function getIfPresent(store: ArtifactStore, key: Key): Promise<StoredObject | null> {
  try {
    return await store.get(key);
  } catch (thrown) {
    if (isStoreError(thrown, 'artifact-missing')) return null;
    throw thrown;
  }
}

type StoreErrorCode = 'artifact-missing' | 'artifact-exists' | 'artifact-changed' | 'artifact-damaged';

export function storeError(code: StoreErrorCode, address: string, key: Key): AppError {
  return new AppError(code, `${address}: ${key}`, { name: `${address}/${key}` });
}

export function isStoreError(thrown: unknown, code: StoreErrorCode): boolean {
  return thrown instanceof AppError && thrown.code === code;
}

/** A segment begins with no dot: so none is hidden, none leaves its folder, and what stores keep for themselves has names. */
const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/u;
const MAX_KEY_LENGTH = 512;

/** Throws `invalid-setting` for what is no key on one of the stores. */
export function requireKey(key: Key): void {
  if (key.length > MAX_KEY_LENGTH || !keyPattern.test(key)) {
    throw new AppError('invalid-setting', `no key of a store: ${JSON.stringify(key.slice(0, 80))}`, {
      name: 'key',
      value: key.slice(0, 80),
    });
  }
}

/** Whether a key is the prefix itself or lies below it; everything lies below ''. */
export function isBelow(key: Key, prefix: Key): boolean {
  return prefix === '' || key === prefix || key.startsWith(`${prefix}/`);
}
