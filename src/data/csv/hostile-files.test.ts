import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { ByteSource } from './byte-source.ts';
import { isBalanced } from './ledger.ts';
import { readTable } from './read-table.ts';
import { encodeUtf8, listRows, readBytes, readText } from './read-text.ts';

const MIB = 1024 * 1024;

/** A file of that size which hands out the same piece again and again, and counts the bytes it was asked for. */
function createRepeating(size: number, piece: Uint8Array): ByteSource & { readonly nTaken: number } {
  let nTaken = 0;
  return {
    name: 'huge.csv',
    size,
    async *chunks() {
      for (let left = size; left > 0; left -= piece.length) {
        nTaken += piece.length;
        yield piece;
      }
    },
    get nTaken() {
      return nTaken;
    },
  };
}

const read = (source: ByteSource) => readTable(source, {}, createSilentContext());

describe('files that are too large', () => {
  it('560 MiB are refused before a byte is read', async () => {
    const source = createRepeating(560 * MIB, encodeUtf8('1,2\n'));
    await expect(read(source)).rejects.toMatchObject({
      code: 'file-too-large',
      details: { bytes: 560 * MIB, limit: 500 * MIB },
    });
    expect(source.nTaken).toBe(0);
  });

  it('a line of 500 MB is given up after its first megabytes', async () => {
    const source = createRepeating(500_000_000, encodeUtf8('x'.repeat(MIB)));
    await expect(read(source)).rejects.toMatchObject({
      code: 'record-too-long',
      details: { line: 1, limit: MIB },
    });
    expect(source.nTaken).toBeLessThan(5 * MIB);
  });

  it('a line of 500 MB that is one quoted cell is given up as soon', async () => {
    const source = createRepeating(500_000_000, encodeUtf8(`"${'x'.repeat(MIB)}`));
    await expect(read(source)).rejects.toMatchObject({
      code: expect.stringMatching(/^(record-too-long|file-no-rows)$/),
    });
    expect(source.nTaken).toBeLessThan(8 * MIB);
  });

  it.each([
    ['2,001 columns', 2_001],
    ['5,000 columns', 5_000],
  ])('%s are refused with their number', async (_, columns) => {
    const line = Array.from({ length: columns }, (_each, i) => `c${i}`).join(';');
    await expect(readText(`${line}\n${line}\n`)).rejects.toMatchObject({
      code: 'too-many-columns',
      details: { columns, limit: 2_000 },
    });
  });
});

describe('quotes without end', () => {
  const tenMegabytes = 10_000_000;

  it.each([
    ['ten megabytes in one line', `a,b\n${'"'.repeat(tenMegabytes + 1)}`, 'record-too-long'],
    ['one on each of 500,000 lines', `a,b\n${'"\n'.repeat(500_000)}`, 'file-header-only'],
  ])('%s', async (_, text, code) => {
    const startedAt = process.cpuUsage();
    await expect(readText(text)).rejects.toMatchObject({ code });
    // 1 s per 100 kB is a hang: the promise, with a factor of three to spare.
    expect(process.cpuUsage(startedAt).user / 1e6).toBeLessThan(text.length / 300_000);
  });

  it('as empty cells they are read', async () => {
    const { ledger, table } = await readText(`a,b\n${'"",""\n'.repeat(100_000)}1,2\n`);
    expect(isBalanced(ledger)).toBe(true);
    expect(ledger).toMatchObject({ kept: 1, empty: 100_000 });
    expect(listRows(table)).toEqual([[1, 2]]);
  });
});

describe('names that are words of the language', () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'length', ''];

  it('are columns like any other', async () => {
    const bytes = encodeUtf8(`${names.join(',')},durée\n${names.map((_, i) => i).join(',')},9\n`);
    const { table } = await readBytes(bytes);
    expect(table.columns.map(({ name }) => name)).toEqual([...names.slice(0, -1), 'C6', 'durée']);
    expect(listRows(table)).toEqual([[0, 1, 2, 3, 4, 5, 9]]);
    expect(({} as Record<string, unknown>)['0']).toBeUndefined();
  });

  it('are labels like any other', async () => {
    const { table } = await readText(`nom,durée\n${names.map((name, i) => `${name},${i}`).join('\n')}\n`);
    const [column] = table.columns;
    expect(column).toMatchObject({ type: 'category', categories: names.slice(0, -1) });
  });
});
