import { Gunzip } from 'fflate';
import { AppError } from '#base/errors.ts';

/** Where bytes come from: a Blob, a Buffer, a text. Each call of `chunks` begins at the first byte. */
export interface ByteSource {
  readonly name: string;
  /** Bytes as stored (packed, for a .gz); null where unknown beforehand. */
  readonly size: number | null;
  chunks(): AsyncIterable<Uint8Array>;
}

/** A source over bytes already in memory, handed out in pieces of `chunkSize`. */
export function createByteSource(name: string, bytes: Uint8Array, chunkSize = 1 << 20): ByteSource {
  return {
    name,
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
    },
  };
}

/** One reading of a source from its first byte. */
export interface ByteStream {
  /** The bytes, unpacked in the stream where the first ones are gzip's. The first chunk holds at least 4. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes taken from the source so far, as stored. */
  readonly nTaken: number;
  readonly isPacked: boolean;
}

export function openStream(source: ByteSource): ByteStream {
  let nTaken = 0;
  let unpacker: Unpacker | null = null;

  async function* read(): AsyncGenerator<Uint8Array> {
    let isFirst = true;
    for await (const chunk of mergeFirstBytes(source.chunks())) {
      nTaken += chunk.length;
      if (isFirst && isGzip(chunk)) unpacker = createUnpacker();
      isFirst = false;
      if (unpacker === null) yield chunk;
      else yield* unpacker(chunk, false);
    }
    if (unpacker !== null) yield* unpacker(new Uint8Array(0), true);
  }

  return {
    chunks: mergeFirstBytes(read()),
    get nTaken() {
      return nTaken;
    },
    get isPacked() {
      return unpacker !== null;
    },
  };
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Enough for a magic number and for any byte order mark. */
const firstBytes = 4;

async function* mergeFirstBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array(0);
  let isPassed = false;
  for await (const chunk of chunks) {
    const joined: Uint8Array = held.length === 0 ? chunk : concatenate(held, chunk);
    held = new Uint8Array(0);
    isPassed ||= joined.length >= firstBytes;
    if (isPassed) yield joined;
    else held = joined;
  }
  if (held.length > 0) yield held;
}

/**
 * The same bytes in pieces of at most about `pieceSize`, which end behind a line feed where there is
 * one: what is decoded then holds whole lines, and nothing has to be carried over and copied.
 */
export async function* alignToLines(
  chunks: AsyncIterable<Uint8Array>,
  pieceSize: number,
): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    let at = 0;
    if (rest.length > 0) {
      at = chunk.indexOf(LINE_FEED) + 1 || chunk.length;
      rest = concatenate(rest, chunk.subarray(0, at));
      if (at === chunk.length && rest.length < pieceSize) continue;
      yield rest;
      rest = new Uint8Array(0);
    }
    while (at < chunk.length) {
      const limit = Math.min(at + pieceSize, chunk.length);
      const lineEnd = chunk.lastIndexOf(LINE_FEED, limit - 1) + 1;
      if (lineEnd <= at && limit === chunk.length) break;
      const end = lineEnd > at ? lineEnd : limit;
      yield chunk.subarray(at, end);
      at = end;
    }
    rest = chunk.slice(at);
  }
  if (rest.length > 0) yield rest;
}

const LINE_FEED = 10;

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

type Unpacker = (chunk: Uint8Array, isLast: boolean) => readonly Uint8Array[];

/** Small pieces keep what one push unpacks small: gzip may expand a thousandfold. */
const PACKED_PIECE = 65_536;

function createUnpacker(): Unpacker {
  let unpacked: Uint8Array[] = [];
  let isFinished = false;
  const gunzip = new Gunzip((bytes, isFinal) => {
    unpacked.push(bytes);
    isFinished ||= isFinal;
  });
  return (chunk, isLast) => {
    unpacked = [];
    try {
      for (let at = 0; at < chunk.length; at += PACKED_PIECE) {
        gunzip.push(chunk.subarray(at, at + PACKED_PIECE), false);
      }
      if (isLast && !isFinished) gunzip.push(chunk.subarray(0, 0), true);
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new AppError('file-damaged', `The packed file cannot be unpacked: ${why}`, { why });
    }
    return unpacked;
  };
}
