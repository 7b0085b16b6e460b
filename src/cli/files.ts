import { type FileHandle, open, readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#base/errors.ts';
import type { BlobLike, DatasetFile } from '#jobs/dataset/contract.ts';

/** A file of the disk as the jobs want it: read in slices, never as a whole. Throws `file-unreadable`. */
export async function openDatasetFile(path: string): Promise<DatasetFile> {
  const size = await attempt(path, async () => {
    const found = await stat(path);
    if (!found.isFile()) throw new Error('it is not a file');
    return found.size;
  });
  return { name: basename(path), bytes: new FileBlob(path, 0, size) };
}

export function readText(path: string): Promise<string> {
  return attempt(path, () => readFile(path, 'utf8'));
}

export function writeText(path: string, text: string): Promise<void> {
  return attempt(path, () => writeFile(path, text, 'utf8'));
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
