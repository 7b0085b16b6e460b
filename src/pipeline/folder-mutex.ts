import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { AppError } from '#base/errors.ts';
import { describeOwner, isGone, type Owner } from './owner.ts';

const ownerSchema = v.object({ place: v.string(), pid: v.number(), began: v.string(), id: v.string() });

/** An owner elsewhere that held a mutex of milliseconds for so long is no more. */
const SILENCE_MS = 30_000;
const PATIENCE_MS = 45_000;

/**
 * Does a task that one process at a time may do, of all that see the folder.
 *
 * Holding is being the highest number of the folder; the file tells who. Numbers only grow, and the highest one stays, so
 * that who thought long about a dead owner cannot take a number that was passed meanwhile. A killed owner is found out at
 * once on its machine, by its silence elsewhere.
 */
export async function withFolderMutex<Result>(folder: string, task: () => Promise<Result>): Promise<Result> {
  const path = await acquire(folder);
  try {
    return await task();
  } finally {
    await replaceText(folder, path, 'free');
  }
}

async function acquire(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const begin = performance.now();
  let seen = { text: '', since: begin };
  for (;;) {
    const numbers = await listNumbers(folder);
    const highest = numbers.at(-1);
    const text =
      highest === undefined ? 'free' : await readFile(nameOf(folder, highest), 'utf8').catch(() => '');
    if (text !== seen.text) seen = { text, since: performance.now() };
    if (isFree(text, performance.now() - seen.since)) {
      const path = await take(folder, (highest ?? 0) + 1);
      if (path !== null) {
        await Promise.all(numbers.map((number) => rm(nameOf(folder, number), { force: true })));
        return path;
      }
    } else if (performance.now() - begin > PATIENCE_MS) {
      throw new AppError('store-locked', `${folder}: held by ${text}`, { owner: text });
    } else {
      await new Promise((resolve) => setTimeout(resolve, 2 + 8 * Math.random()));
    }
  }
}

/** The file of the number, where it is ours and the highest; null where others were quicker. */
async function take(folder: string, number: number): Promise<string | null> {
  const owner = describeOwner();
  const path = nameOf(folder, number);
  const beside = join(folder, `.${owner.id}`);
  try {
    await writeFile(beside, JSON.stringify(owner));
    await linkOrCreate(beside, path, JSON.stringify(owner));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return null;
    throw thrown;
  } finally {
    await rm(beside, { force: true });
  }
  if ((await listNumbers(folder)).at(-1) === number) return path;
  await rm(path, { force: true });
  return null;
}

/** Some shares know no second name of a file: there it is written after it was made, and unreadable for a moment. */
async function linkOrCreate(beside: string, path: string, text: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw thrown;
    await writeFile(path, text, { flag: 'wx' });
  }
}

function isFree(text: string, silenceMs: number): boolean {
  if (text === 'free') return true;
  const owner = parseOwner(text);
  const gone = owner === null ? 'unknown' : isGone(owner);
  return gone === 'unknown' ? silenceMs > SILENCE_MS : gone;
}

function parseOwner(text: string): Owner | null {
  try {
    return v.parse(ownerSchema, JSON.parse(text));
  } catch {
    return null;
  }
}

async function replaceText(folder: string, path: string, text: string): Promise<void> {
  const beside = join(folder, `.${describeOwner().id}`);
  await writeFile(beside, text);
  await rename(beside, path);
}

async function listNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

function nameOf(folder: string, number: number): string {
  return join(folder, String(number).padStart(8, '0'));
}
