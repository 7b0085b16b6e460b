import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { strFromU8, zipSync } from 'fflate';
import * as v from 'valibot';
import { AppError, toAppError } from '#base/errors.ts';
import { listZip, unpackEntry, type ZipEntry } from '#data/workbook/zip.ts';
import type { CheckedLog, Sha256 } from './contract.ts';
import type { LogFamily } from './merge-logs.ts';
import { readLog, writeLog } from './version-log.ts';

/** All that a person would carry to another machine. */
export interface Project {
  readonly family: LogFamily;
  /** Model files by the name of their version. */
  readonly versions: ReadonlyMap<Sha256, Uint8Array>;
  /** Data, results, scenarios, announcements: what the versions rest on, by path; whoever wrote a part checks it on reading. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

export const PROJECT_FORMAT = 'tranche-project';
export const PROJECT_VERSION = 1;

export const projectLimits = { packed: 300_000_000, unpacked: 600_000_000, manifest: 2_000_000, files: 5000 };

/** The part that holds the ledger of announcements, as a list of events. */
export const LEDGER_PART = 'ledger.json';

const MANIFEST = 'manifest.json';
const LOG = 'log.jsonl';
const logPath = /^other-logs\/([0-9a-f]{64})\.jsonl$/u;
const versionPath = /^versions\/([0-9a-f]{64})\.json$/u;
/** No path leads out of a folder, and none means two things on two machines. */
const partPath = /^[a-z][a-z0-9-]{0,30}(?:\/[A-Za-z0-9_-]{1,100}){0,3}\.(?:json|jsonl|bin)$/u;

const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u));
const fileSchema = v.strictObject({
  path: v.pipe(v.string(), v.regex(partPath)),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  sha256: sha256Schema,
});
const manifestSchema = v.strictObject({
  format: v.literal(PROJECT_FORMAT),
  version: v.literal(PROJECT_VERSION),
  files: v.pipe(v.array(fileSchema), v.maxLength(projectLimits.files)),
});

/** A zip that begins alike wherever it is written: a date would tell two files of one project apart. */
const zipOptions = { level: 6, mtime: new Date(1980, 0, 1) } as const;

/** The file of a project: the same bytes for the same project. */
export function writeProject({ family, versions, parts }: Project): Uint8Array {
  const files = new Map<string, Uint8Array>([
    [LOG, utf8ToBytes(writeLog(family.own.entries))],
    ...family.others.map(
      (log) => [`other-logs/${log.head}.jsonl`, utf8ToBytes(writeLog(log.entries))] as const,
    ),
    ...Array.from(versions, ([id, bytes]) => [`versions/${id}.json`, bytes] as const),
    ...parts,
  ]);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const manifest = {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    files: sorted.map(([path, bytes]) => ({ path, size: bytes.length, sha256: hash(bytes) })),
  };
  return zipSync(
    Object.fromEntries([[MANIFEST, utf8ToBytes(JSON.stringify(manifest))] as const, ...sorted]),
    zipOptions,
  );
}

/**
 * Opens a project from anywhere: capped before it is unpacked, every file hashed, every log and every version's name checked.
 * What the parts hold is not looked at, nor are the models opened. Throws `file-too-large`, `project-invalid`,
 * `project-too-new`, `project-altered`, `log-broken`. O(bytes).
 */
export function readProject(bytes: Uint8Array): Project {
  refuseAbove(bytes.length, projectLimits.packed);
  const files = unpackAll(bytes);
  const own = readLogFile(files, LOG);
  const others: CheckedLog[] = [];
  const versions = new Map<Sha256, Uint8Array>();
  const parts = new Map<string, Uint8Array>();
  for (const [path, content] of files) {
    const [, head] = logPath.exec(path) ?? [];
    const [, version] = versionPath.exec(path) ?? [];
    if (head !== undefined) others.push(readOther(files, path, head));
    else if (version !== undefined) versions.set(version, checkVersion(version, content));
    else if (path !== LOG) parts.set(path, content);
  }
  const family = { own, others };
  checkComplete(family, versions);
  return { family, versions, parts };
}

/** True where a file's first bytes are those of a zip: a project, or a workbook. */
export function isProject(bytes: Uint8Array): boolean {
  try {
    return listZip(bytes).has(MANIFEST);
  } catch {
    return false;
  }
}

function unpackAll(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const entries = attempt(() => listZip(bytes));
  const manifest = readManifest(bytes, entries);
  refuseAbove(
    manifest.reduce((sum, { size }) => sum + size, 0),
    projectLimits.unpacked,
  );
  const listed = new Set(manifest.map(({ path }) => path));
  if (listed.size !== manifest.length || entries.size !== manifest.length + 1 || listed.has(MANIFEST))
    throwInvalid('its list of files is another');
  return new Map(
    manifest.map(({ path, size, sha256: expected }) => {
      const entry = entries.get(path);
      if (!entry || entry.size !== size) throwAltered(path);
      const content = unpack(bytes, entry, size);
      if (hash(content) !== expected) throwAltered(path);
      return [path, content] as const;
    }),
  );
}

function readManifest(bytes: Uint8Array, entries: ReadonlyMap<string, ZipEntry>) {
  const entry = entries.get(MANIFEST);
  if (!entry) throwInvalid('it has no manifest');
  refuseAbove(entry.size, projectLimits.manifest);
  const json = attempt(() => JSON.parse(strFromU8(unpack(bytes, entry, projectLimits.manifest))) as unknown);
  const version = (json as { readonly version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > PROJECT_VERSION) {
    throw new AppError('project-too-new', `version ${version}, this program reads ${PROJECT_VERSION}`, {
      version,
      supported: PROJECT_VERSION,
    });
  }
  const parsed = v.safeParse(manifestSchema, json);
  if (!parsed.success)
    throwInvalid(`${v.getDotPath(parsed.issues[0]) ?? 'manifest'}: ${parsed.issues[0].message}`);
  return parsed.output.files;
}

/** Into memory of the size that the manifest names, and no more. */
function unpack(bytes: Uint8Array, entry: ZipEntry, limit: number): Uint8Array {
  return attempt(() => {
    if (entry.isEncrypted) throw new RangeError('it is locked');
    const content = new Uint8Array(Math.min(entry.size, limit));
    let at = 0;
    for (const piece of unpackEntry(bytes, entry, limit)) {
      content.set(piece, at);
      at += piece.length;
    }
    return content;
  });
}

function readLogFile(files: ReadonlyMap<string, Uint8Array>, path: string): CheckedLog {
  const content = files.get(path);
  if (!content) throwInvalid(`${path} is missing`);
  return readLog(attempt(() => strFromU8(content)));
}

function readOther(files: ReadonlyMap<string, Uint8Array>, path: string, head: Sha256): CheckedLog {
  const log = readLogFile(files, path);
  if (log.head !== head) throwAltered(path);
  return log;
}

function checkVersion(id: Sha256, content: Uint8Array): Uint8Array {
  if (hash(content) !== id) throwAltered(`versions/${id}.json`);
  return content;
}

/** Nothing that was promoted may be missing, and nothing may be there that no log names. */
function checkComplete({ own, others }: LogFamily, versions: ReadonlyMap<Sha256, Uint8Array>): void {
  const named = new Set<Sha256>();
  for (const { state } of [own, ...others]) {
    for (const { id, wasPromoted } of state.versions) {
      named.add(id);
      if (wasPromoted && !versions.has(id)) throwAltered(`versions/${id}.json`);
    }
  }
  for (const id of versions.keys()) if (!named.has(id)) throwInvalid(`no log names version ${id}`);
}

function hash(bytes: Uint8Array): Sha256 {
  return bytesToHex(sha256(bytes));
}

function refuseAbove(bytes: number, limit: number): void {
  if (bytes > limit) throw new AppError('file-too-large', `${bytes} bytes or more`, { bytes, limit });
}

function attempt<Result>(task: () => Result): Result {
  try {
    return task();
  } catch (thrown) {
    return throwInvalid(toAppError(thrown).message);
  }
}

function throwInvalid(problem: string): never {
  throw new AppError('project-invalid', `not a project file: ${problem}`, { problem });
}

function throwAltered(what: string): never {
  throw new AppError('project-altered', `the project is not what was saved: ${what} differs`, { what });
}
