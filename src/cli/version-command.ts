import { AppError } from '#base/errors.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';
import { describeLogEntry, nameVersionModel, writeVersionError } from '#report/version-sentences.ts';
import { alignColumns } from '#report/align-columns.ts';
import type { CheckedLog, Sha256, VersionAction, VersionRecord } from '#versions/contract.ts';
import { readVersionText } from '#versions/model-version.ts';
import { openLog } from '#versions/version-log.ts';
import { isPassed } from '#versions/version-state.ts';
import { act, readCheckedLog, readSoundVersion } from '#versions/version-store.ts';
import { exitCodes } from './exit-codes.ts';
import { type Options, readOptions } from './options.ts';
import { readSigner } from './store-options.ts';
import type { Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';
import { type CommandVersions, openVersions } from './version-place.ts';

type Verb = (place: CommandVersions, options: Options, terminal: Terminal) => Promise<number | void>;

const verbs: Readonly<Record<string, { readonly nPositionals: number; readonly run: Verb }>> = {
  list: { nPositionals: 2, run: listVersions },
  log: { nPositionals: 2, run: printLog },
  verify: { nPositionals: 2, run: verifyAll },
  promote: { nPositionals: 3, run: promote },
  rollback: { nPositionals: 3, run: rollBack },
};

/** `version list|promote|rollback|log|verify PLACE [VERSION]`: README.md has the contract of what it prints. */
export async function runVersion(args: readonly string[], terminal: Terminal): Promise<number | void> {
  const [name = ''] = args;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) throw new UsageError(`version takes one of ${Object.keys(verbs).join(', ')}, got "${name}"`);
  const options = readOptions(args, {
    named: ['by', 'reason'],
    flags: ['json', 'force'],
    nPositionals: verb.nPositionals,
  });
  return verb.run(await openVersions(options.positionals[1] ?? ''), options, terminal);
}

async function listVersions(
  { versions }: CommandVersions,
  options: Options,
  terminal: Terminal,
): Promise<void> {
  const { state } = await readCheckedLog(versions);
  if (options.flag('json')) {
    terminal.out(
      `${JSON.stringify({ champion: state.champion, versions: state.versions.map(toJson) }, null, 2)}\n`,
    );
    return;
  }
  const { words } = terminal;
  const rows = state.versions.map((record) => [
    String(record.number),
    words.t(`versions.standing.${record.standing}`),
    record.id.slice(0, 12),
    nameVersionModel(record.facts, words),
    writeVersionError(record.facts, words),
    record.gate ? words.t(`versions.short.${record.gate.report.verdict}`) : '–',
  ]);
  terminal.out(`${alignColumns(rows).join('\n')}\n`);
}

function toJson({ id, number, standing, wasPromoted, facts, gate }: VersionRecord) {
  return { id, number, standing, wasPromoted, ...facts, gate };
}

async function printLog({ versions }: CommandVersions, options: Options, terminal: Terminal): Promise<void> {
  const { entries, state } = await readCheckedLog(versions);
  for (const entry of entries) {
    if (options.flag('json')) terminal.out(`${JSON.stringify(entry)}\n`);
    else {
      const { n, at, by, reason, hash } = entry;
      const what = describeLogEntry(entry, state.versions, terminal.words);
      const when = new Date(at).toISOString();
      terminal.out(`${n}  ${when}  ${by}  ${what}: ${reason}  [${hash.slice(0, 12)}]\n`);
    }
  }
}

/** Exit code 4 where something does not hold; what, and at which entry or version, is said. */
async function verifyAll(place: CommandVersions, options: Options, terminal: Terminal): Promise<number> {
  const { log, broken } = openLog(await place.versions.readLog());
  const problems: string[] = broken
    ? [`log-broken: entry ${broken.entry}: expected ${broken.expected}, found ${broken.found}`]
    : [];
  const kept = [log, ...place.others].flatMap(({ state }) =>
    state.versions.filter(isNeeded).map(({ id }) => id),
  );
  for (const id of new Set(kept)) {
    const problem = await findProblem(place, id);
    if (problem) problems.push(`${id}: ${problem}`);
  }
  const isSound = problems.length === 0;
  const { champion, versions } = log.state;
  const summary = {
    sound: isSound,
    entries: log.entries.length,
    versions: versions.length,
    champion,
    problems,
  };
  if (options.flag('json')) terminal.out(`${JSON.stringify(summary, null, 2)}\n`);
  else {
    const t = terminal.words.t;
    const line = isSound
      ? t('versions.verify.sound', { entries: log.entries.length, versions: versions.length })
      : null;
    terminal.out(`${[...(line === null ? [] : [line]), ...problems].join('\n')}\n`);
  }
  return isSound ? exitCodes.done : exitCodes.badModel;
}

function isNeeded({ standing, wasPromoted }: VersionRecord): boolean {
  return wasPromoted || standing !== 'discarded';
}

/** Its bytes are those it is named after, and the model says what it said when it was written. */
async function findProblem({ versions }: CommandVersions, id: Sha256): Promise<string | null> {
  try {
    openSoundModel('model', readVersionText(await readSoundVersion(versions, id)));
    return null;
  } catch (thrown) {
    return thrown instanceof AppError ? `${thrown.code}: ${thrown.message}` : String(thrown);
  }
}

async function promote(place: CommandVersions, options: Options, terminal: Terminal): Promise<void> {
  const log = await readCheckedLog(place.versions);
  const record = findVersion(log, options.positionals[2] ?? '');
  const isCurrent = record.gate !== null && record.gate.against === log.state.champion;
  const gate = isCurrent ? record.gate : null;
  const isForced = options.flag('force') && !(gate && isPassed(gate.report)) && log.state.champion !== null;
  await change(
    place,
    { kind: 'promote', version: record.id, gate: gate?.id ?? null, isForced },
    options,
    terminal,
  );
}

async function rollBack(place: CommandVersions, options: Options, terminal: Terminal): Promise<void> {
  const { id } = findVersion(await readCheckedLog(place.versions), options.positionals[2] ?? '');
  await change(place, { kind: 'roll-back', version: id }, options, terminal);
}

async function change(place: CommandVersions, action: VersionAction, options: Options, terminal: Terminal) {
  const reason = options.text('reason');
  if (reason === undefined) throw new UsageError('say why: --reason "at least ten characters"');
  const { entries, state } = await act(place.versions, action, {
    by: readSigner(options),
    at: Date.now(),
    reason,
  });
  await place.finish();
  const entry = entries.at(-1);
  if (options.flag('json')) terminal.out(`${JSON.stringify(entry, null, 2)}\n`);
  else if (entry) terminal.out(`${describeLogEntry(entry, state.versions, terminal.words)}\n`);
}

/** By its number, or by the beginning of its name. */
function findVersion({ state }: CheckedLog, named: string): VersionRecord {
  const found = state.versions.filter(
    ({ id, number }) => String(number) === named || (named.length >= 6 && id.startsWith(named)),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new AppError('version-unknown', `${found.length} versions are called ${named}`, { version: named });
}
