import { createSilentContext } from '#base/job-context.ts';
import type { ByteSource } from '#data/csv/byte-source.ts';
import { encodeUtf16, encodeWindows1252 } from '#data/csv/encode-text.ts';
import { readTable } from '#data/csv/read-table.ts';
import { encodeUtf8, listRows, readBytes } from '#data/csv/read-text.ts';
import { writeCsv } from '#data/csv/write-csv.ts';
import { generateFleet } from '#data/fleet-sample.ts';

/** One accented file of about 4 kB in one of the encodings the reader knows. */
export interface BorderFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The six files: accents, astral characters, quoted line ends and CRLF, so that a border may cut any of them. */
export function createBorderFiles(): BorderFile[] {
  const lines = writeCsv(generateFleet({ units: 5, years: 4, seed: 5 }), 'excel-french')
    .slice(1)
    .split('\r\n');
  const noteLines = (count: number) =>
    lines
      .slice(0, count)
      .map((line, i) => (i === 0 ? `${line};Note` : `${line};"é – ""œuf"" 🙂${i}\r\nligne 2"`))
      .join('\r\n');
  // In UTF-16 every character takes two bytes: half the lines make the same size.
  const long = noteLines(26);
  const short = noteLines(13);
  return [
    { name: 'utf-8', bytes: encodeUtf8(long) },
    { name: 'utf-8 with a mark', bytes: encodeUtf8(`\uFEFF${long}`) },
    { name: 'utf-16le with a mark', bytes: encodeUtf16(`\uFEFF${short}`, true) },
    { name: 'utf-16be with a mark', bytes: encodeUtf16(`\uFEFF${short}`, false) },
    { name: 'utf-16le without a mark', bytes: encodeUtf16(short, true) },
    { name: 'windows-1252', bytes: encodeWindows1252(long.replaceAll('🙂', '…')) },
  ];
}

/**
 * Reads the bytes cut in two at each border through the whole reader; gives the borders at which the table
 * is another one than that of the uncut bytes, or the ledger misses a byte. One reading each.
 */
export async function findBadBorders(bytes: Uint8Array, borders: Iterable<number>): Promise<number[]> {
  const expected = describe(await readBytes(bytes));
  const bad: number[] = [];
  for (const border of borders) {
    const cut = await readTable(cutAt(bytes, border), {}, createSilentContext());
    if (describe(cut) !== expected) bad.push(border);
  }
  return bad;
}

function describe({ table, dialect, ledger, unread }: Awaited<ReturnType<typeof readBytes>>): string {
  const columns = table.columns.map(({ name, type }) => [name, type]);
  return JSON.stringify([columns, listRows(table), dialect, ledger, unread]);
}

function cutAt(bytes: Uint8Array, border: number): ByteSource {
  return {
    name: 'cut.csv',
    size: bytes.length,
    async *chunks() {
      yield bytes.subarray(0, border);
      yield bytes.subarray(border);
    },
  };
}
