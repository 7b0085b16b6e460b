const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of a base64 text without line breaks. Own code: `atob` is no part of the language. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const codes = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; i++) codes[alphabet.charCodeAt(i)] = i;
  const nPadding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - nPadding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    const word =
      (codes[text.charCodeAt(i)] << 18) |
      (codes[text.charCodeAt(i + 1)] << 12) |
      (codes[text.charCodeAt(i + 2) & 127] << 6) |
      codes[text.charCodeAt(i + 3) & 127];
    if (at < bytes.length) bytes[at++] = word >> 16;
    if (at < bytes.length) bytes[at++] = word >> 8;
    if (at < bytes.length) bytes[at++] = word;
  }
  return bytes;
}
