import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { AppError, toAppError } from '#base/errors.ts';
import {
  type CheckedLog,
  type LogEntry,
  MIN_REASON,
  type Sha256,
  type Signature,
  type VersionAction,
} from './contract.ts';
import { entrySchema } from './log-schema.ts';
import { applyEntry, NO_VERSIONS } from './version-state.ts';

export const EMPTY_LOG: CheckedLog = { entries: [], head: null, state: NO_VERSIONS };

/** The first entry of a log that is not what it was. */
export interface LogBreak {
  /** Counted from 1. */
  readonly entry: number;
  readonly expected: string;
  readonly found: string;
}

/**
 * As much of a log as holds, and where it breaks. An entry holds where it is sound, has the next number, names the hash of
 * the one before, bears its own, and does what was allowed.
 */
export function openLog(entries: readonly unknown[]): { log: CheckedLog; broken: LogBreak | null } {
  let log = EMPTY_LOG;
  for (const each of entries) {
    const broken = findBreak(log, each);
    if (broken) return { log, broken };
    log = extendLog(log, v.parse(entrySchema, each));
  }
  return { log, broken: null };
}

/** The whole log. Throws `log-broken`, which names the first entry that does not hold. */
export function checkLog(entries: readonly unknown[]): CheckedLog {
  const { log, broken } = openLog(entries);
  if (broken) throwBroken(broken);
  return log;
}

function findBreak(log: CheckedLog, value: unknown): LogBreak | null {
  const entry = log.entries.length + 1;
  const parsed = v.safeParse(entrySchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { entry, expected: 'an entry', found: `${v.getDotPath(issue) ?? 'entry'}: ${issue.message}` };
  }
  const { n, previous, hash, ...rest } = parsed.output;
  if (n !== entry) return { entry, expected: `number ${entry}`, found: `number ${n}` };
  if (previous !== log.head) return { entry, expected: String(log.head), found: String(previous) };
  const expected = hashEntry({ n, ...rest, previous });
  if (hash !== expected) return { entry, expected, found: hash };
  try {
    requireSignature(rest);
    applyEntry(log.state, parsed.output);
    return null;
  } catch (thrown) {
    return { entry, expected: 'what was allowed', found: toAppError(thrown).message };
  }
}

/**
 * The entry that comes next, for a store to commit. Throws `signature-invalid` (no name, no reason of ten characters),
 * `version-unknown`, `version-not-allowed`, `gate-not-passed` where the state forbids the action.
 */
export function nextEntry(
  { entries, head, state }: CheckedLog,
  action: VersionAction,
  { by, at, reason }: Signature,
): LogEntry {
  const signed = { at: Math.trunc(at), by: by.trim(), reason: reason.trim() };
  requireSignature(signed);
  // As it comes back from text: what JSON has no word for has no place in it.
  const plain = JSON.parse(JSON.stringify(action)) as VersionAction;
  const unsigned = { n: entries.length + 1, ...signed, action: plain, previous: head };
  const entry = v.parse(entrySchema, { ...unsigned, hash: '0'.repeat(64) });
  const hashed = { ...entry, hash: hashEntry(entry) };
  applyEntry(state, hashed);
  return hashed;
}

/** The log with an entry that `nextEntry` made of it. */
export function extendLog({ entries, state }: CheckedLog, entry: LogEntry): CheckedLog {
  return { entries: [...entries, entry], head: entry.hash, state: applyEntry(state, entry) };
}

function requireSignature({ by, reason }: Pick<Signature, 'by' | 'reason'>): void {
  if (by.trim() === '') throw new AppError('signature-invalid', 'nobody signs', { missing: 'by' });
  if (reason.trim().length >= MIN_REASON) return;
  throw new AppError('signature-invalid', `a reason of at least ${MIN_REASON} characters is missing`, {
    missing: 'reason',
  });
}

function hashEntry({ n, at, by, reason, action, previous }: Omit<LogEntry, 'hash'>): Sha256 {
  const text = JSON.stringify({ n, at, by, reason, action, previous });
  return bytesToHex(sha256(utf8ToBytes(`tranche-log 1\n${text}`)));
}

/** A log as text, an entry a line. */
export function writeLog(entries: readonly LogEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/**
 * The log of such a text, which must be what `writeLog` writes to the last character: so a flipped byte is found wherever
 * it lies. Throws `log-broken` with the number of the entry.
 */
export function readLog(text: string): CheckedLog {
  if (text === '') return EMPTY_LOG;
  const lines = text.split('\n');
  if (lines.pop() !== '') throwBroken({ entry: lines.length + 1, expected: 'the end of a line', found: '' });
  const log = checkLog(lines.map(parseLine));
  const changed = lines.findIndex((line, i) => line !== JSON.stringify(log.entries[i]));
  if (changed >= 0) {
    throwBroken({ entry: changed + 1, expected: 'the text as it was written', found: 'another text' });
  }
  return log;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

function throwBroken({ entry, expected, found }: LogBreak): never {
  throw new AppError('log-broken', `entry ${entry} of the log: expected ${expected}, found ${found}`, {
    entry,
    expected,
    found,
  });
}
