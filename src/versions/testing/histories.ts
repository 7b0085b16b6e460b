import fc from 'fast-check';
import type { CheckedLog, VersionAction } from '../contract.ts';
import { createMemoryVersionStore, type MemoryVersions } from '../memory-version-store.ts';
import { type LogFamily, listDiscardable, mergeFamilies } from '../merge-logs.ts';
import { nameVersion } from '../model-version.ts';
import { checkLog, EMPTY_LOG, nextEntry, openLog, readLog, writeLog } from '../version-log.ts';
import { readCheckedLog, type VersionStore } from '../version-store.ts';
import { createSampleReport, createSampleVersion, sign } from './sample-versions.ts';

const N_VERSIONS = 6;
const versions = Array.from({ length: N_VERSIONS }, (_, i) => createSampleVersion(i));

type Step =
  | { readonly kind: VersionAction['kind']; readonly version: number; readonly isForced: boolean }
  | { readonly kind: 'merge' | 'import' };

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constantFrom<VersionAction['kind'][]>(
        'submit',
        'submit',
        'judge',
        'promote',
        'refuse',
        'roll-back',
        'discard',
      ),
      version: fc.nat(N_VERSIONS - 1),
      isForced: fc.boolean(),
    }) as fc.Arbitrary<Step>,
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('merge' as const, 'import' as const) }) },
);

/** Steps of two people, and after which storage call of a step the machine stops; none for 0. */
const historyArbitrary = fc.array(
  fc.record({ who: fc.nat(1), step: stepArbitrary, crash: fc.constantFrom(0, 0, 0, 1, 2, 3) }),
  { minLength: 1, maxLength: 40 },
);

/** One person's place: the store, and the logs that forked off elsewhere. */
interface Place {
  readonly held: MemoryVersions;
  others: readonly CheckedLog[];
}

class Crash extends Error {}

/** A store that stops before its k-th call, or after it where the answer is lost. */
function crashAfter(store: VersionStore, k: number): VersionStore {
  let left = k === 0 ? Infinity : k;
  const pass = () => {
    if (--left === 0) throw new Crash();
  };
  return {
    readLog: async () => (pass(), store.readLog()),
    readVersion: async (id) => (pass(), store.readVersion(id)),
    commit: async (entry, bytes) => {
      pass();
      await store.commit(entry, bytes);
      pass();
    },
  };
}

function toAction(step: Extract<Step, { version: number }>, log: CheckedLog): VersionAction {
  const { id, facts } = versions[step.version] ?? versions[0]!;
  const gate = log.state.versions.find((each) => each.id === id)?.gate?.id ?? null;
  switch (step.kind) {
    case 'submit':
      return { kind: 'submit', version: id, facts };
    case 'judge': {
      const report = createSampleReport(step.isForced ? 'not-better' : 'proven-better');
      return { kind: 'judge', version: id, against: log.state.champion ?? id, report };
    }
    case 'promote':
      return { kind: 'promote', version: id, gate, isForced: step.isForced };
    case 'refuse':
      return { kind: 'refuse', version: id, gate };
    default:
      return { kind: step.kind, version: id };
  }
}

async function act(place: Place, step: Extract<Step, { version: number }>, crash: number) {
  const store = crashAfter(createMemoryVersionStore(place.held), crash);
  const log = await readCheckedLog(store);
  const action = toAction(step, log);
  if (
    action.kind === 'discard' &&
    !listDiscardable({ own: log, others: place.others }).includes(action.version)
  )
    return;
  const { bytes } = versions[step.version] ?? versions[0]!;
  await store.commit(nextEntry(log, action, sign()), action.kind === 'submit' ? bytes : undefined);
}

function familyOf({ held, others }: Place): LogFamily {
  return { own: checkLog(held.entries), others };
}

/** As opening a project file does it: one transaction, which takes nothing away. */
function merge(mine: Place, theirs: Place): void {
  const { own, others } = mergeFamilies(familyOf(mine), familyOf(theirs));
  mine.held.bytes = new Map([...theirs.held.bytes, ...mine.held.bytes]);
  mine.held.entries = own.entries;
  mine.others = others;
}

/** What holds of a place at any moment. Throws what does not. */
function check(place: Place): void {
  const text = writeLog(place.held.entries);
  const { state, entries } = readLog(text);
  const champions = state.versions.filter(({ standing }) => standing === 'champion');
  const everPromoted = entries.some(({ action }) => action.kind === 'promote');
  if (champions.length !== (everPromoted ? 1 : 0)) throw new Error(`${champions.length} champions`);
  if (new Set(state.versions.map(({ number }) => number)).size !== state.versions.length)
    throw new Error('a number was used twice');
  for (const { id, wasPromoted } of [state, ...place.others.map((log) => log.state)].flatMap(
    (each) => each.versions,
  )) {
    const bytes = place.held.bytes.get(id);
    if (wasPromoted && (!bytes || nameVersion(bytes) !== id))
      throw new Error(`promoted version ${id} is lost`);
  }
}

const headsOf = ({ own, others }: LogFamily) => [own, ...others].map(({ head }) => String(head)).toSorted();

/** Merging in either order, once or twice, keeps the same logs. */
function checkMerge(mine: LogFamily, theirs: LogFamily): void {
  const tips = (family: LogFamily) =>
    JSON.stringify(
      headsOf(mergeFamilies({ own: EMPTY_LOG, others: [] }, family)).filter((head) => head !== 'null'),
    );
  const there = mergeFamilies(mine, theirs);
  const back = mergeFamilies(theirs, mine);
  if (tips(there) !== tips(back)) throw new Error('merging does not commute');
  if (JSON.stringify(headsOf(mergeFamilies(there, theirs))) !== JSON.stringify(headsOf(there)))
    throw new Error('merging twice is not merging once');
}

/** Runs `nRuns` histories of two people with crashes and merges; throws for the first that breaks a law, with its seed. */
export async function runHistories(nRuns: number, seed: number): Promise<void> {
  const property = fc.asyncProperty(historyArbitrary, async (history) => {
    const places = [0, 1].map((): Place => ({ held: { entries: [], bytes: new Map() }, others: [] }));
    const [one, two] = places as [Place, Place];
    for (const { who, step, crash } of history) {
      const [mine, theirs] = who === 0 ? [one, two] : [two, one];
      try {
        if (step.kind === 'merge') merge(mine, theirs);
        else if (step.kind === 'import') mine.others = restore(mine).others;
        else await act(mine, step as Extract<Step, { version: number }>, crash);
      } catch (thrown) {
        // What a state forbids, and what a crash cut off.
        if (!(thrown instanceof Crash) && !(thrown instanceof Error && 'code' in thrown)) throw thrown;
      }
      for (const place of places) check(place);
    }
    checkMerge(familyOf(one), familyOf(two));
    checkFlips(one);
  });
  await fc.assert(property, { numRuns: nRuns, seed, endOnFailure: false });
}

/** A project file, written and opened on another machine. */
function restore({ held, others }: Place): Place {
  const { entries } = readLog(writeLog(held.entries));
  held.entries = entries;
  return { held, others: others.map((log) => readLog(writeLog(log.entries))) };
}

/** One byte of the log's text, changed: found, whichever it is. */
function checkFlips({ held }: Place): void {
  const text = writeLog(held.entries);
  for (let at = 0; at < text.length; at += 1 + Math.floor(text.length / 7)) {
    const flipped = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
    try {
      readLog(flipped);
    } catch {
      continue;
    }
    throw new Error(`a flipped byte at ${at} was not found`);
  }
  if (openLog(held.entries).broken) throw new Error('the log does not open');
}
