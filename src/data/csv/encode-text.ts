/** Text as UTF-16, without a mark of its own. */
export function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), isLittleEndian);
  return bytes;
}

/** What windows-1252 has at 0x80–0x9F, where Latin-1 has control characters. */
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Text as windows-1252; each character must be one of its 256. */
export function encodeWindows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const at = high.indexOf(character);
    return at >= 0 ? 0x80 + at : character.charCodeAt(0);
  });
}
