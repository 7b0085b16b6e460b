import { writeFloat32 } from './float32-split.ts';
import { isList, type TypedValue } from './ubjson.ts';

/**
 * The text of a document for a reader that tells whole numbers from others by how they are written: `5` where a float is
 * due is refused by it, so floats have an exponent.
 */
export function writeTypedJson(value: TypedValue): string {
  if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value);
  if (value instanceof Float32Array) return `[${Array.from(value, writeFloat32).join(',')}]`;
  if (ArrayBuffer.isView(value)) return `[${Array.from<number | bigint, string>(value, String).join(',')}]`;
  if (isList(value)) return `[${value.map(writeTypedJson).join(',')}]`;
  const entries = Object.entries(value).map(
    ([name, each]) => `${JSON.stringify(name)}:${writeTypedJson(each)}`,
  );
  return `{${entries.join(',')}}`;
}
