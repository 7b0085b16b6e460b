import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { type ByteSource, createByteSource } from '#data/csv/byte-source.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import { isPackage, workbookLimits } from '#data/workbook/open-workbook.ts';
import { openSheet, type SheetReading } from '#data/workbook/sheet-source.ts';
import type { BlobLike, DatasetFile } from './contract.ts';

/** Read at a time: large enough to be fast, small enough to yield in between. */
const CHUNK_BYTES = 1 << 20;

/** A given file as the reader of delimited text takes it. */
export interface TableSource {
  readonly source: ByteSource;
  /** With what the kind of the file settles. */
  readonly overrides: Partial<Dialect>;
  /** Of a workbook which sheet, and what it holds beside its rows; null for a text. */
  readonly workbook: SheetReading | null;
}

/** Opens a text or a workbook, told apart by their first bytes, whatever their names. Errors: those of `openSheet`. */
export async function openTableSource(
  file: DatasetFile,
  overrides: Partial<Dialect>,
  context: JobContext,
): Promise<TableSource> {
  const { name, bytes } = file;
  const head = bytes instanceof Uint8Array ? bytes : await readSlice(name, bytes, 0, 4);
  if (!isPackage(head)) return { source: toByteSource(file), overrides, workbook: null };
  const size = bytes instanceof Uint8Array ? bytes.length : bytes.size;
  const limit = workbookLimits.packed;
  if (size > limit)
    throw new AppError('file-too-large', 'The workbook is too large.', { bytes: size, limit });
  const whole = bytes instanceof Uint8Array ? bytes : await readSlice(name, bytes, 0, size);
  const { source, dialect, ...workbook } = await openSheet(name, whole, overrides, context);
  return { source, overrides: { ...overrides, ...dialect }, workbook };
}

/** A blob is read in slices, never as a whole. */
export function toByteSource({ name, bytes }: DatasetFile): ByteSource {
  if (bytes instanceof Uint8Array) return createByteSource(name, bytes, CHUNK_BYTES);
  return {
    name,
    size: bytes.size,
    async *chunks() {
      for (let from = 0; from < bytes.size; from += CHUNK_BYTES) {
        yield await readSlice(name, bytes, from, from + CHUNK_BYTES);
      }
    },
  };
}

/** Throws `file-unreadable` where the file was moved or changed since it was given, or is a folder. */
async function readSlice(name: string, bytes: BlobLike, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await bytes.slice(from, Math.min(bytes.size, to)).arrayBuffer());
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('file-unreadable', `${name} can no longer be read: ${message}`, { name, message });
  }
}
