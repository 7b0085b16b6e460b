import type { Rng } from '#base/random.ts';

/** Bytes that matter to a CSV reader: what a mutation likes to insert. */
const telling = [
  '"',
  '""',
  '"""',
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r',
  '\r\n',
  '\n\r',
  '\n\n',
  ' ',
  '"\n',
  '" ',
  ' "',
  '",',
  ';"',
  "'",
  '=1+1',
  '-',
  '−',
  '\u00a0',
  '\u202f',
  '\ufeff',
  '0',
  '007',
  '1,234',
  '1e999',
  'é',
  '🙂',
  'NaN',
  'Total',
  '03/04/2025',
].map((text) => new TextEncoder().encode(text));
const rare = [0x00, 0x1a, 0x80, 0x81, 0xc3, 0xe9, 0xff, 0xfe, 0xef];

type Mutator = (bytes: Uint8Array, rng: Rng) => Uint8Array;

const mutators: readonly Mutator[] = [
  function insertTelling(bytes, rng) {
    return splice(bytes, rng.nextBelow(bytes.length + 1), 0, pick(telling, rng));
  },
  function insertAtBorder(bytes, rng) {
    return splice(bytes, findBorder(bytes, rng), 0, pick(telling, rng));
  },
  function replaceByte(bytes, rng) {
    return splice(bytes, rng.nextBelow(bytes.length), 1, pick(telling, rng));
  },
  function rareByte(bytes, rng) {
    return splice(bytes, rng.nextBelow(bytes.length), rng.nextBelow(2), Uint8Array.of(pick(rare, rng)));
  },
  function removeRange(bytes, rng) {
    return splice(bytes, rng.nextBelow(bytes.length), 1 + rng.nextBelow(30), new Uint8Array(0));
  },
  function repeatRange(bytes, rng) {
    const from = rng.nextBelow(bytes.length);
    const part = bytes.slice(from, from + 1 + rng.nextBelow(200));
    return splice(bytes, rng.nextBelow(bytes.length), 0, part);
  },
  function truncate(bytes, rng) {
    return bytes.slice(0, 1 + rng.nextBelow(bytes.length));
  },
  function cutBeginning(bytes, rng) {
    return bytes.slice(rng.nextBelow(Math.min(bytes.length, 300)));
  },
  function swapLineEnds(bytes, rng) {
    const to = pick([[10], [13], [13, 10]], rng);
    const isAll = rng.nextBelow(2) === 0;
    return flatMapBytes(bytes, (byte) => {
      if (byte === 13) return isAll ? [] : [byte];
      return byte === 10 && (isAll || rng.nextBelow(8) === 0) ? to : [byte];
    });
  },
  function quoteEverySomeCell(bytes, rng) {
    const delimiter = pick([44, 59, 9], rng);
    return flatMapBytes(bytes, (byte) =>
      byte === delimiter && rng.nextBelow(20) === 0 ? [34, byte, 34] : [byte],
    );
  },
  function blankLines(bytes, rng) {
    return flatMapBytes(bytes, (byte) => (byte === 10 && rng.nextBelow(6) === 0 ? [10, 10] : [byte]));
  },
  function titleAbove(bytes, rng) {
    return splice(bytes, 0, 0, pick(titles, rng));
  },
  function totalBelow(bytes) {
    return splice(bytes, bytes.length, 0, new TextEncoder().encode('Total;;12\nTotal,,12\n'));
  },
];

const titles = ['Liste des arrêts\n', 'sep=;\n', 'Export;2024\n\n', '# comment, with "quotes"\n'].map(
  (text) => new TextEncoder().encode(text),
);

/** The bytes after one to four random changes. */
export function mutateCsv(bytes: Uint8Array, rng: Rng): Uint8Array {
  let mutated = bytes;
  const nChanges = 1 + rng.nextBelow(4);
  for (let i = 0; i < nChanges && mutated.length > 0; i++) mutated = pick(mutators, rng)(mutated, rng);
  return mutated;
}

function pick<T>(items: readonly T[], rng: Rng): T {
  return items[rng.nextBelow(items.length)] as T;
}

function splice(bytes: Uint8Array, at: number, nRemoved: number, inserted: Uint8Array): Uint8Array {
  const end = Math.min(bytes.length, at + nRemoved);
  const result = new Uint8Array(bytes.length - (end - at) + inserted.length);
  result.set(bytes.subarray(0, at));
  result.set(inserted, at);
  result.set(bytes.subarray(end), at + inserted.length);
  return result;
}

/** A place just before or behind a delimiter, quote or line end, where the reader decides something. */
function findBorder(bytes: Uint8Array, rng: Rng): number {
  const from = rng.nextBelow(bytes.length);
  for (let at = from; at < bytes.length; at++) {
    if ([9, 10, 13, 34, 44, 59].includes(bytes[at] as number)) return at + rng.nextBelow(2);
  }
  return from;
}

function flatMapBytes(bytes: Uint8Array, change: (byte: number) => readonly number[]): Uint8Array {
  return Uint8Array.from(Array.from(bytes).flatMap(change));
}
