import { AppError } from '#base/errors.ts';
import type { CheckedLog, LogEntry, Sha256, Signature, VersionAction } from './contract.ts';
import { nameVersion } from './model-version.ts';
import { checkLog, extendLog, nextEntry } from './version-log.ts';

/**
 * Where versions and their log are kept. Its laws, which every implementation bears (`testing/version-store-suite.ts`):
 *
 * L1 One champion at most, exactly one after the first promotion, whatever breaks in between.
 * L2 Order is number and previous hash, never a clock: an entry that does not follow the last one is `log-moved`.
 * L3 What was promoted can be read for ever.
 * L4 A version's name is the hash of its bytes.
 *
 * A commit is acknowledged once it is durable, and is then whole: the entry with its bytes. One that fails has changed
 * nothing, or (where the answer was lost) all.
 */
export interface VersionStore {
  readonly readLog: () => Promise<readonly unknown[]>;
  /** Throws `version-missing`. */
  readonly readVersion: (id: Sha256) => Promise<Uint8Array>;
  /**
   * Adds an entry in ONE transaction with the bytes of a version that it submits; those of one that it discards go. Throws
   * `log-moved` where the log's last entry is another one, `version-altered` where bytes and name differ.
   */
  readonly commit: (entry: LogEntry, bytes?: Uint8Array) => Promise<void>;
}

/** For stores: whether an entry follows the last one and brings the bytes it names. Throws as `commit` does. */
export function checkCommit(
  last: Pick<LogEntry, 'n' | 'hash'> | null,
  { n, previous, action }: LogEntry,
  bytes?: Uint8Array,
): void {
  const head = last?.hash ?? null;
  if (previous !== head || n !== (last?.n ?? 0) + 1) {
    throw new AppError(
      'log-moved',
      `entry ${n} follows ${String(previous)}, the log ends with ${String(head)}`,
    );
  }
  if (action.kind !== 'submit') return;
  if (!bytes || nameVersion(bytes) !== action.version) {
    throw new AppError('version-altered', `these are not the bytes of version ${action.version}`, {
      version: action.version,
    });
  }
}

export function throwMissing(id: Sha256): never {
  throw new AppError('version-missing', `the bytes of version ${id} are not kept`, { version: id });
}

/** The store's log, checked. Throws `log-broken`. */
export async function readCheckedLog(store: Pick<VersionStore, 'readLog'>): Promise<CheckedLog> {
  return checkLog(await store.readLog());
}

/** The bytes of a version, checked against its name. Throws `version-missing`, `version-altered`. */
export async function readSoundVersion(
  store: Pick<VersionStore, 'readVersion'>,
  id: Sha256,
): Promise<Uint8Array> {
  const bytes = await store.readVersion(id);
  if (nameVersion(bytes) === id) return bytes;
  throw new AppError('version-altered', `these are not the bytes of version ${id}`, { version: id });
}

/** Acts on what the log says at that moment: throws `log-moved` where somebody else was faster. */
export async function act(
  store: VersionStore,
  action: VersionAction,
  by: Signature,
  bytes?: Uint8Array,
): Promise<CheckedLog> {
  const log = await readCheckedLog(store);
  const entry = nextEntry(log, action, by);
  await store.commit(entry, bytes);
  return extendLog(log, entry);
}
