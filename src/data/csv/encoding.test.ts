import { describe, expect, it } from 'vitest';
import { encodeWindows1252 } from './encode-text.ts';
import { encodeUtf8, listRows, readBytes } from './read-text.ts';

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
    const bytes = new Uint8Array([...encodeUtf8(ascii), ...encodeWindows1252('centrale à côté;3,5\n')]);
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
    const french = await readBytes(encodeWindows1252('L’œuvre;Coût – total\nl’été;3 €\nl’arrêt…;“4”\n'));
    expect(french.dialect.encoding).toBe('windows-1252');
    expect(french.evidence[0]).toMatchObject({ field: 'encoding', isAmbiguous: false });
  });

  it('refuses an encoding the user chose and the bytes contradict', async () => {
    const bytes = encodeWindows1252('Durée;x\n1;2\n');
    await expect(readBytes(bytes, { encoding: 'utf-8' })).rejects.toMatchObject({ code: 'encoding-unknown' });
  });
});
