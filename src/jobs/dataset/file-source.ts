import { AppError } from '#base/errors.ts';
import { type ByteSource, createByteSource } from '#data/csv/byte-source.ts';
import type { BlobLike, DatasetFile } from './contract.ts';

/** Read at a time: large enough to be fast, small enough to yield in between. */
const CHUNK_BYTES = 1 << 20;

/** A given file as the reader wants it. A blob is read in slices, never as a whole. */
export function toByteSource({ name, bytes }: DatasetFile): ByteSource {
  if (bytes instanceof Uint8Array) return createByteSource(name, bytes, CHUNK_BYTES);
  return {
    name,
    size: bytes.size,
    async *chunks() {
      for (let from = 0; from < bytes.size; from += CHUNK_BYTES) yield await readSlice(name, bytes, from);
    },
  };
}

/** Throws `file-unreadable` where the file was moved or changed since it was given, or is a folder. */
async function readSlice(name: string, bytes: BlobLike, from: number): Promise<Uint8Array> {
  try {
    const to = Math.min(bytes.size, from + CHUNK_BYTES);
    return new Uint8Array(await bytes.slice(from, to).arrayBuffer());
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('file-unreadable', `${name} can no longer be read: ${message}`, { name, message });
  }
}
