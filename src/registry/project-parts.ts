import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError } from '#base/errors.ts';
import { type LogMerge, mergeFamilies, planMerge } from '#versions/merge-logs.ts';
import type { Project } from '#versions/project-file.ts';
import { checkLog, openLog } from '#versions/version-log.ts';
import type { StoredDataset } from './read-records.ts';
import type { ModelEntry, ScenarioRecord } from './records.ts';
import { parseRecord, writeRecord } from './second-copy/record-text.ts';
import { type OtherLog, toBytes, toText, type VersionPlace } from './version-records.ts';

/** What a registry holds of a project, as it stands in the stores. */
export interface KeptParts {
  readonly log: readonly unknown[];
  readonly otherLogs: readonly OtherLog[];
  readonly versions: readonly KeptVersion[];
  readonly datasets: readonly StoredDataset[];
  /** The events of the ledger of announcements, in their order. */
  readonly ledger: readonly unknown[];
}

/** A version with what belongs to its model. */
export interface KeptVersion extends VersionPlace {
  readonly entry: ModelEntry;
  readonly text: string;
  readonly result: unknown;
  readonly scenario: unknown;
  readonly secondOpinion: unknown;
}

/** A dataset in a project: its bytes stand apart. */
interface DatasetPart {
  readonly record: Omit<StoredDataset, 'bytes' | 'factors'>;
  readonly factors: { readonly name: string; readonly overrides: unknown; readonly version: number } | null;
}

const LEDGER = 'ledger.json';
const idPath = /^(?:data)\/([^/]+)\/record\.json$/u;

/** The project that a registry's records are. Reads the files' bytes. */
export async function toProject({ log, otherLogs, versions, datasets, ledger }: KeptParts): Promise<Project> {
  const parts = new Map<string, Uint8Array>();
  for (const { id, entry, result, scenario, secondOpinion } of versions) {
    parts.set(
      `models/${id}.json`,
      utf8ToBytes(writeRecord(describeKept({ entry, result, scenario, secondOpinion }))),
    );
  }
  for (const dataset of datasets) {
    const { bytes, factors = null, ...record } = dataset;
    const name = toPathName(record.id);
    const others = factors && { name: factors.name, overrides: factors.overrides, version: factors.version };
    const part: DatasetPart = { record, factors: others };
    parts.set(`data/${name}/record.json`, utf8ToBytes(writeRecord(part)));
    parts.set(`data/${name}/file.bin`, new Uint8Array(await bytes.arrayBuffer()));
    if (factors) parts.set(`data/${name}/factors.bin`, new Uint8Array(await factors.bytes.arrayBuffer()));
  }
  if (ledger.length > 0) parts.set(LEDGER, utf8ToBytes(writeRecord(ledger)));
  return {
    family: {
      own: openLog(log).log,
      others: otherLogs.map(({ entries }) => openLog(entries).log),
    },
    versions: new Map(versions.map(({ id, text }) => [id, toBytes(text)])),
    parts,
  };
}

/** What differs from one browser to another stays there: the model's id, and that it is in a file. */
function describeKept({
  entry,
  result,
  scenario,
  secondOpinion,
}: Omit<KeptVersion, 'id' | 'modelId' | 'text'>) {
  const { id: _id, isInFile: _isInFile, ...listed } = entry;
  const { modelId: _modelId, ...asked } = (scenario ?? {}) as Partial<ScenarioRecord>;
  return {
    entry: listed,
    result: result ?? null,
    scenario: scenario === undefined ? null : asked,
    secondOpinion: secondOpinion ?? null,
  };
}

/** What a project holds for a registry. Throws `project-invalid` for a part that is none of ours. */
export function fromProject({
  versions,
  parts,
}: Project): Pick<KeptParts, 'versions' | 'datasets' | 'ledger'> {
  const ledger = parts.get(LEDGER);
  const events = ledger ? readPart(LEDGER, ledger) : [];
  if (!Array.isArray(events)) throwInvalid(LEDGER);
  return {
    ledger: events as readonly unknown[],
    versions: Array.from(versions, ([id, bytes]) => readVersion(id, bytes, parts.get(`models/${id}.json`))),
    datasets: [...parts].flatMap(([path, bytes]) => {
      const [, name] = idPath.exec(path) ?? [];
      return name === undefined ? [] : [readDataset(name, bytes, parts)];
    }),
  };
}

function readVersion(id: string, bytes: Uint8Array, part: Uint8Array | undefined): KeptVersion {
  const record = part ? readPart(`models/${id}.json`, part) : {};
  const { entry, result = null, scenario, secondOpinion } = record as Partial<KeptVersion>;
  const modelId = `version-${id}`;
  if (entry !== undefined && typeof entry.name !== 'string') throwInvalid(`models/${id}.json`);
  return {
    id,
    modelId,
    entry: { ...(entry as ModelEntry), id: modelId, isInFile: true },
    text: toText(bytes),
    result,
    scenario: renameScenario(scenario, modelId),
    secondOpinion: secondOpinion ?? undefined,
  };
}

/** A scenario names the model it is of. */
function renameScenario(scenario: unknown, modelId: string): unknown {
  return typeof scenario === 'object' && scenario !== null ? { ...scenario, modelId } : undefined;
}

function readDataset(name: string, bytes: Uint8Array, parts: ReadonlyMap<string, Uint8Array>): StoredDataset {
  const path = `data/${name}/record.json`;
  const { record, factors } = readPart(path, bytes) as unknown as DatasetPart;
  const file = parts.get(`data/${name}/file.bin`);
  if (typeof record?.id !== 'string' || toPathName(record.id) !== name || !file) throwInvalid(path);
  const others = parts.get(`data/${name}/factors.bin`);
  return {
    ...record,
    bytes: new Blob([file.slice()]),
    factors: factors && others ? ({ ...factors, bytes: new Blob([others.slice()]) } as never) : null,
  };
}

function readPart(path: string, bytes: Uint8Array): object {
  try {
    const value = parseRecord(toText(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below.
  }
  return throwInvalid(path);
}

/** An id as part of a path, whatever is in it. */
function toPathName(id: string): string {
  return /^[A-Za-z0-9_-]{1,90}$/u.test(id) ? id : bytesToHex(sha256(utf8ToBytes(id)));
}

function throwInvalid(problem: string): never {
  throw new AppError('project-invalid', `not a project file: ${problem}`, { problem });
}

/** What opening a project brought. */
export interface ImportOutcome {
  readonly kind: LogMerge['kind'];
  /** Numbers of versions and files that were not here before. */
  readonly nVersions: number;
  readonly nDatasets: number;
  /** Names of files that both have and that were decided about differently: one's own stay. */
  readonly conflicts: readonly string[];
}

/** What is to be written so that a registry holds a project beside what it has; nothing is taken away or overwritten. */
export function planImport(
  project: Project,
  here: {
    readonly log: readonly unknown[];
    readonly otherLogs: readonly OtherLog[];
    readonly versions: ReadonlySet<string>;
    readonly datasets: ReadonlyMap<string, StoredDataset>;
    readonly ledger: readonly unknown[];
  },
) {
  const { log, broken } = openLog(here.log);
  const mine = { own: log, others: here.otherLogs.map(({ entries }) => checkLog(entries)) };
  const family = mergeFamilies(mine, project.family);
  // A torn log is mended by one that goes on from where it holds, and by no other.
  if (broken && family.own.entries.length <= broken.entry - 1) checkLog(here.log);
  const { versions, datasets, ledger } = fromProject(project);
  const told = new Set(here.ledger.map(writeRecord));
  const own = family.own.entries;
  const heads = new Set(family.others.map(({ head }) => head));
  const newVersions = versions.filter(({ id }) => !here.versions.has(id));
  const newDatasets = datasets.filter(({ id }) => !here.datasets.has(id));
  const conflicts = datasets.flatMap((dataset) => {
    const before = here.datasets.get(dataset.id);
    return before && writeDecided(before) !== writeDecided(dataset) ? [dataset.name] : [];
  });
  const outcome: ImportOutcome = {
    kind: planMerge(mine.own, project.family.own).kind,
    nVersions: newVersions.length,
    nDatasets: newDatasets.length,
    conflicts,
  };
  return {
    outcome,
    entries: own.slice(mine.own.entries.length),
    /** Entries behind the one that breaks the log: the numbers they were kept under. */
    torn: broken ? here.log.slice(broken.entry - 1) : [],
    otherLogs: family.others.map(({ head, entries }): OtherLog => ({ head: head ?? '', entries })),
    /** They went on into another one that is kept. */
    gone: here.otherLogs.flatMap(({ head }) => (heads.has(head) ? [] : [head])),
    versions: newVersions,
    datasets: newDatasets,
    /** Events that are not here: what contradicts what was said before is shown where the ledger is read. */
    ledger: ledger.filter((event) => !told.has(writeRecord(event))),
    champion: family.own.state.champion,
  };
}

function writeDecided({ bytes: _bytes, factors: _factors, ...record }: StoredDataset): string {
  return writeRecord(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));
}
