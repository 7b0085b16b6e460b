import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { readTable } from './read-table.ts';
import { writeCsv } from './write-csv.ts';
import { generateFleet } from '../fleet-sample.ts';
import type { Encoding } from './dialect.ts';
import { createDecoder, findByteOrderMark, guessEncoding } from './encoding.ts';
import { createRecordSplitter } from './records.ts';
import { tokenize } from './tokenize.ts';
import { encodeUtf8, listRows, readBytes } from './read-text.ts';

const lines = writeCsv(generateFleet({ units: 5, years: 4, seed: 5 }), 'excel-french')
  .slice(1)
  .split('\r\n');

/** So many lines with accents, astral characters, quoted line ends and CRLF: some 150 characters each. */
function makeText(nLines: number): string {
  const noted = lines
    .slice(0, nLines)
    .map((line, i) => (i === 0 ? `${line};Note` : `${line};"é – ""œuf"" 🙂${i}\r\nligne 2"`));
  return noted.join('\r\n');
}
const text = makeText(26);
const shortText = makeText(13);

function toUtf16(source: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(source.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < source.length; i++) view.setUint16(2 * i, source.charCodeAt(i), isLittleEndian);
  return bytes;
}

function toWindows1252(source: string): Uint8Array {
  const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
  return Uint8Array.from(source, (character) => {
    const at = high.indexOf(character);
    return at >= 0 ? 0x80 + at : character.charCodeAt(0);
  });
}

const encodings: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['utf-8', encodeUtf8(text)],
  ['utf-8 with a mark', encodeUtf8(`\uFEFF${text}`)],
  ['utf-16le with a mark', toUtf16(`\uFEFF${shortText}`, true)],
  ['utf-16be with a mark', toUtf16(`\uFEFF${shortText}`, false)],
  ['utf-16le without a mark', toUtf16(shortText, true)],
  ['windows-1252', toWindows1252(text.replaceAll('🙂', '…'))],
];

/** The records of the bytes given in two pieces, through decoder and splitter, each on its line. */
function readRecords(encoding: Encoding, bytes: Uint8Array, border: number): string {
  const decoder = createDecoder(encoding);
  const splitter = createRecordSplitter(';');
  const skipped = findByteOrderMark(bytes)?.length ?? 0;
  const blocks = [
    splitter.push(decoder.push(bytes.subarray(Math.min(border, skipped), border))),
    splitter.push(decoder.push(bytes.subarray(Math.max(border, skipped)))),
    splitter.push(decoder.end()),
    splitter.end(),
  ];
  const records = blocks.flatMap((block) => (block === null ? [] : tokenize(block, ';')));
  return records.map((cells) => cells.join('|')).join('\n');
}

describe('decoding', () => {
  it.each(encodings)(
    '%s: every byte offset as the border of two chunks gives the same records',
    (name, bytes) => {
      expect(bytes.length).toBeGreaterThan(3500);
      const { encoding } = guessEncoding(bytes);
      expect(name.startsWith(encoding)).toBe(true);
      const whole = readRecords(encoding, bytes, bytes.length);
      expect(whole.split('🙂').length + whole.split('…').length).toBeGreaterThan(10);
      const different: number[] = [];
      for (let border = 0; border < bytes.length; border++) {
        // A mark cut in two is the reader's matter: below.
        if (border > 0 && border < 3) continue;
        if (readRecords(encoding, bytes, border) !== whole) different.push(border);
      }
      expect(different).toEqual([]);
    },
  );

  it.each(encodings)('%s: many borders give the same table and a balanced ledger', async (_, bytes) => {
    const whole = await readBytes(bytes);
    expect(whole.table.nRows).toBeGreaterThan(10);
    const expected = JSON.stringify(listRows(whole.table));
    for (const border of [1, 2, 3, ...Array.from({ length: 60 }, (_, i) => 4 + i * 67)]) {
      const source = {
        name: 'cut.csv',
        size: bytes.length,
        async *chunks() {
          yield bytes.subarray(0, border);
          yield bytes.subarray(border);
        },
      };
      const { table, ledger } = await readTable(source, {}, createSilentContext());
      expect({ border, rows: JSON.stringify(listRows(table)) }).toEqual({ border, rows: expected });
      expect([ledger.bytes, ledger.bytesConsumed]).toEqual([bytes.length, bytes.length]);
    }
  });

  it('gives the same table when every chunk is one byte', async () => {
    for (const [, bytes] of encodings) {
      const whole = await readBytes(bytes);
      const pieces = await readBytes(bytes, {}, 1);
      expect(listRows(pieces.table)).toEqual(listRows(whole.table));
    }
  });
});

describe('guessEncoding', () => {
  it('takes a few broken bytes among many accents for damage, not for windows-1252', async () => {
    const bytes = encodeUtf8('Tranche;Durée\r\nÉtang 1;3\r\nCôte 2;4\r\nForêt 3;5\r\nRivière 4;6\r\n');
    bytes[bytes.indexOf(0xc3, 30)] = 0xff;
    const { table, dialect, ledger } = await readBytes(bytes);
    expect(dialect.encoding).toBe('utf-8');
    expect(ledger.rejects.map(({ reason }) => reason)).toEqual(['damaged-character']);
    expect(listRows(table).map(([unit]) => unit)).toEqual(['Étang 1', 'Côte 2', 'Rivière 4']);
  });

  it('reads a file whose first accents come late as windows-1252 when they are', async () => {
    const ascii = 'unit;days\n' + 'plant;12,5\n'.repeat(40_000);
    const bytes = new Uint8Array([...encodeUtf8(ascii), ...toWindows1252('centrale à côté;3,5\n')]);
    const { table, dialect, ledger } = await readBytes(bytes);
    expect(dialect.encoding).toBe('windows-1252');
    expect(ledger.kept).toBe(40_001);
    expect(listRows(table).at(-1)).toEqual(['centrale à côté', 3.5]);
  });

  it('does not take DOS, Macintosh or Japanese text for windows-1252, unless told to', async () => {
    const dos = { é: 0x82, è: 0x8a, ê: 0x88, à: 0x85, ç: 0x87, ô: 0x93 } as Record<string, number>;
    const macintosh = { é: 0x8e, è: 0x8f, ê: 0x90, à: 0x88, ç: 0x8d, ô: 0x99 } as Record<string, number>;
    const source = 'tranche;durée\nforêt côté;1\nchaîne reçue;2\nétudes à réparer;3\nprès de la forêt;4\n';
    for (const table of [dos, macintosh]) {
      const bytes = Uint8Array.from(source, (character) => table[character] ?? character.charCodeAt(0));
      await expect(readBytes(bytes)).rejects.toMatchObject({ code: 'encoding-unknown' });
      expect((await readBytes(bytes, { encoding: 'windows-1252' })).table.nRows).toBe(4);
    }
    const japanese = Uint8Array.of(
      0x96,
      0xbc,
      0x91,
      0x4f,
      0x2c,
      0x93,
      0xfa,
      0x90,
      0x94,
      0x0a,
      0x93,
      0x8c,
      0x8b,
      0x9e,
    );
    await expect(readBytes(Uint8Array.of(...japanese, ...japanese, ...japanese))).rejects.toMatchObject({
      code: 'encoding-unknown',
    });
    const french = await readBytes(toWindows1252('L’œuvre;Coût – total\nl’été;3 €\nl’arrêt…;“4”\n'));
    expect(french.dialect.encoding).toBe('windows-1252');
    expect(french.evidence[0]).toMatchObject({ field: 'encoding', isAmbiguous: false });
  });

  it('refuses an encoding the user chose and the bytes contradict', async () => {
    const bytes = toWindows1252('Durée;x\n1;2\n');
    await expect(readBytes(bytes, { encoding: 'utf-8' })).rejects.toMatchObject({ code: 'encoding-unknown' });
  });
});
