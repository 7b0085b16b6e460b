import { AppError } from '#base/errors.ts';
import type { Encoding, EvidenceReason } from './dialect.ts';

/** The part of the platform's TextDecoder used here; the core compiles without the DOM library. */
interface PlatformDecoder {
  decode(bytes: Uint8Array): string;
}
const { TextDecoder } = globalThis as unknown as {
  TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => PlatformDecoder;
};
const strict = { fatal: true, ignoreBOM: true };
const lenient = { fatal: false, ignoreBOM: true };

/** Turns bytes into text piece by piece; the pieces may be cut anywhere. */
export interface TextPieceDecoder {
  /** The text of all complete characters so far not yet given. */
  push(bytes: Uint8Array): string;
  /** Call once at the end. */
  end(): string;
  /** Bytes that are no character were met and became U+FFFD. Only where `isLenient`. */
  readonly isDamaged: boolean;
  /** The bytes of the text last given, where each is one of its characters; else null. */
  readonly units: Uint8Array | null;
}

export interface EncodingGuess {
  readonly encoding: Encoding;
  readonly because: EvidenceReason;
  readonly isAmbiguous: boolean;
  /** The evidence outweighs a few bytes that are no characters of the encoding: damage, not another encoding. */
  readonly isCertain: boolean;
  /** The bytes fit none of the four encodings: DOS, Macintosh, or another script. */
  readonly isUnknown: boolean;
}

/** Chooses the encoding from a file's first bytes. */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  const marked = findByteOrderMark(head);
  if (marked !== null) return decide(marked.encoding, 'byte-order-mark', true);
  const wide = guessUtf16(head);
  if (wide !== null) return decide(wide, 'zero-bytes', true);
  const { nCharacters, nBroken } = countMultiByte(head);
  if (nCharacters === 0 && nBroken === 0) return decide('utf-8', 'ascii', false);
  if (nBroken === 0) return decide('utf-8', 'valid-utf8', nCharacters >= 3);
  if (nCharacters > 2 * nBroken) return decide('utf-8', 'mostly-utf8', true);
  const nForeign = countForeign(head);
  const nLetters = head.reduce((count, byte) => (byte >= 0xc0 ? count + 1 : count), 0);
  const guess = decide('windows-1252', 'invalid-utf8', true);
  return { ...guess, isAmbiguous: nForeign > 0, isUnknown: nForeign >= 3 && 10 * nForeign > nLetters };
}

function decide(encoding: Encoding, because: EvidenceReason, isCertain: boolean): EncodingGuess {
  return { encoding, because, isAmbiguous: false, isCertain, isUnknown: false };
}

/** Well-formed UTF-8 characters of several bytes, and bytes above 0x7F that belong to none. A cut last character is no fault. */
function countMultiByte(head: Uint8Array): { nCharacters: number; nBroken: number } {
  let nCharacters = 0;
  let nBroken = 0;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at] as number;
    if (byte < 0x80) continue;
    const nFollowing = byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0;
    let nFound = 0;
    while (nFound < nFollowing && ((head[at + 1 + nFound] ?? 0) & 0xc0) === 0x80) nFound++;
    if (nFollowing > 0 && nFound === nFollowing) nCharacters++;
    else if (nFollowing === 0 || at + 1 + nFound < head.length) nBroken++;
    at += nFound;
  }
  return { nCharacters, nBroken };
}

/** What stands in 0x80–0x9F of windows-1252: no character, capitals, other letters, quotes and dashes. */
const unassigned: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const capitals: ReadonlySet<number> = new Set([0x8a, 0x8c, 0x8e, 0x9f]);
const letters: ReadonlySet<number> = new Set([...capitals, 0x9a, 0x9c, 0x9e]);
const quotes: ReadonlySet<number> = new Set([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97]);

/**
 * Bytes that windows-1252 text would not have there: unassigned ones, punctuation between two letters
 * (but for the apostrophe), a capital behind a small letter, two in a row other than quotes and dashes.
 */
function countForeign(head: Uint8Array): number {
  const isSmall = (byte = 0) => byte >= 97 && byte <= 122;
  const isLetter = (byte = 0) => isSmall(byte | 32);
  const isHigh = (byte = 0) => byte >= 0x80 && byte <= 0x9f;
  let nForeign = 0;
  for (const [at, byte] of head.entries()) {
    if (!isHigh(byte)) continue;
    const [before, after] = [head[at - 1], head[at + 1] ?? 0];
    const isWithinWord = isLetter(before) && isLetter(after) && !letters.has(byte) && byte !== 0x92;
    const isCapitalWithin = capitals.has(byte) && isSmall(before);
    const isPair = isHigh(after) && !quotes.has(byte) && !quotes.has(after);
    if (unassigned.has(byte) || isWithinWord || isCapitalWithin || isPair) nForeign++;
  }
  return nForeign;
}

/** The mark at the start, and how many bytes it takes. */
export function findByteOrderMark(head: Uint8Array): { encoding: Encoding; length: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

function guessUtf16(head: Uint8Array): Encoding | null {
  const n = Math.min(head.length, 4096) & ~1;
  if (n < 4) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) evenZeros++;
    if (head[i + 1] === 0) oddZeros++;
  }
  const many = 0.35 * n; // 70 % of the pairs
  if (oddZeros > many && evenZeros === 0) return 'utf-16le';
  if (evenZeros > many && oddZeros === 0) return 'utf-16be';
  return null;
}

/**
 * Throws `encoding-unknown` at bytes that are no character of the encoding, unless `isLenient`.
 * Every byte is a character of windows-1252.
 */
export function createDecoder(encoding: Encoding, isLenient = false): TextPieceDecoder {
  if (encoding === 'windows-1252') return createWindows1252Decoder();
  const isUtf8 = encoding === 'utf-8';
  const platform = new TextDecoder(isUtf8 ? 'utf-8' : 'utf-16le', strict);
  const countComplete = isUtf8 ? countCompleteUtf8 : countCompleteUtf16;
  let rest = new Uint8Array(0);
  let isDamaged = false;
  let units: Uint8Array | null = null;

  function decode(bytes: Uint8Array): string {
    try {
      return platform.decode(bytes);
    } catch {
      isDamaged = true;
      if (isLenient) return new TextDecoder(isUtf8 ? 'utf-8' : 'utf-16le', lenient).decode(bytes);
      throw new AppError('encoding-unknown', `The file is not valid ${encoding}.`, { encoding });
    }
  }

  return {
    push(chunk) {
      const bytes = rest.length === 0 ? chunk : concatenate(rest, chunk);
      const whole = bytes.length - (encoding === 'utf-16be' ? bytes.length % 2 : 0);
      const nComplete = countComplete(encoding === 'utf-16be' ? swapPairs(bytes.slice(0, whole)) : bytes);
      rest = bytes.slice(nComplete);
      const complete = bytes.subarray(0, nComplete);
      const text = decode(encoding === 'utf-16be' ? swapPairs(complete) : complete);
      // Every character takes at least a byte, so equal lengths mean one byte each.
      units = text.length === complete.length ? complete : null;
      return text;
    },
    end() {
      const last = rest;
      rest = new Uint8Array(0);
      units = null;
      return last.length === 0 ? '' : decode(last);
    },
    get isDamaged() {
      return isDamaged;
    },
    get units() {
      return units;
    },
  };
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** How many leading bytes hold whole characters: a character cut at the end (≤ 3 bytes) waits. */
function countCompleteUtf8(bytes: Uint8Array): number {
  const n = bytes.length;
  for (let back = 1; back <= 3 && back <= n; back++) {
    const byte = bytes[n - back] as number;
    if (byte < 0x80) return n;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? n - back : n;
    }
  }
  return n;
}

/** Little-endian: waits for the second byte of a unit and the second unit of a surrogate pair. */
function countCompleteUtf16(bytes: Uint8Array): number {
  const n = bytes.length & ~1;
  const isHighSurrogate = n >= 2 && ((bytes[n - 1] as number) & 0xfc) === 0xd8;
  return isHighSurrogate ? n - 2 : n;
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    swapped[i] = bytes[i + 1] as number;
    swapped[i + 1] = bytes[i] as number;
  }
  if (bytes.length % 2 === 1) swapped[bytes.length - 1] = bytes[bytes.length - 1] as number;
  return swapped;
}

/** Code points of the bytes 0x80–0x9F; the five unassigned ones keep their value, as browsers do. */
const windows1252High = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

// Our own table, because some Node versions decode this label as Latin-1.
function createWindows1252Decoder(): TextPieceDecoder {
  const ascii = new TextDecoder('utf-8', strict);
  const wide = new TextDecoder('utf-16le', strict);
  let last: Uint8Array | null = null;
  return {
    push(bytes) {
      last = bytes;
      if (bytes.every((byte) => byte < 0x80)) return ascii.decode(bytes);
      const units = new Uint8Array(bytes.length * 2);
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i] as number;
        const unit = byte >= 0x80 && byte < 0xa0 ? windows1252High.charCodeAt(byte - 0x80) : byte;
        units[2 * i] = unit & 0xff;
        units[2 * i + 1] = unit >> 8;
      }
      return wide.decode(units);
    },
    end: () => '',
    isDamaged: false,
    get units() {
      return last;
    },
  };
}
