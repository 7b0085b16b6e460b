import { fstatSync, type Stats } from 'node:fs';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#base/errors.ts';
import { limits } from '#data/csv/limits.ts';
import { refuseTooLarge } from '#data/csv/read-pass.ts';
import type { BlobLike, DatasetFile } from '#jobs/dataset/contract.ts';

/** Names the standard input where a command reads a file. */
export const STANDARD_INPUT = '-';

/**
 * A file of the disk as the jobs want it: read in slices, never as a whole. What has no places to read from, a pipe
 * or the standard input, is read to its end. Throws `file-unreadable`, and `file-too-large` for a pipe over the limit.
 */
export async function openDatasetFile(path: string): Promise<DatasetFile> {
  const found = await attempt(path, () => statInput(path));
  if (path !== STANDARD_INPUT && found.isFile()) {
    return { name: basename(path), bytes: new FileBlob(path, 0, found.size) };
  }
  return { name: path === STANDARD_INPUT ? 'stdin' : basename(path), bytes: await readStream(path) };
}

/** A whole text, of a file, a pipe or the standard input. Throws as `openDatasetFile` does, for a file too. */
export async function readText(path: string): Promise<string> {
  const found = await attempt(path, () => statInput(path));
  if (path === STANDARD_INPUT || !found.isFile()) return (await readStream(path)).toString('utf8');
  refuseTooLarge(found.size);
  return attempt(path, () => readFile(path, 'utf8'));
}

/** All bytes of a file, within the limit of what is read. Throws as `openDatasetFile` does. */
export async function readWholeFile(path: string): Promise<Uint8Array> {
  const found = await attempt(path, () => statInput(path));
  if (path === STANDARD_INPUT || !found.isFile()) return readStream(path);
  refuseTooLarge(found.size);
  return attempt(path, () => readFile(path));
}

/** What is read under this name: of the standard input, what stands behind it. Throws for a folder. */
export async function statInput(path: string): Promise<Stats> {
  const found = path === STANDARD_INPUT ? fstatSync(process.stdin.fd) : await stat(path);
  if (found.isDirectory()) throw new Error('it is a folder');
  return found;
}

/** Read to the end, and no further than the limit. */
async function readStream(path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let nBytes = 0;
  await attempt(path, async () => {
    const file = path === STANDARD_INPUT ? null : await open(path, 'r');
    const stream: AsyncIterable<Uint8Array> = file?.createReadStream() ?? process.stdin;
    for await (const piece of stream) {
      pieces.push(piece);
      nBytes += piece.length;
      if (nBytes > limits.bytes) break;
    }
  });
  refuseTooLarge(nBytes);
  return Buffer.concat(pieces);
}

async function attempt<Result>(path: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('file-unreadable', `${path}: ${message}`, { name: path, message });
  }
}

class FileBlob implements BlobLike {
  private readonly path: string;
  private readonly start: number;
  readonly size: number;

  constructor(path: string, start: number, size: number) {
    this.path = path;
    this.start = start;
    this.size = size;
  }

  slice(start: number, end: number): BlobLike {
    return new FileBlob(this.path, this.start + start, Math.max(0, Math.min(end, this.size) - start));
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const buffer = new ArrayBuffer(this.size);
    const file = await open(this.path, 'r');
    try {
      await fill(file, new Uint8Array(buffer), this.start);
    } finally {
      await file.close();
    }
    return buffer;
  }
}

/** One read may return fewer bytes than asked for, and none only at the end. */
async function fill(file: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < into.length;) {
    const { bytesRead } = await file.read(into, at, into.length - at, position + at);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    at += bytesRead;
  }
}
