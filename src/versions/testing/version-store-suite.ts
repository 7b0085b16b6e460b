import { describe, expect, it } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createFailingCalls, type FailingCalls } from '#base/testing/failing-calls.ts';
import type { CheckedLog } from '../contract.ts';
import { EMPTY_LOG, nextEntry } from '../version-log.ts';
import { act, readCheckedLog, readSoundVersion, type VersionStore } from '../version-store.ts';
import { createSampleReport, createSampleVersion, sign } from './sample-versions.ts';

/** A place nobody has used; `open` gives what a visit sees, `fails` counts the storage calls below it. */
export interface StorePlace {
  readonly open: () => Promise<VersionStore>;
  /** Null: this store has no calls that could fail one by one. */
  readonly calls: FailingCalls | null;
}

const [first, second] = [createSampleVersion(1), createSampleVersion(2)];
const submit = ({ id, facts }: typeof first) => ({ kind: 'submit', version: id, facts }) as const;

/** Two versions, a gate, a promotion and the way back: what the tests break at every call. */
const story: readonly ((store: VersionStore) => Promise<CheckedLog>)[] = [
  (store) => act(store, submit(first), sign(), first.bytes),
  (store) => act(store, { kind: 'promote', version: first.id, gate: null, isForced: false }, sign()),
  (store) => act(store, submit(second), sign(), second.bytes),
  (store) => {
    const report = createSampleReport('proven-better');
    return act(store, { kind: 'judge', version: second.id, against: first.id, report }, sign());
  },
  async (store) => {
    const { head } = await readCheckedLog(store);
    return act(store, { kind: 'promote', version: second.id, gate: head, isForced: false }, sign());
  },
  (store) => act(store, { kind: 'roll-back', version: first.id }, sign('the second one went astray')),
];

/** The laws of `VersionStore`. */
export function describeVersionStore(name: string, openPlace: () => Promise<StorePlace> | StorePlace) {
  describe(`${name}, as a store of versions`, () => {
    it('begins empty, and misses what it was never given', async () => {
      const store = await (await openPlace()).open();
      expect(await store.readLog()).toEqual([]);
      await expect(store.readVersion(first.id)).rejects.toMatchObject({ code: 'version-missing' });
    });

    it('L1, L3: a later visit finds the champion, the log, and every version byte for byte', async () => {
      const { open } = await openPlace();
      const store = await open();
      for (const step of story) await step(store);
      const again = await open();
      const log = await readCheckedLog(again);
      expect(log.entries).toHaveLength(story.length);
      expect(log.state.champion).toBe(first.id);
      expect(log.state.versions.map(({ standing }) => standing)).toEqual(['champion', 'former']);
      for (const { id, bytes } of [first, second]) expect(await readSoundVersion(again, id)).toEqual(bytes);
    });

    it('L2: of two entries that follow the same one, the second is refused and changes nothing', async () => {
      const { open } = await openPlace();
      const [one, two] = [await open(), await open()];
      const entry = nextEntry(EMPTY_LOG, submit(first), sign());
      const rival = nextEntry(EMPTY_LOG, submit(second), sign());
      const settled = await Promise.allSettled([
        one.commit(entry, first.bytes),
        two.commit(rival, second.bytes),
      ]);
      const refused = settled.flatMap((each) =>
        each.status === 'rejected' ? [each.reason as AppError] : [],
      );
      expect(refused.map(({ code }) => code)).toEqual(['log-moved']);
      expect(await (await open()).readLog()).toHaveLength(1);
    });

    it('L4: refuses bytes that a version is not named after', async () => {
      const store = await (await openPlace()).open();
      const entry = nextEntry(EMPTY_LOG, submit(first), sign());
      await expect(store.commit(entry, second.bytes)).rejects.toMatchObject({ code: 'version-altered' });
      await expect(store.commit(entry)).rejects.toMatchObject({ code: 'version-altered' });
      expect(await store.readLog()).toEqual([]);
    });

    it('lets go of the bytes of a version that is discarded, and keeps what was said of it', async () => {
      const { open } = await openPlace();
      const store = await open();
      await act(store, submit(first), sign(), first.bytes);
      await act(store, { kind: 'discard', version: first.id }, sign());
      await expect((await open()).readVersion(first.id)).rejects.toMatchObject({ code: 'version-missing' });
      const { state } = await readCheckedLog(store);
      expect(state.versions).toMatchObject([{ number: 1, standing: 'discarded' }]);
    });

    it('loses nothing it acknowledged, whichever storage call fails', async () => {
      for (let k = 1; k < 500; k++) {
        const { open, calls } = await openPlace();
        if (!calls) return;
        const store = await open();
        calls.arm(k);
        const nDone = await runUntilFailure(store);
        const hasFailed = calls.hasFailed();
        calls.arm(Infinity);
        const seen = await open();
        const log = await readCheckedLog(seen);
        expect(log.entries.length).toBeGreaterThanOrEqual(nDone);
        expect(log.entries.length).toBeLessThanOrEqual(nDone + 1);
        for (const { id } of log.state.versions) await readSoundVersion(seen, id);
        for (const step of story.slice(log.entries.length)) await step(seen);
        expect((await readCheckedLog(seen)).state.champion).toBe(first.id);
        if (!hasFailed) return;
      }
      throw new Error('there is no end to its calls');
    });
  });
}

async function runUntilFailure(store: VersionStore): Promise<number> {
  for (const [nDone, step] of story.entries()) {
    try {
      await step(store);
    } catch {
      return nDone;
    }
  }
  return story.length;
}

/** A store whose calls of its own fail: before they do anything, or after, where the answer is lost. */
export function createFaultyStore(
  store: VersionStore,
  calls = createFailingCalls(() => new Error('broken')),
) {
  const guard = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    calls.pass();
    const result = await work();
    calls.pass();
    return result;
  };
  const faulty: VersionStore = {
    readLog: () => guard(() => store.readLog()),
    readVersion: (id) => guard(() => store.readVersion(id)),
    commit: (entry, bytes) => guard(() => store.commit(entry, bytes)),
  };
  return { store: faulty, calls };
}
