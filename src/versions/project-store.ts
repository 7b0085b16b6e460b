import type { Sha256 } from './contract.ts';
import { createMemoryVersionStore, type MemoryVersions } from './memory-version-store.ts';
import { mergeFamilies } from './merge-logs.ts';
import type { Project } from './project-file.ts';
import { openLog } from './version-log.ts';
import type { VersionStore } from './version-store.ts';

/** A store over an open project; `read` gives the project as it is by then. The other logs and the parts stay. */
export function createProjectStore({ family, versions, parts }: Project): {
  readonly store: VersionStore;
  readonly read: () => Project;
} {
  const held: MemoryVersions = { entries: family.own.entries, bytes: versions };
  return {
    store: createMemoryVersionStore(held),
    read: () => ({
      family: { own: openLog(held.entries).log, others: family.others },
      versions: held.bytes,
      parts,
    }),
  };
}

/**
 * What opening `theirs` makes of `mine`: the logs together, every version and part of either; of a part that both have, one's
 * own. Nothing is overwritten, and opening it again changes nothing.
 */
export function mergeProjects(mine: Project, theirs: Project): Project {
  return {
    family: mergeFamilies(mine.family, theirs.family),
    versions: new Map<Sha256, Uint8Array>([...theirs.versions, ...mine.versions]),
    parts: new Map([...theirs.parts, ...mine.parts]),
  };
}

/** Parts that both have and that differ: one's own stays, and a person is told. */
export function listConflicts(mine: Project, theirs: Project): readonly string[] {
  return [...theirs.parts].flatMap(([path, content]) => {
    const own = mine.parts.get(path);
    return own && !isSame(own, content) ? [path] : [];
  });
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
