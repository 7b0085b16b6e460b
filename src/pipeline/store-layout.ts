import type { Key } from './artifact-store.ts';

/**
 * Every key of a store of versions; no other file writes one (a test looks).
 *
 * What must hold, or something is lost: a log entry is written after all that it names; a log entry is never written
 * over or deleted, nor is a version or a snapshot that an entry names; entries are numbered from 1 without a gap.
 * What should hold, and is mended by the next run: `current.json` tells of the last promotion in the log; nothing lies
 * there that no entry names. From this follows the order of writing: snapshot, version, log entry, pointer.
 */
export const keys = {
  /** Which version is at work: what a service looks at. Follows from the log. */
  pointer: 'current.json',
  lock: 'lock.json',
  log: 'log',
  logEntry: (n: number): Key => `log/${String(n).padStart(8, '0')}.json`,
  versions: 'models',
  /** A model's file, named by the hash of its content. */
  version: (id: string): Key => `models/${id}/model.json`,
  /** What arrived, as it arrived. */
  raw: 'data/raw',
  snapshots: 'data/snapshots',
  snapshotData: (id: string): Key => `data/snapshots/${id}/train.csv`,
  snapshotTest: (id: string): Key => `data/snapshots/${id}/test.csv`,
  snapshotManifest: (id: string): Key => `data/snapshots/${id}/manifest.json`,
  /** Roles and settings for a training elsewhere. */
  snapshotRecipe: (id: string, hash: string): Key => `data/snapshots/${id}/${hash}/recipe.json`,
  /** To find out what a store can do. */
  probe: (id: string): Key => `probe/${id}`,
} as const;

/** The number of a log entry's key; null for what is none. */
export function readLogNumber(key: Key): number | null {
  const match = /^log\/(\d{8})\.json$/u.exec(key);
  return match ? Number(match[1]) : null;
}

/** The snapshot below which a key lies; '' for others. */
export function readSnapshotName(key: Key): string {
  return /^data\/snapshots\/([^/]+)\//u.exec(key)?.[1] ?? '';
}
