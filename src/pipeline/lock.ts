import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { type ArtifactStore, create, getIfPresent, isStoreError } from './artifact-store.ts';
import { describeOwner, isGone } from './owner.ts';
import { keys } from './store-layout.ts';
import { encodeJson } from './store-versions.ts';

const ownerSchema = v.object({ place: v.string(), pid: v.number(), began: v.string(), id: v.string() });
const lockSchema = v.object({ owner: v.nullable(ownerSchema), beat: v.number() });

/** An owner elsewhere counts as gone after so many beats that did not come. */
const N_MISSED = 3;

export interface HeldLock {
  /** Aborted once another process took the lock over, as this one was silent. */
  readonly lost: { readonly aborted: boolean };
  readonly release: () => Promise<void>;
}

/**
 * Holds the store's one lock, so that retrainings do not repeat each other's work. Nothing rests on it: two that worked
 * at once would meet at the log. Throws `store-locked` at once where the owner lives, else after three beats of watching.
 *
 * The heart beats by writing; nobody compares clocks. A killed owner is found out at once on its machine, by its silence elsewhere.
 */
export async function takeLock(store: ArtifactStore, { beatMs = 5000 } = {}): Promise<HeldLock> {
  const owner = describeOwner();
  const write = (beat: number, held = true) => encodeJson({ owner: held ? owner : null, beat });
  let tag = await take(store, write(0), beatMs);
  let beat = 0;
  const lost = { aborted: false };
  let working: Promise<void> = Promise.resolve();

  async function replace(bytes: Uint8Array): Promise<void> {
    try {
      tag = await store.put(keys.lock, bytes, { kind: 'replace', expected: tag });
    } catch (thrown) {
      // A beat that did not get through is missed; three in a row make others bold.
      if (isStoreError(thrown, 'artifact-changed')) lost.aborted = true;
    }
  }
  const timer = setInterval(() => {
    working = working.then(() => (lost.aborted ? undefined : replace(write(++beat))));
  }, beatMs);
  timer.unref();
  return {
    lost,
    release: async () => {
      clearInterval(timer);
      await working;
      if (!lost.aborted) await replace(write(beat, false));
    },
  };
}

async function take(store: ArtifactStore, bytes: Uint8Array, beatMs: number): Promise<string> {
  const found = await getIfPresent(store, keys.lock);
  const holder = found && readLock(found.bytes);
  const gone = holder === null || holder === 'unreadable' ? true : isGone(holder);
  if (found && gone !== true && (gone === false || (await isBeating(store, found.tag, beatMs)))) {
    throw lockedBy(holder);
  }
  try {
    return await store.put(keys.lock, bytes, found ? { kind: 'replace', expected: found.tag } : create);
  } catch (thrown) {
    if (isStoreError(thrown, 'artifact-exists') || isStoreError(thrown, 'artifact-changed'))
      throw lockedBy(null);
    throw thrown;
  }
}

async function isBeating(store: ArtifactStore, tag: string, beatMs: number): Promise<boolean> {
  for (let n = 0; n < N_MISSED; n++) {
    await new Promise((resolve) => setTimeout(resolve, beatMs));
    if ((await getIfPresent(store, keys.lock))?.tag !== tag) return true;
  }
  return false;
}

/** Null for a lock that is free. */
function readLock(bytes: Uint8Array) {
  try {
    return v.parse(lockSchema, JSON.parse(new TextDecoder().decode(bytes))).owner;
  } catch {
    return 'unreadable';
  }
}

function lockedBy(holder: ReturnType<typeof readLock>): AppError {
  const known = holder !== null && holder !== 'unreadable' ? holder : null;
  const owner = known ? `${known.place.split(' ')[0] ?? ''}, ${known.pid}` : '?';
  return new AppError('store-locked', `held by ${owner}`, { owner });
}
