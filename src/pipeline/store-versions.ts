import { toAppError, AppError } from '#base/errors.ts';
import type { CheckedLog, LogEntry, Sha256 } from '#versions/contract.ts';
import { checkCommit, readCheckedLog, throwMissing, type VersionStore } from '#versions/version-store.ts';
import { type ArtifactStore, create, getIfPresent, isStoreError, type Key } from './artifact-store.ts';
import { keys, readLogNumber } from './store-layout.ts';

/** Requests under way at once. */
const N_AT_ONCE = 8;

/**
 * Versions and their log in a store of artifacts. An entry is a key that is created once: of those who follow the same entry,
 * one succeeds. The bytes go before it, so that no entry names what is not there.
 */
export function createStoreVersions(store: ArtifactStore): VersionStore {
  async function readEntry(key: Key): Promise<unknown> {
    const { bytes } = await store.get(key);
    const text = new TextDecoder().decode(bytes);
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  async function listEntries(): Promise<Key[]> {
    const found: Key[] = [];
    for await (const { key } of store.list(keys.log)) if (readLogNumber(key) !== null) found.push(key);
    return found;
  }

  return {
    readLog: async () => {
      const found = await listEntries();
      const entries: unknown[] = [];
      for (let from = 0; from < found.length; from += N_AT_ONCE)
        entries.push(...(await Promise.all(found.slice(from, from + N_AT_ONCE).map(readEntry))));
      return entries;
    },
    readVersion: async (id) => (await getIfPresent(store, keys.version(id)))?.bytes ?? throwMissing(id),
    commit: async (entry, bytes) => {
      const last = (await listEntries()).at(-1);
      checkCommit(last === undefined ? null : ((await readEntry(last)) as LogEntry), entry, bytes);
      const { kind, version } = entry.action;
      if (kind === 'submit' && bytes) await putOnce(store, keys.version(version), bytes);
      try {
        await store.put(keys.logEntry(entry.n), encodeJson(entry), create);
      } catch (thrown) {
        if (!isStoreError(thrown, 'artifact-exists')) throw thrown;
        throw new AppError('log-moved', `entry ${entry.n} is another one: ${toAppError(thrown).message}`);
      }
      if (kind === 'discard') await store.delete(keys.version(version));
    },
  };
}

/** What bears the name of its content is the same wherever it came from. */
export async function putOnce(store: ArtifactStore, key: Key, bytes: Uint8Array): Promise<void> {
  try {
    await store.put(key, bytes, create);
  } catch (thrown) {
    if (!isStoreError(thrown, 'artifact-exists')) throw thrown;
  }
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}

/** Which version is at work, as a service reads it. */
export interface Pointer {
  readonly schema: 1;
  readonly model: Sha256;
  /** Where its file lies in the store. */
  readonly key: Key;
  /** The one before; null for the first. */
  readonly previous: Sha256 | null;
  readonly promotedAt: string;
  readonly by: string;
  /** The entry of the gate that let it pass; null for the first, for a promotion by force and for a way back. */
  readonly gate: Sha256 | null;
  /** Number of the entry that put it there. */
  readonly entry: number;
}

/** What the pointer must say; null where nothing was promoted yet. */
export function findPointer({ entries }: Pick<CheckedLog, 'entries'>): Pointer | null {
  const crowned = entries.filter(({ action }) => action.kind === 'promote' || action.kind === 'roll-back');
  const last = crowned.at(-1);
  if (!last) return null;
  const { action } = last;
  return {
    schema: 1,
    model: action.version,
    key: keys.version(action.version),
    previous: crowned.at(-2)?.action.version ?? null,
    promotedAt: new Date(last.at).toISOString(),
    by: last.by,
    gate: action.kind === 'promote' ? action.gate : null,
    entry: last.n,
  };
}

/**
 * Has the pointer say what the log says, whoever else does the same: it never goes back to an earlier entry. Gives what it
 * says then.
 */
export async function updatePointer(store: ArtifactStore): Promise<Pointer | null> {
  for (;;) {
    const wanted = findPointer(await readCheckedLog(createStoreVersions(store)));
    if (!wanted) return null;
    const found = await getIfPresent(store, keys.pointer);
    const bytes = encodeJson(wanted);
    if (found && Buffer.compare(found.bytes, bytes) === 0) return wanted;
    try {
      await store.put(keys.pointer, bytes, found ? { kind: 'replace', expected: found.tag } : create);
      return wanted;
    } catch (thrown) {
      if (!isStoreError(thrown, 'artifact-exists') && !isStoreError(thrown, 'artifact-changed')) throw thrown;
    }
  }
}
