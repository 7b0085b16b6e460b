/** A text's UTF-16 code units: a typed array is read several times faster than a string's characters. */
export type CodeUnits = Uint8Array | Uint16Array;

/** Long enough for any number or date that is read from its units. */
const longestUnits = 32;
const scratch = new Uint16Array(longestUnits);

/** The units of a short text; valid until the next call. Longer texts are cut at `longestUnits`. */
export function unitsOfShort(text: string): Uint16Array {
  const length = Math.min(text.length, longestUnits);
  for (let i = 0; i < length; i++) scratch[i] = text.charCodeAt(i);
  return scratch;
}

/** The units of a text of any length. O(length). */
export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(i);
  return units;
}
