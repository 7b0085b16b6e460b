const BITS = 15;
/** The first of the characters in use: none of them is half of a pair, so that every browser keeps them as they are. */
const FIRST = 0x100;

/** Bytes as text, 15 bits a character, for a store that counts characters; the last one says how many bits are filler. */
export function packBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  let codes: number[] = [];
  const push = (code: number) => {
    codes.push(code + FIRST);
    if (codes.length < 4096) return;
    parts.push(String.fromCharCode(...codes));
    codes = [];
  };
  let held = 0;
  let nHeld = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    nHeld += 8;
    if (nHeld < BITS) continue;
    nHeld -= BITS;
    push(held >> nHeld);
    held &= (1 << nHeld) - 1;
  }
  const filler = nHeld === 0 ? 0 : BITS - nHeld;
  if (nHeld > 0) push(held << filler);
  push(filler);
  parts.push(String.fromCharCode(...codes));
  return parts.join('');
}

/** The bytes of `packBytes`. */
export function unpackBytes(text: string): Uint8Array<ArrayBuffer> {
  const nCodes = text.length - 1;
  const filler = text.charCodeAt(nCodes) - FIRST;
  const bytes = new Uint8Array((nCodes * BITS - filler) >> 3);
  let held = 0;
  let nHeld = 0;
  let at = 0;
  for (let i = 0; i < nCodes; i++) {
    held = (held << BITS) | (text.charCodeAt(i) - FIRST);
    nHeld += BITS;
    while (nHeld >= 8 && at < bytes.length) {
      nHeld -= 8;
      bytes[at++] = held >> nHeld;
      held &= (1 << nHeld) - 1;
    }
  }
  return bytes;
}
