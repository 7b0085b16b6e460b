import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createSilentContext } from '#base/job-context.ts';
import { parseDate } from '../dates.ts';
import { readNumberFormat } from './number-format.ts';
import { writeSerial } from './serial-text.ts';
import { openSheet } from './sheet-source.ts';
import { makeRow, makeWorkbook } from './testing/make-workbook.ts';
import { listZip, unpackEntry, type ZipEntry } from './zip.ts';

const context = createSilentContext();

async function write(bytes: Uint8Array, overrides = {}) {
  const opened = await openSheet('essai.xlsx', bytes, overrides, context);
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.source.chunks()) pieces.push(piece);
  return { ...opened, lines: Buffer.concat(pieces).toString('utf8').split('\n').slice(0, -1) };
}

const refuse = (bytes: Uint8Array, overrides = {}) =>
  write(bytes, overrides).then(
    () => 'nothing',
    (thrown: unknown) => (thrown instanceof AppError ? thrown.code : String(thrown)),
  );

const styles = (...codes: readonly string[]) => ({
  'xl/styles.xml': `<styleSheet><numFmts>${codes
    .map((code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${code}"/>`)
    .join('')}</numFmts><cellXfs><xf numFmtId="0"/>${codes
    .map((_, i) => `<xf numFmtId="${170 + i}"/>`)
    .join('')}</cellXfs></styleSheet>`,
});

describe('what a number means', () => {
  it.each([
    ['General', 'number'],
    ['0.00', 'number'],
    ['#,##0.0 "jours"', 'number'],
    ['0 "h"', 'number'],
    ['0.00E+00', 'number'],
    ['[Red]-0.0;0.0', 'number'],
    ['dd/mm/yyyy', 'date'],
    ['[$-40C]d mmmm yyyy;@', 'date'],
    ['mmm-yy', 'date'],
    ['yyyy\\-mm\\-dd\\ hh:mm', 'date'],
    ['hh:mm', 'time'],
    ['h:mm AM/PM', 'time'],
    ['mm:ss.0', 'time'],
    ['[h]:mm', 'duration'],
    ['[mm]:ss', 'duration'],
    ['[h] "h" mm', 'duration'],
  ])('%s is a %s', (code, meaning) => expect(readNumberFormat(170, code)).toBe(meaning));

  it.each([
    [45_000, 'date', false, '2023-03-15'],
    [45_000.25, 'date', false, '2023-03-15 06:00'],
    [45_000 - 1_462, 'date', true, '2023-03-15'],
    [1, 'date', false, '1900-01-01'],
    [61, 'date', false, '1900-03-01'],
    [0, 'date', false, null],
    [-1, 'date', false, null],
    [0.270_833_333_333_333_3, 'time', false, '06:30'],
    [1.5, 'duration', false, '36:00'],
    [-0.25, 'duration', false, '-06:00'],
    [45_000.5, 'time', false, '2023-03-15 12:00'],
  ] as const)('%d as a %s (1904: %s) is %s', (serial, meaning, is1904, text) =>
    expect(writeSerial(serial, meaning, is1904)).toBe(text),
  );

  it('gives back every minute from 1954 to 2119', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20_000 * 1440, max: 80_000 * 1440 }), (minutes) => {
        const text = writeSerial(minutes / 1440, 'date', false) as string;
        expect(parseDate(text, 'ymd', true)).toBe(Math.round((minutes / 1440 - 25_569) * 86_400_000));
      }),
    );
  });
});

describe('a sheet as text', () => {
  it('writes numbers with the mark of the texts beside them, and lets a person choose', async () => {
    const rows = [makeRow(['a', 'b']), ...['1,5', '2,25', '3,75'].map((text) => makeRow([text, 0.5]))].join(
      '',
    );
    expect((await write(makeWorkbook({ A: rows }))).lines[1]).toBe('1,5\t0,5');
    expect((await write(makeWorkbook({ A: rows }), { decimalMark: '.' })).lines[1]).toBe('1,5\t0.5');
  });

  it('does not let numbers decide what a text like 1,234 says', async () => {
    const rows = [makeRow(['a', 'b']), makeRow(['1,234', 0.5]), makeRow(['2,345', 12.25])].join('');
    expect((await write(makeWorkbook({ A: rows }))).lines.slice(1)).toEqual([
      '1,234\t5e-1',
      '2,345\t1225e-2',
    ]);
  });

  it('keeps each row on the line of its number, whatever a workbook leaves out', async () => {
    const { lines } = await write(
      makeWorkbook({ A: '<row r="3"><c r="B3"><v>1</v></c></row><row r="5"><c r="D5"><v>2</v></c></row>' }),
    );
    expect(lines).toEqual(['', '', '\t1\t\t', '', '\t\t\t2']);
  });

  it('says what rows do not show: errors, formulas without a value, empty dates, hidden rows', async () => {
    const sheet = [
      '<row><c t="e"><v>#N/A</v></c><c><f>1+1</f></c><c s="1"><v>0</v></c></row>',
      '<row hidden="1"><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>tard</v></c><c t="d"><v>2024-03-12T00:00:00</v></c></row>',
    ].join('');
    const { lines, remarks } = await write(makeWorkbook({ A: sheet }, styles('dd/mm/yyyy')));
    expect(lines).toEqual(['#N/A\t\t', 'TRUE\ttard\t2024-03-12']);
    expect(remarks).toEqual([
      { kind: 'error', count: 1, examples: ['A1 #N/A'] },
      { kind: 'open-formula', count: 1, examples: ['B1'] },
      { kind: 'no-date', count: 1, examples: ['C1'] },
      { kind: 'hidden-row', count: 1, examples: ['2'] },
    ]);
  });

  it('reads shared and rich texts, with prefixes, entities, CDATA and what XML cannot hold', async () => {
    const strings = {
      'xl/sharedStrings.xml':
        '<x:sst><x:si><x:t>a &lt; b &#233;&#x153;</x:t></x:si><x:si><x:r><x:t>Tri</x:t></x:r><x:r><x:t>castin</x:t></x:r><x:rPh><x:t>non</x:t></x:rPh></x:si><x:si><x:t>x_x000D_y<![CDATA[<z>]]></x:t></x:si></x:sst>',
      'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><!-- > --><x:worksheet note="a > b"><x:sheetData><x:row>${[
        0, 1, 2,
      ]
        .map((i) => `<x:c t="s"><x:v>${i}</x:v></x:c>`)
        .join('')}</x:row></x:sheetData></x:worksheet>`,
    };
    const { lines } = await write(makeWorkbook({ A: '' }, strings));
    expect(lines).toEqual(['a < b éœ\tTricastin\t"x\ry<z>"']);
  });

  it('proposes the first visible sheet with cells, takes another by its name, and names those there are', async () => {
    const list =
      '<workbook><sheets><sheet name="Calculs" state="veryHidden" r:id="s0"/><sheet name="Vide" r:id="s1"/><sheet name="Arrêts" r:id="s2"/></sheets></workbook>';
    const rows = (text: string) => makeRow([text]);
    const book = makeWorkbook(
      { Calculs: rows('caché'), Vide: '', Arrêts: rows('montré') },
      { 'xl/workbook.xml': list },
    );
    expect(await write(book)).toMatchObject({
      sheet: 'Arrêts',
      sheets: ['Vide', 'Arrêts', 'Calculs'],
      lines: ['montré'],
    });
    expect((await write(book, { sheet: 'Calculs' })).lines).toEqual(['caché']);
    expect(await refuse(book, { sheet: 'Autre' })).toBe('unknown-sheet');
    expect(await refuse(book, { sheet: 'Vide' })).toBe('file-empty');
  });
});

describe('a workbook made to harm, or harmed', () => {
  const whole = makeWorkbook({
    A: [makeRow(['Tranche', 'Durée']), ...Array.from({ length: 40 }, (_, i) => makeRow([`T${i}`, i]))].join(
      '',
    ),
  });

  it('is refused in one sentence wherever it is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 30, max: whole.length - 1 }), async (length) => {
        expect(await refuse(whole.slice(0, length))).toBe('workbook-damaged');
      }),
      { numRuns: 60 },
    );
  });

  it('is read as it was or refused whichever byte is changed', async () => {
    const { lines } = await write(whole);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const bytes = whole.slice();
          bytes[at] = (bytes[at] as number) ^ mask;
          const read = await write(bytes).catch((thrown: unknown) => {
            if (thrown instanceof AppError) return { lines };
            throw thrown;
          });
          expect(read.lines).toEqual(lines);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is unpacked no further than its limit, whether it says its size or lies about it', () => {
    const bomb = zipSync({ a: new Uint8Array(4_000_000) });
    const entry = listZip(bomb).get('a') as ZipEntry;
    const unpack = (lie: Partial<ZipEntry>) => {
      let length = 0;
      for (const piece of unpackEntry(bomb, { ...entry, ...lie }, 1_000_000)) length += piece.length;
      return length;
    };
    expect(bomb.length).toBeLessThan(10_000);
    expect(() => unpack({})).toThrow(expect.objectContaining({ code: 'workbook-too-large' }));
    expect(() => unpack({ size: 1000 })).toThrow(expect.objectContaining({ code: 'workbook-too-large' }));
  });

  it.each([
    ['a row beyond all rows', '<row r="4000000000"><c><v>1</v></c></row>', 'too-many-rows'],
    ['a cell far out', '<row><c r="XFD1"><v>1</v></c></row>', 'too-many-columns'],
    ['a tag without end', `<row><c t="${'x'.repeat(5_000_000)}`, 'workbook-damaged'],
    ['nothing', '', 'file-empty'],
  ])('%s', async (_, sheet, code) => expect(await refuse(makeWorkbook({ A: sheet }))).toBe(code));

  it('is refused where one text, shared by many cells, makes it grow', async () => {
    const parts = { 'xl/sharedStrings.xml': `<sst><si><t>${'é'.repeat(30_000)}</t></si></sst>` };
    const sheet = `<row>${'<c t="s"><v>0</v></c>'.repeat(50)}</row>`;
    expect(await refuse(makeWorkbook({ A: sheet }, parts))).toBe('record-too-long');
  });

  it('is refused where its XML declares entities', async () => {
    const parts = { 'xl/sharedStrings.xml': '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst/>' };
    expect(await refuse(makeWorkbook({ A: makeRow([1]) }, parts))).toBe('workbook-damaged');
  });

  it.each([
    ['the older format', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'workbook-not-read'],
    [
      'one behind a password',
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, ...Buffer.from('..EncryptedPackage', 'utf16le')]),
      'workbook-locked',
    ],
    [
      'an OpenDocument',
      zipSync({
        mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
        'content.xml': strToU8('<a/>'),
      }),
      'workbook-not-read',
    ],
    ['another zip', zipSync({ 'arrets.csv': strToU8('a;b') }), 'file-not-text'],
  ])('%s', async (_, bytes, code) => expect(await refuse(bytes)).toBe(code));
});
