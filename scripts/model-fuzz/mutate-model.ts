import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Rng } from '#base/random.ts';

type Json = unknown;
type Parent = Json[] | Record<string, Json>;

/** A file after some damage to its text: what a disk, a mail gateway or a curious person does. */
export function damageText(text: string, rng: Rng): string {
  let damaged = text;
  for (let n = rng.nextBelow(3); n >= 0; n--) {
    const at = rng.nextBelow(damaged.length);
    const length = 1 + rng.nextBelow(rng.nextFloat() < 0.5 ? 3 : 200);
    const [before, cut, after] = [
      damaged.slice(0, at),
      damaged.slice(at, at + length),
      damaged.slice(at + length),
    ];
    switch (rng.nextBelow(7)) {
      case 0:
        damaged = before + after;
        break;
      case 1:
        damaged = before + cut + cut + after;
        break;
      case 2:
        damaged = before + String.fromCharCode(32 + rng.nextBelow(95)) + damaged.slice(at + 1);
        break;
      case 3:
        damaged = before;
        break;
      case 4:
        damaged = before + cut.replace(/\d/u, (digit) => String((Number(digit) + 1) % 10)) + after;
        break;
      case 5:
        damaged = damaged.replace(/"version":\d+/u, `"version":${rng.nextBelow(5)}`);
        break;
      default:
        damaged = before + cut.split('').toReversed().join('') + after;
    }
  }
  return damaged;
}

/** A file whose content was changed by someone who knows its shape, and hashed again. */
export function forgeContent(text: string, rng: Rng): string {
  const file = JSON.parse(text) as { version: number; content: Json };
  for (let n = rng.nextBelow(3); n >= 0; n--) forge(file, rng);
  return rehash(file);
}

/** A file with the hash that goes with its content. */
export function rehash({
  version,
  content,
}: {
  readonly version: number;
  readonly content?: unknown;
}): string {
  const text = JSON.stringify(content) ?? 'null';
  const head = JSON.stringify({ format: 'tranche-model', version, hash: hashOf(version, text) });
  return `${head.slice(0, -1)},"content":${text}}`;
}

function hashOf(version: number, text: string): string {
  const hashed = version < 4 ? text : `tranche-model ${version}\n${text}`;
  return bytesToHex(sha256(utf8ToBytes(hashed)));
}

/** Changes one thing: each step down chooses among the keys alike, so that small parts are met as often as long lists. */
function forge(file: Parent, rng: Rng): void {
  let parent = file;
  let key: string | number = 'content';
  for (;;) {
    const value: Json = get(parent, key);
    if (!isParent(value) || keysOf(value).length === 0 || rng.nextFloat() < 0.12) break;
    const keys = keysOf(value);
    [parent, key] = [value, keys[rng.nextBelow(keys.length)] as string];
  }
  if (parent === file) return;
  const value: Json = get(parent, key);
  switch (rng.nextBelow(9)) {
    case 0:
      remove(parent, key);
      break;
    case 1:
      if (Array.isArray(parent)) parent.splice(Number(key), 0, structuredClone(value));
      else set(parent, `${key}x`, value);
      break;
    case 2: {
      const others = keysOf(parent);
      const other = others[rng.nextBelow(others.length)] as string;
      const there = get(parent, other);
      set(parent, other, value);
      set(parent, key, structuredClone(there));
      break;
    }
    case 3:
    case 4:
      set(parent, key, typeof value === 'number' ? changeNumber(value, rng) : pick(hostile, rng));
      break;
    case 5:
      if (Array.isArray(value)) value.length = rng.nextBelow(value.length + 1);
      else set(parent, key, pick(hostile, rng));
      break;
    case 6:
      if (Array.isArray(value)) value.push(...(structuredClone(value) as Json[]));
      else if (typeof value === 'string') set(parent, key, pick(texts, rng));
      else set(parent, key, pick(hostile, rng));
      break;
    case 7:
      set(parent, key, nest(pick([1, 30, 500], rng), value));
      break;
    default:
      set(parent, key, pick(hostile, rng));
  }
}

const texts = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(20_000),
  'median',
  'blend',
  '0',
  '\u0000',
];
const hostile: readonly Json[] = [
  null,
  true,
  [],
  {},
  [[]],
  [null],
  -1,
  0,
  1,
  0.5,
  2 ** 31,
  1e9,
  2e9,
  1e308,
  -1e308,
  5e-324,
  ...texts,
];

function changeNumber(value: number, rng: Rng): number {
  return pick([value + 1, value - 1, -value, value * 2 + 0.5, value * 1e12, 2 ** 31, 2e9, 0, 1e308], rng);
}

function nest(depth: number, value: Json): Json {
  let nested = value;
  for (let i = 0; i < depth; i++) nested = [nested];
  return nested;
}

function isParent(value: Json): value is Parent {
  return typeof value === 'object' && value !== null;
}

const keysOf = (parent: Parent): string[] => Object.keys(parent);
const get = (parent: Parent, key: string | number): Json => (parent as Record<string, Json>)[key];

function set(parent: Parent, key: string | number, value: Json): void {
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
}

function remove(parent: Parent, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

function pick<Item>(items: readonly Item[], rng: Rng): Item {
  return items[rng.nextBelow(items.length)] as Item;
}
