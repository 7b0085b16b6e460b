import { Inflate } from 'fflate';
import { AppError } from '#base/errors.ts';

/** A file inside a zip. */
export interface ZipEntry {
  readonly name: string;
  /** As the zip declares them: what is unpacked is counted, and must come to the same. */
  readonly size: number;
  readonly packedSize: number;
  readonly isDeflated: boolean;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly headerAt: number;
}

const END = 0x06_05_4b_50;
const CENTRAL = 0x02_01_4b_50;
const LOCAL = 0x04_03_4b_50;
const longestComment = 65_535;
const unknown32 = 0xff_ff_ff_ff;

/**
 * The files of a zip by their names, from its central directory. Throws `workbook-damaged`. (APPNOTE.TXT 6.3.)
 */
export function listZip(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const entries = new Map<string, ZipEntry>();
  const utf8 = new TextDecoder();
  try {
    const nEntries = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    for (let i = 0; i < nEntries; i++) {
      if (view.getUint32(at, true) !== CENTRAL) throw new RangeError('no entry where one should be');
      const nameLength = view.getUint16(at + 28, true);
      const extraLength = view.getUint16(at + 30, true);
      const name = utf8.decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/');
      const method = view.getUint16(at + 10, true);
      const sizes = readSizes(view, at, at + 46 + nameLength, extraLength);
      entries.set(name, {
        name,
        ...sizes,
        isDeflated: method === 8,
        isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
        crc: view.getUint32(at + 16, true),
      });
      if (method !== 8 && method !== 0) throw new RangeError(`method ${method}`);
      at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    }
  } catch (thrown) {
    throw damaged(thrown);
  }
  return entries;
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - longestComment); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw damaged('its directory is missing');
}

/** Sizes that do not fit in 32 bits, or were not known when writing began, stand in the extra field (zip64). */
function readSizes(view: DataView, at: number, extraAt: number, extraLength: number) {
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  for (
    let field = extraAt;
    field + 4 <= extraAt + extraLength;
    field += 4 + view.getUint16(field + 2, true)
  ) {
    if (view.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    for (let i = 0; i < sizes.length; i++) {
      if (sizes[i] !== unknown32) continue;
      sizes[i] = Number(view.getBigUint64(next, true));
      next += 8;
    }
  }
  const [size = 0, packedSize = 0, headerAt = 0] = sizes;
  return { size, packedSize, headerAt };
}

/** Packed bytes taken at a time: what one unpacks to stays small, deflate expands a thousandfold at most. */
const PIECE = 16_384;

/**
 * Unpacks a file of a zip, piece by piece. Throws `workbook-too-large` as soon as it is, or declares to be, larger than
 * `maxBytes`, and `workbook-damaged` where what comes out is not what was put in.
 */
export function* unpackEntry(bytes: Uint8Array, entry: ZipEntry, maxBytes: number): Generator<Uint8Array> {
  const { size, packedSize, isDeflated, headerAt, crc } = entry;
  refuseAbove(Math.max(size, isDeflated ? 0 : packedSize), maxBytes);
  const packed = findPacked(bytes, headerAt, packedSize);
  let sum = -1;
  let length = 0;
  for (const piece of isDeflated ? inflate(packed) : [packed]) {
    length += piece.length;
    refuseAbove(length, maxBytes);
    sum = addToCrc(sum, piece);
    yield piece;
  }
  if (length !== size || ~sum >>> 0 !== crc) throw damaged('its sum does not agree');
}

function refuseAbove(bytes: number, limit: number): void {
  if (bytes > limit) {
    throw new AppError('workbook-too-large', `The workbook unpacks to ${bytes} bytes or more.`, {
      bytes,
      limit,
    });
  }
}

function findPacked(bytes: Uint8Array, headerAt: number, packedSize: number): Uint8Array {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset + headerAt, 30);
    if (view.getUint32(0, true) !== LOCAL) throw new RangeError('no file where one should be');
    const from = headerAt + 30 + view.getUint16(26, true) + view.getUint16(28, true);
    if (from + packedSize > bytes.length) throw new RangeError('the file is cut off');
    return bytes.subarray(from, from + packedSize);
  } catch (thrown) {
    throw damaged(thrown);
  }
}

function* inflate(packed: Uint8Array): Generator<Uint8Array> {
  let unpacked: Uint8Array[] = [];
  const inflater = new Inflate((piece) => unpacked.push(piece));
  for (let at = 0; at < packed.length; at += PIECE) {
    unpacked = [];
    try {
      inflater.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch (thrown) {
      throw damaged(thrown);
    }
    yield* unpacked;
  }
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1;
  return value;
});

function addToCrc(sum: number, bytes: Uint8Array): number {
  for (const byte of bytes) sum = (crcTable[(sum ^ byte) & 255] as number) ^ (sum >>> 8);
  return sum;
}

export function damaged(thrown: unknown): AppError {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('workbook-damaged', `The workbook cannot be unpacked: ${why}`, { why });
}
