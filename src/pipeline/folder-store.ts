import { createHash } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#base/errors.ts';
import {
  type ArtifactStore,
  isBelow,
  type Key,
  type ListedObject,
  requireKey,
  storeError,
} from './artifact-store.ts';
import { withFolderMutex } from './folder-mutex.ts';
import { describeOwner, isGone } from './owner.ts';

/**
 * A folder as a store: a key is the path of a file below it. Names that begin with a dot are the store's own.
 *
 * A file is written beside, put on the disk, and given its name at once: by a second name where nothing may be there, by
 * renaming, under a mutex, where something is to be replaced.
 */
export function createFolderStore(folder: string): ArtifactStore {
  const root = resolve(folder);
  const pathOf = (key: Key) => join(root, ...key.split('/'));
  const sole = <Result>(task: () => Promise<Result>) => withFolderMutex(join(root, '.mutex'), task);

  async function read(key: Key) {
    requireKey(key);
    try {
      const bytes = new Uint8Array(await readFile(pathOf(key)));
      return { bytes, tag: tagOf(bytes) };
    } catch (thrown) {
      if (isAbsence(thrown)) throw storeError('artifact-missing', folder, key);
      throw new AppError('store-unreachable', tellThrown(thrown), { name: folder });
    }
  }

  return {
    address: folder,
    get: read,
    put: async (key, bytes, mode) => {
      requireKey(key);
      const path = pathOf(key);
      await attempt(folder, () =>
        withFileBeside(root, bytes, async (beside) => {
          await mkdir(dirname(path), { recursive: true });
          if (mode.kind === 'create') await giveName(beside, path, key, folder, sole);
          else
            await sole(async () => {
              const hasChanged = mode.kind === 'replace' && (await tagIfPresent(path)) !== mode.expected;
              if (hasChanged) throw storeError('artifact-changed', folder, key);
              await rename(beside, path);
            });
          await syncFolder(dirname(path));
        }),
      );
      return tagOf(bytes);
    },
    list: async function* (prefix) {
      if (prefix !== '') requireKey(prefix);
      const found = await attempt(folder, () => walk(root, ''));
      const below = found.filter(({ key }) => isBelow(key, prefix));
      yield* below.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    delete: async (key) => {
      requireKey(key);
      await attempt(folder, () => sole(() => rm(pathOf(key), { force: true })));
    },
  };
}

function tagOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function tagIfPresent(path: string): Promise<string | null> {
  try {
    return tagOf(await readFile(path));
  } catch (thrown) {
    if (isAbsence(thrown)) return null;
    throw thrown;
  }
}

type Sole = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Gives a file its name where nothing has it. Where the disk knows no second names, one process at a time looks. */
async function giveName(beside: string, path: string, key: Key, folder: string, sole: Sole): Promise<void> {
  try {
    await link(beside, path);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') throw storeError('artifact-exists', folder, key);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(thrown))) throw thrown;
    await sole(async () => {
      if ((await tagIfPresent(path)) !== null) throw storeError('artifact-exists', folder, key);
      await rename(beside, path);
    });
  }
}

/** A file with these bytes, on the disk, for the length of a task. What killed processes left goes before. */
async function withFileBeside(
  root: string,
  bytes: Uint8Array,
  task: (path: string) => Promise<void>,
): Promise<void> {
  const folder = join(root, '.unfinished');
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const path = join(folder, nameUnfinished());
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await task(path);
  } finally {
    await rm(path, { force: true });
  }
}

/** Tells whose it is, so that it can be taken away once that process is no more. */
function nameUnfinished(): string {
  const { place, pid, began, id } = describeOwner();
  return `${Buffer.from(JSON.stringify([place, pid, began])).toString('base64url')}.${id}`;
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [head = '', id = ''] = name.split('.');
    try {
      const [place, pid, began] = JSON.parse(Buffer.from(head, 'base64url').toString()) as [
        string,
        number,
        string,
      ];
      if (isGone({ place, pid, began, id }) === true) await rm(join(folder, name), { force: true });
    } catch {
      // Not ours to judge.
    }
  }
}

/** A name is on the disk when its folder is; where a system cannot say so, it is believed. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

async function walk(root: string, below: string): Promise<ListedObject[]> {
  const folder = join(root, below);
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    if (isAbsence(thrown)) return [];
    throw thrown;
  });
  const found: ListedObject[] = [];
  for (const entry of entries) {
    const key = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await walk(root, key)));
    else if (entry.isFile()) {
      const file = await stat(join(root, key)).catch(() => null);
      if (file) found.push({ key, size: file.size });
    }
  }
  return found;
}

async function attempt<Result>(address: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(thrown));
    throw new AppError(isFull ? 'output-full' : 'output-unwritable', `${address}: ${tellThrown(thrown)}`, {
      name: address,
    });
  }
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

function isAbsence(thrown: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(thrown));
}

function tellThrown(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
