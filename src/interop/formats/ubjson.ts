import { strFromU8, strToU8 } from 'fflate';
import { refuseImport } from './refuse-import.ts';

/** What both of XGBoost's formats write: a typed array is an array of numbers of its type, `Uint8Array` one of flags. */
export type TypedValue =
  | string
  | number
  | readonly TypedValue[]
  | Float32Array
  | Float64Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | { readonly [name: string]: TypedValue };

const MAX_DEPTH = 64;

/** Bytes of a number by its marker. */
const sizes: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 };

/**
 * UBJSON (draft 12) as XGBoost writes it: objects, arrays (counted, typed or open), texts and numbers, big-endian. Numbers
 * come as doubles. Throws `import-invalid` for what ends early, goes on after its end or is nested deeper than 64.
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const need = (n: number): number => {
    if (n > bytes.length - at) refuseImport('the file ends early');
    at += n;
    return at - n;
  };
  const peek = (): string => String.fromCharCode(bytes[at] ?? 0);
  const mark = (): string => String.fromCharCode(bytes[need(1)]);

  function number(type: string): number {
    const size = sizes[type];
    if (size === undefined) return refuseImport(`no number of type ${JSON.stringify(type)}`);
    const from = need(size);
    switch (type) {
      case 'i':
        return view.getInt8(from);
      case 'U':
        return view.getUint8(from);
      case 'I':
        return view.getInt16(from);
      case 'l':
        return view.getInt32(from);
      case 'L':
        return Number(view.getBigInt64(from));
      case 'd':
        return view.getFloat32(from);
      default:
        return view.getFloat64(from);
    }
  }
  function count(): number {
    const n = number(mark());
    return n >= 0 && n <= bytes.length ? n : refuseImport('a length beyond the file');
  }
  function text(): string {
    const n = count();
    const from = need(n);
    return strFromU8(bytes.subarray(from, from + n));
  }
  function take(marker: string): boolean {
    if (peek() !== marker) return false;
    at += 1;
    return true;
  }
  function array(depth: number): unknown[] {
    const type = take('$') ? mark() : null;
    if (take('#')) {
      const n = count();
      if (type !== null && n * (sizes[type] ?? 1) > bytes.length - at) refuseImport('the file ends early');
      return Array.from({ length: n }, () => (type === null ? value(mark(), depth) : value(type, depth)));
    }
    if (type !== null) refuseImport('a typed array without its length');
    const items: unknown[] = [];
    while (!take(']')) items.push(value(mark(), depth));
    return items;
  }
  function object(depth: number): unknown {
    const entries: [string, unknown][] = [];
    if (take('#')) {
      for (let left = count(); left > 0; left--) entries.push([text(), value(mark(), depth)]);
    } else while (!take('}')) entries.push([text(), value(mark(), depth)]);
    return Object.fromEntries(entries);
  }
  function value(type: string, depth: number): unknown {
    if (depth > MAX_DEPTH) refuseImport('nested too deep');
    switch (type) {
      case '{':
        return object(depth + 1);
      case '[':
        return array(depth + 1);
      case 'S':
        return text();
      case 'C':
        return mark();
      case 'Z':
      case 'N':
        return null;
      case 'T':
      case 'F':
        return type === 'T';
      default:
        return number(type);
    }
  }

  const read = value(mark(), 0);
  return at === bytes.length ? read : refuseImport('something follows the end');
}

/** The bytes of a document; plain numbers are written as whole ones. */
export function writeUbjson(document: TypedValue): Uint8Array {
  let bytes = new Uint8Array(65_536);
  let at = 0;
  const room = (n: number): DataView => {
    while (at + n > bytes.length) {
      const wider = new Uint8Array(2 * bytes.length);
      wider.set(bytes);
      bytes = wider;
    }
    at += n;
    return new DataView(bytes.buffer, at - n, n);
  };
  const mark = (marker: string) => room(1).setUint8(0, marker.charCodeAt(0));
  const long = (n: number) => {
    mark('L');
    room(8).setBigInt64(0, BigInt(n));
  };
  const text = (of: string) => {
    const encoded = strToU8(of);
    long(encoded.length);
    room(encoded.length);
    bytes.set(encoded, at - encoded.length);
  };
  const typed = <Item>(type: string, items: ArrayLike<Item>, set: (view: DataView, item: Item) => void) => {
    mark('[');
    mark('$');
    mark(type);
    mark('#');
    long(items.length);
    for (let i = 0; i < items.length; i++) set(room(sizes[type] ?? 0), items[i]);
  };
  const write = (item: TypedValue): void => {
    if (typeof item === 'string') {
      mark('S');
      text(item);
    } else if (typeof item === 'number') long(item);
    else if (item instanceof Float32Array) typed('d', item, (view, x) => view.setFloat32(0, x));
    else if (item instanceof Float64Array) typed('D', item, (view, x) => view.setFloat64(0, x));
    else if (item instanceof Int32Array) typed('l', item, (view, x) => view.setInt32(0, x));
    else if (item instanceof BigInt64Array) typed('L', item, (view, x) => view.setBigInt64(0, x));
    else if (item instanceof Uint8Array) typed('U', item, (view, x) => view.setUint8(0, x));
    else if (isList(item)) {
      mark('[');
      mark('#');
      long(item.length);
      item.forEach(write);
    } else {
      mark('{');
      for (const [name, value] of Object.entries(item)) {
        text(name);
        write(value);
      }
      mark('}');
    }
  };
  write(document);
  return bytes.slice(0, at);
}

export function isList(value: TypedValue): value is readonly TypedValue[] {
  return Array.isArray(value);
}
