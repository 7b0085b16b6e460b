import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { LogEntry, Sha256, Signature, VersionFacts } from '#versions/contract.ts';
import { nameVersion } from '#versions/model-version.ts';
import { extendLog, nextEntry, openLog } from '#versions/version-log.ts';
import type { ModelEntry } from './records.ts';

/** An entry of the log of versions. */
export interface StoredLogEntry {
  /** Its number, so that keys stand in order as text. */
  readonly key: string;
  readonly entry: unknown;
}

/** Where the bytes of a version are: they are the text of a kept model. */
export interface VersionPlace {
  readonly id: Sha256;
  readonly modelId: string;
}

/** A log that went on apart elsewhere, by the hash of its last entry. */
export interface OtherLog {
  readonly head: Sha256;
  readonly entries: readonly LogEntry[];
}

/** How a kept model becomes a version. */
export interface Submission {
  readonly facts: VersionFacts;
  readonly signature: Signature;
}

export function toLogRecord(entry: LogEntry): StoredLogEntry {
  return { key: String(entry.n).padStart(9, '0'), entry };
}

export function nameText(text: string): Sha256 {
  return nameVersion(utf8ToBytes(text));
}

export function toText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

export function toBytes(text: string): Uint8Array {
  return utf8ToBytes(text);
}

/**
 * The entries that submit a model to a log, and make the first one champion: nobody could be compared with. None where the
 * version is there already, or the log does not hold: then it is read only.
 */
export function planSubmission(
  entries: readonly unknown[],
  id: Sha256,
  { facts, signature }: Submission,
): readonly LogEntry[] {
  const { log, broken } = openLog(entries);
  const known = log.state.versions.find((version) => version.id === id);
  if (broken || (known && known.standing !== 'discarded')) return [];
  const submitted = nextEntry(log, { kind: 'submit', version: id, facts }, signature);
  if (log.state.champion !== null) return [submitted];
  const first = { kind: 'promote', version: id, gate: null, isForced: false } as const;
  return [submitted, nextEntry(extendLog(log, submitted), first, signature)];
}

/** What a list shows of a model that came as a version. */
export function toModelEntry(id: string, { at, action }: LogEntry): ModelEntry | null {
  if (action.kind !== 'submit') return null;
  const { model: hash, name, target, nTrainingRows } = action.facts;
  return {
    id,
    datasetId: null,
    name: name as ModelEntry['name'],
    target: target as ModelEntry['target'],
    nTrainingRows,
    hash,
    fromSample: false,
    savedAt: at,
    isInFile: true,
  };
}
