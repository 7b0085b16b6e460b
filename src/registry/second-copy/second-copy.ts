import { NOTHING_SAVED, readSentinel, type Sentinel } from './sentinel.ts';
import { parseRecord, writeRecord } from './record-text.ts';
import type { Shelf } from './shelf.ts';

/** A record of the database. */
export interface Address {
  readonly store: string;
  readonly key: string;
}

/** What a save made of a record; `value` is absent where it was removed. */
export interface Change extends Address {
  readonly value?: unknown;
}

/** A record on the shelf, and the save that put it there. */
export interface CopiedAddress extends Address {
  readonly saved: number;
}

/** Where the bytes of a file stand, apart from what was decided about it, which changes often. */
const BYTES = 'bytes';

/** Larger ones are not copied: they stand on the disk of who opened them. */
const MAX_BYTES = 64 * 2 ** 20;

/** Every save that was copied, as `one`; those before `all` are no longer listed: every one of them was. */
const SENTINELS = 'sentinels';

/** So many saves are listed one by one before they are gathered. */
const MAX_LISTED = 50;

/** Small things stay; of the large ones a model outlives a file, which can be opened again. */
const ranks: Readonly<Record<string, number>> = { models: 1, [BYTES]: 2 };

/**
 * Copies of the records of the database, on a shelf that fails apart from it.
 *
 * Each copy bears the number of the save that made it: it is put beside the one before, which then goes, so that a
 * browser that ends in between leaves one of them whole, and of two tabs the later save counts.
 */
export function createSecondCopy(shelf: Shelf) {
  let known: Set<string> | null = null;
  let nPuts = 0;

  /** What this tab knows to be there: to list a shelf takes long where there is much, so it is done now and then. */
  async function recallNames(): Promise<readonly string[]> {
    if (nPuts++ % MAX_LISTED === 0) known = null;
    known ??= new Set(await shelf.names());
    return [...known];
  }

  async function list(): Promise<readonly CopiedAddress[]> {
    const latest = new Map<string, CopiedAddress>();
    for (const name of await shelf.names()) {
      const address = toAddress(name);
      const before = latest.get(toId(address));
      if (!before || before.saved < address.saved) latest.set(toId(address), address);
    }
    return [...latest.values()];
  }

  async function replace(address: CopiedAddress, content: Blob, names: readonly string[]): Promise<void> {
    await shelf.put(toName(address), content, ranks[address.store] ?? 0);
    known?.add(toName(address));
    await removeBefore(address, names);
  }

  /** One that stays is no harm: the later one counts. */
  async function removeBefore(address: CopiedAddress, names: readonly string[]): Promise<void> {
    for (const name of names) {
      const other = toAddress(name);
      if (toId(other) !== toId(address) || other.saved >= address.saved) continue;
      known?.delete(name);
      await shelf.remove(name).catch(() => {});
    }
  }

  async function putChange(change: Change, saved: number, names: readonly string[]): Promise<void> {
    const address = { ...change, saved };
    if (change.value === undefined) {
      await removeBefore(address, names);
      await removeBefore({ ...address, store: BYTES }, names);
      return;
    }
    const { value, bytes } = splitBytes(change.value);
    if (bytes && bytes.size <= MAX_BYTES) {
      const isThere = names.some((name) => toId(toAddress(name)) === toId({ ...change, store: BYTES }));
      if (!isThere) await replace({ ...address, store: BYTES }, bytes, names).catch(() => {});
    }
    const copying = replace(address, new Blob([writeRecord(value)]), names);
    // That a large one has no copy is told by the small one that names it.
    await (change.store in ranks ? copying.catch(() => {}) : copying);
  }

  async function findLatest(address: Address): Promise<CopiedAddress | null> {
    return (await list()).find((other) => toId(other) === toId(address)) ?? null;
  }

  async function readValue(address: CopiedAddress): Promise<unknown> {
    const text = await (await shelf.read(toName(address)))?.text();
    return text === undefined ? null : parseRecord(text);
  }

  /**
   * A record as it was copied, with `bytes: null` where a file's are not there; null where it is not there itself, or is
   * damaged.
   */
  async function read(address: Address): Promise<unknown> {
    try {
      const latest = await findLatest(address);
      const value = latest && (await readValue(latest));
      if (!isWithoutBytes(value)) return value;
      const bytes = await findLatest({ ...address, store: BYTES });
      return { ...value, bytes: bytes && (await shelf.read(toName(bytes))) };
    } catch {
      return null;
    }
  }

  /** Copies what a save changed. Large things that find no room are left out; rejects where a small one does. */
  async function put(changes: readonly Change[], saved: number): Promise<void> {
    const names = await recallNames();
    for (const change of changes) await putChange(change, saved, names);
  }

  return {
    isLazy: shelf.isLazy,
    list,
    read,
    put,

    /** Up to where every save was copied; that none was where it is empty. */
    readSentinel: async (): Promise<Sentinel> => {
      const address = findComplete(await shelf.names());
      return readSentinel(address && (await readValue(address))) ?? NOTHING_SAVED;
    },

    /** That save is copied; whether those before it are, is another matter: another tab may still be about it. */
    noteOne: async (sentinel: Sentinel): Promise<void> => {
      const address = { store: SENTINELS, key: 'one', saved: sentinel.count };
      await replace(address, new Blob([writeRecord(sentinel)]), []);
      if (sentinel.count % MAX_LISTED !== 0) return;
      const complete = findComplete(await shelf.names());
      const value = readSentinel(complete && (await readValue(complete)));
      if (value) await noteAll(value);
    },

    noteAll,
  };

  /** Every save up to there is copied. */
  async function noteAll(sentinel: Sentinel): Promise<void> {
    const address = { store: SENTINELS, saved: sentinel.count };
    const names = await shelf.names();
    await replace({ ...address, key: 'all' }, new Blob([writeRecord(sentinel)]), names);
    await removeBefore({ ...address, key: 'one' }, names);
  }
}

/** The last of the saves that follow one another without a gap. */
function findComplete(names: readonly string[]): CopiedAddress | null {
  const sentinels = names.map(toAddress).filter(({ store }) => store === SENTINELS);
  const gathered = sentinels.filter(({ key }) => key === 'all').sort((a, b) => b.saved - a.saved)[0];
  const listed = new Map(sentinels.flatMap((one) => (one.key === 'one' ? [[one.saved, one]] : [])));
  let complete = gathered ?? null;
  for (;;) {
    const next = listed.get((complete?.saved ?? 0) + 1);
    if (!next) return complete;
    complete = next;
  }
}

export type SecondCopy = ReturnType<typeof createSecondCopy>;

export function toId({ store, key }: Address): string {
  return `${store}/${key}`;
}

function toName({ saved, ...address }: CopiedAddress): string {
  return `${toId(address)}/${saved}`;
}

function toAddress(name: string): CopiedAddress {
  const [store = '', ...rest] = name.split('/');
  const saved = Number(rest.pop());
  return { store, key: rest.join('/'), saved };
}

/** A file's record without its bytes, which say by this that they stand apart. */
function splitBytes(value: unknown): { readonly value: unknown; readonly bytes: Blob | null } {
  const hasBytes =
    typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Blob;
  return hasBytes ? { value: { ...value, bytes: null }, bytes: value.bytes as Blob } : { value, bytes: null };
}

function isWithoutBytes(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes === null;
}
