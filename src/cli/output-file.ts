import { randomUUID } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { access, constants, open, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#base/errors.ts';
import { statInput } from './files.ts';
import { UsageError } from './usage-error.ts';

/** Where an option of a command writes. */
export interface OutputFile {
  readonly write: (text: string) => Promise<void>;
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
}

/**
 * The file that `--option` names, checked before any work: it can be written, and is none of `inputs` under any name.
 *
 * `write` leaves the old file whole or the new one whole, whatever happens: the text goes to a file beside it, is on
 * the disk when that takes the old one's place, and is removed where it does not. A link is followed; a device or a
 * pipe is written as it is. Throws `UsageError`, `output-unwritable`, and `output-full` of `write`.
 */
export async function openOutputFile(
  option: string,
  path: string,
  inputs: readonly string[] = [],
): Promise<OutputFile> {
  const old = await findFile(path);
  if (old) await refuseInput(option, path, old, inputs);
  try {
    const target = old ? await realpath(path) : resolve(path);
    if (old?.isDirectory()) throw new Error('it is a folder');
    if (old) await access(target, constants.W_OK);
    if (old && !old.isFile()) return toFile((content) => attempt(path, () => writeFile(target, content)));
    // With a slash, what is no folder is found out too.
    await access(join(dirname(target), '/'), constants.W_OK);
    return toFile((content) => attempt(path, () => replaceFile(target, content, old?.mode)));
  } catch (thrown) {
    throw toOutputError(path, thrown);
  }
}

function toFile(write: (content: string | Uint8Array) => Promise<void>): OutputFile {
  return { write, writeBytes: write };
}

/** Files that are not yet what they are to become: none of them outlives the process. */
const unfinished = new Set<string>();
process.on('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true });
});

async function replaceFile(
  target: string,
  content: string | Uint8Array,
  mode: number | undefined,
): Promise<void> {
  const beside = join(dirname(target), `.tranche-${randomUUID()}.tmp`);
  unfinished.add(beside);
  try {
    const file = await open(beside, 'wx', mode === undefined ? 0o666 : mode & 0o777);
    try {
      await file.writeFile(content);
      // The mask of the process may have narrowed what the old file was open to.
      if (mode !== undefined) await file.chmod(mode & 0o777);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
    unfinished.delete(beside);
  } catch (thrown) {
    rmSync(beside, { force: true });
    unfinished.delete(beside);
    throw thrown;
  }
}

async function refuseInput(option: string, path: string, old: Stats, inputs: readonly string[]) {
  for (const input of inputs) {
    const read = await statInput(input).catch(() => undefined);
    if (read?.isFile() && read.dev === old.dev && read.ino === old.ino) {
      throw new UsageError(`--${option} ${path} would overwrite ${input}, which is read: name another file`);
    }
  }
}

async function findFile(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

async function attempt(path: string, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (thrown) {
    throw toOutputError(path, thrown);
  }
}

const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What keeps a file or a stream from being written. */
export function toOutputError(path: string, thrown: unknown): AppError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const isFull = thrown instanceof Error && 'code' in thrown && fullCodes.has(thrown.code);
  return new AppError(isFull ? 'output-full' : 'output-unwritable', `${path}: ${message}`, { name: path });
}
