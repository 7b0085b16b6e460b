import { readFile, stat } from 'node:fs/promises';
import { AppError } from '#base/errors.ts';
import { openStore } from '#pipeline/store-address.ts';
import { createStoreVersions, updatePointer } from '#pipeline/store-versions.ts';
import type { CheckedLog } from '#versions/contract.ts';
import { projectLimits, readProject, writeProject } from '#versions/project-file.ts';
import { createProjectStore } from '#versions/project-store.ts';
import type { VersionStore } from '#versions/version-store.ts';
import { openOutputFile } from './output-file.ts';

/** Where a command finds versions: a project file, or a store that `retrain` keeps (a folder, a bucket). */
export interface CommandVersions {
  readonly versions: VersionStore;
  /** Logs that went on apart elsewhere: a store has none. */
  readonly others: readonly CheckedLog[];
  /** Makes durable what was committed: a project file is written anew, a store's pointer follows its log. */
  readonly finish: () => Promise<void>;
}

/** Opens a project file, whole and checked, or a store. Throws `file-unreadable`, and what reading a project throws. */
export async function openVersions(path: string): Promise<CommandVersions> {
  if (!(await isFile(path))) {
    const store = await openStore(path);
    return {
      versions: createStoreVersions(store),
      others: [],
      finish: async () => void (await updatePointer(store)),
    };
  }
  const project = readProject(await readBytes(path));
  const { store, read } = createProjectStore(project);
  return {
    versions: store,
    others: project.family.others,
    finish: async () => (await openOutputFile('project', path)).writeBytes(writeProject(read())),
  };
}

/** What is there neither as a file nor as a folder is no store to be made by looking at it. */
async function isFile(path: string): Promise<boolean> {
  if (/^[a-z][a-z0-9+.-]+:\/\//u.test(path)) return false;
  try {
    return (await stat(path)).isFile();
  } catch (thrown) {
    throw toUnreadable(path, thrown);
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    const limit = projectLimits.packed;
    if (size > limit)
      throw new AppError('file-too-large', `${path}: ${size} bytes`, { name: path, bytes: size, limit });
    return await readFile(path);
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : toUnreadable(path, thrown);
  }
}

function toUnreadable(path: string, thrown: unknown): AppError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('file-unreadable', `${path}: ${message}`, { name: path, message });
}
