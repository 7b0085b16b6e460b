import type { LogEntry, Sha256 } from './contract.ts';
import { checkCommit, throwMissing, type VersionStore } from './version-store.ts';

/** What a memory store holds: open another store on it to see it as a later visit would. */
export interface MemoryVersions {
  entries: readonly LogEntry[];
  bytes: ReadonlyMap<Sha256, Uint8Array>;
}

export function createMemoryVersionStore(
  held: MemoryVersions = { entries: [], bytes: new Map() },
): VersionStore {
  return {
    readLog: () => Promise.resolve(held.entries),
    readVersion: async (id) => {
      await Promise.resolve();
      return held.bytes.get(id)?.slice() ?? throwMissing(id);
    },
    commit: async (entry, bytes) => {
      await Promise.resolve();
      checkCommit(held.entries.at(-1) ?? null, entry, bytes);
      const { kind, version } = entry.action;
      const kept = new Map(held.bytes);
      if (kind === 'submit' && bytes) kept.set(version, bytes.slice());
      if (kind === 'discard') kept.delete(version);
      held.bytes = kept;
      held.entries = [...held.entries, entry];
    },
  };
}
