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

const SENTINEL: Address = { store: 'sentinel', key: 'last' };

/** Small things stay; of the large ones a model outlives a file, which can be opened again. */
const ranks: Readonly<Record<string, number>> = { models: 1, [BYTES]: 2 };

/**
 * Copies of the records of the database, on a shelf that fails apart from it.
 *
 * Each copy bears the number of the save that made it: it is put beside the one before, which then goes, so that a
 * browser that ends in between leaves one of them whole, and of two tabs the later save counts.
 */
export function createSecondCopy(shelf: Shelf) {
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
    await removeBefore(address, names);
  }

  async function removeBefore(address: CopiedAddress, names: readonly string[]): Promise<void> {
    for (const name of names) {
      const other = toAddress(name);
      if (toId(other) === toId(address) && other.saved < address.saved) await shelf.remove(name);
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
    await replace(address, new Blob([writeRecord(value)]), names).catch(() => {});
  }

  async function readBlob(address: Address): Promise<Blob | null> {
    const latest = (await list()).find((other) => toId(other) === toId(address));
    return latest ? shelf.read(toName(latest)) : null;
  }

  /**
   * A record as it was copied, with `bytes: null` where a file's are not there; null where it is not there itself, or is
   * damaged.
   */
  async function read(address: Address): Promise<unknown> {
    try {
      const text = await (await readBlob(address))?.text();
      if (text === undefined) return null;
      const value = parseRecord(text);
      return isWithoutBytes(value)
        ? { ...value, bytes: await readBlob({ ...address, store: BYTES }) }
        : value;
    } catch {
      return null;
    }
  }

  /** Copies what a save changed. What finds no room is left out: the database has it. */
  async function put(changes: readonly Change[], saved: number): Promise<void> {
    const names = await shelf.names();
    for (const change of changes) await putChange(change, saved, names);
  }

  return {
    isLazy: shelf.isLazy,
    list,
    read,
    put,

    /** How far it has come; that nothing was saved where it is empty. */
    readSentinel: async (): Promise<Sentinel> => readSentinel(await read(SENTINEL)) ?? NOTHING_SAVED,

    /** Everything up to there is copied. */
    note: (sentinel: Sentinel): Promise<void> => put([{ ...SENTINEL, value: sentinel }], sentinel.count),
  };
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
