import { openLog, type LogBreak } from '#versions/version-log.ts';
import { nameVersion } from '#versions/model-version.ts';
import type { Sha256 } from '#versions/contract.ts';
import { type ArtifactStore, getIfPresent, type Key } from './artifact-store.ts';
import { readRetrainFacts } from './steps/recipe.ts';
import { keys, readSnapshotName } from './store-layout.ts';
import { createStoreVersions, encodeJson, findPointer } from './store-versions.ts';
import { nameSnapshot } from './steps/take-data.ts';

/** What is wrong with a store. */
export type StoreProblem =
  | ({ readonly kind: 'log-broken' } & LogBreak)
  | { readonly kind: 'version-missing' | 'version-altered'; readonly key: Key }
  | { readonly kind: 'snapshot-missing' | 'snapshot-altered'; readonly key: Key };

export interface StoreReport {
  /** Nothing is lost, and nothing is other than it was written. */
  readonly isSound: boolean;
  readonly problems: readonly StoreProblem[];
  readonly nEntries: number;
  readonly nVersions: number;
  readonly champion: Sha256 | null;
  /** Mended by the next retraining: the pointer tells of an earlier promotion, or is unreadable. */
  readonly isPointerLate: boolean;
  /** What no entry names: left by a retraining that was cut off, used by the next one on the same data. */
  readonly orphans: readonly Key[];
}

/**
 * Looks at a store from outside, with its three reading methods alone, and changes nothing: the chain of the log, the bytes
 * of every version and snapshot that it names, the pointer.
 */
export async function checkStore(store: ArtifactStore): Promise<StoreReport> {
  const { log, broken } = openLog(await createStoreVersions(store).readLog());
  const problems: StoreProblem[] = broken ? [{ kind: 'log-broken', ...broken }] : [];
  const named = new Set<Key>();
  for (const { id, standing, facts } of log.state.versions) {
    const key = keys.version(id);
    if (standing !== 'discarded') {
      named.add(key);
      const found = await getIfPresent(store, key);
      if (!found) problems.push({ kind: 'version-missing', key });
      else if (nameVersion(found.bytes) !== id) problems.push({ kind: 'version-altered', key });
    }
    const made = readRetrainFacts(facts);
    if (made) problems.push(...(await checkSnapshot(store, made.snapshot, named)));
  }
  const orphans: Key[] = [];
  for (const prefix of [keys.versions, keys.snapshots])
    for await (const { key } of store.list(prefix))
      if (!named.has(key) && !named.has(keys.snapshotData(readSnapshotName(key)))) orphans.push(key);
  const wanted = findPointer(log);
  const pointer = await getIfPresent(store, keys.pointer);
  const isAsWanted = wanted
    ? pointer !== null && Buffer.compare(pointer.bytes, encodeJson(wanted)) === 0
    : pointer === null;
  return {
    isSound: problems.length === 0,
    problems,
    nEntries: log.entries.length,
    nVersions: log.state.versions.length,
    champion: log.state.champion,
    isPointerLate: !isAsWanted,
    orphans,
  };
}

async function checkSnapshot(store: ArtifactStore, id: Sha256, named: Set<Key>): Promise<StoreProblem[]> {
  const [trainKey, testKey, manifestKey] = [
    keys.snapshotData(id),
    keys.snapshotTest(id),
    keys.snapshotManifest(id),
  ];
  if (named.has(trainKey)) return [];
  const parts: Uint8Array[] = [];
  for (const key of [trainKey, testKey, manifestKey]) {
    named.add(key);
    const found = await getIfPresent(store, key);
    if (!found) return [{ kind: 'snapshot-missing', key }];
    parts.push(found.bytes);
  }
  const [train, test] = parts.map((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  return nameSnapshot(train ?? '', test ?? '') === id ? [] : [{ kind: 'snapshot-altered', key: trainKey }];
}
