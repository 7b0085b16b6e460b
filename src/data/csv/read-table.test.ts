import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from './byte-source.ts';
import type { Dialect } from './dialect.ts';
import { isBalanced } from './ledger.ts';
import { readTable, type ReadResult } from './read-table.ts';
import { encodeUtf8, listRows, readBytes, readText } from './read-text.ts';

const names = ({ table }: ReadResult) => table.columns.map(({ name }) => name);
const types = ({ table }: ReadResult) => table.columns.map(({ type }) => type);
const evidenceOf = (result: ReadResult, field: keyof Dialect) =>
  result.evidence.find((evidence) => evidence.field === field);

async function read(text: string, overrides: Partial<Dialect> = {}): Promise<ReadResult> {
  const result = await readText(text, overrides);
  expect(isBalanced(result.ledger)).toBe(true);
  return result;
}

describe('dialects', () => {
  it('reads a French file and an international one of the same outages alike', async () => {
    const french = await read(
      'Unité;Début;Durée (j)\r\nA;03/04/2025 07:30;1 234,5\r\nB;27/04/2025 00:00;−2\r\n',
    );
    const international = await read('unit,start,days\nA,2025-04-03 07:30,1234.5\nB,2025-04-27 00:00,-2\n');
    expect(listRows(french.table)).toEqual(listRows(international.table));
    expect(listRows(french.table)[0]).toEqual(['A', '2025-04-03 07:30', 1234.5]);
    expect(french.dialect).toMatchObject({
      delimiter: ';',
      decimalMark: ',',
      thousandsMark: ' ',
      dateOrder: 'dmy',
    });
  });

  it('does not take the comma of decimals for the delimiter', async () => {
    const result = await read('a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n7,5;8,5;9,5\n');
    expect(result.dialect.delimiter).toBe(';');
    expect(listRows(result.table)[0]).toEqual([1.5, 2.5, 3.5]);
  });

  it('does not ask because of a remark or a version number', async () => {
    const result = await read(
      'x;version;remarque\n0,5;1.2.12;vers 1,234\n1,5;1.3.11;1,234 heures perdues\n2,5;2.1.10;\n',
    );
    expect(result.evidence.filter(({ isAmbiguous }) => isAmbiguous)).toEqual([]);
  });

  it('asks for the delimiter where two cut the file and its header evenly', async () => {
    const open = await read('a;b,c\n1;2,3\n4;5,6\n');
    expect(evidenceOf(open, 'delimiter')?.isAmbiguous).toBe(true);
    const decimals = await read('a;b\n1,5;2,5\n3,5;4,5\n5,5;6,5\n');
    expect(evidenceOf(decimals, 'delimiter')).toMatchObject({ value: ';', isAmbiguous: false });
  });

  it('takes no delimiter that leaves text behind closing quotes', async () => {
    const { dialect, ledger } = await read('"""n",x\n;a;a,1\n"""a",2\n",a",3\n');
    expect([dialect.delimiter, ledger.rejected]).toEqual([',', 0]);
  });

  it('reads a paste from Excel, a pipe file and a declared separator', async () => {
    expect((await read('a\tb\n1\t2,5\n')).dialect.delimiter).toBe('\t');
    expect((await read('a|b\n1|2\n')).dialect.delimiter).toBe('|');
    const declared = await read('sep=;\na;b\n1,0;x\n2,0;y\n');
    expect(names(declared)).toEqual(['a', 'b']);
    expect(evidenceOf(declared, 'delimiter')?.because).toBe('separator-line');
  });

  it('asks where 03/04/2025 may be read two ways, and not where one value decides', async () => {
    const open = await read('d,x\n03/04/2025,1\n05/06/2025,2\n');
    expect(evidenceOf(open, 'dateOrder')).toMatchObject({
      isAmbiguous: true,
      value: 'dmy',
      examples: ['03/04/2025', '05/06/2025'],
    });
    const decided = await read('d,x\n03/04/2025,1\n05/27/2025,2\n');
    expect(evidenceOf(decided, 'dateOrder')).toMatchObject({ isAmbiguous: false, value: 'mdy' });
    const american = await read('d,x\n03/04/2025 07:00 PM,1.5\n05/06/2025 01:00 AM,2.5\n');
    expect(american.dialect.dateOrder).toBe('mdy');
    const overruled = await read('d,x\n03/04/2025,1\n05/06/2025,2\n', { dateOrder: 'mdy' });
    expect(listRows(overruled.table)[0]).toEqual(['2025-03-04', 1]);
    expect(evidenceOf(overruled, 'dateOrder')?.because).toBe('user');
  });

  it('asks where 1,234 may be read two ways, and not where one value decides', async () => {
    const open = await read('x;y\n1,234;a\n5,678;b\n');
    expect(evidenceOf(open, 'decimalMark')).toMatchObject({ isAmbiguous: true, value: ',' });
    const quoted = await read('x,y\n"1,234",a\n"5,678",b\n');
    expect(evidenceOf(quoted, 'decimalMark')).toMatchObject({ isAmbiguous: true, value: '.' });
    expect(listRows(quoted.table).map(([x]) => x)).toEqual([1234, 5678]);
    const decided = await read('x,z\n"1,234",0.5\n"5,678",1.5\n');
    expect(evidenceOf(decided, 'decimalMark')?.isAmbiguous).toBe(false);
    const overruled = await read('x;y\n1,234;a\n5,678;b\n', { decimalMark: '.', thousandsMark: ',' });
    expect(listRows(overruled.table).map(([x]) => x)).toEqual([1234, 5678]);
  });
});

describe('types', () => {
  it('keeps 007 a label, in a column of its kind and among numbers', async () => {
    const result = await read('code,n\n007,1\n012,2\n345,3\n');
    expect(types(result)).toEqual(['category', 'number']);
    expect(listRows(result.table)[0]).toEqual(['007', 1]);
    const padded = await read(
      `code\n${Array.from({ length: 200 }, (_, i) => String(i + 1).padStart(3, '0')).join('\n')}\n`,
    );
    expect(types(padded)).toEqual(['category']);
  });

  it('keeps truth values labels, months numbers, and reads shares in percent', async () => {
    const result = await read('ok;mois;part\nVrai;1;12 %\nFaux;12;7,5 %\nVrai;3;100 %\n');
    expect(types(result)).toEqual(['category', 'number', 'number']);
    expect(listRows(result.table).map(([, , share]) => share)).toEqual([0.12, 0.075, 1]);
  });

  it('lists the cells that are not of their column’s type, and leaves them missing', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i},2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
    );
    rows[7] = 'à voir,2024-02-31';
    const { table, unread } = await read(`days,day\n${rows.join('\n')}\n`);
    expect(unread).toEqual({
      count: 2,
      counts: [
        { column: 'days', count: 1 },
        { column: 'day', count: 1 },
      ],
      cells: [
        { row: 7, column: 'days', raw: 'à voir' },
        { row: 7, column: 'day', raw: '2024-02-31' },
      ],
    });
    expect(listRows(table)[7]).toEqual([null, null]);
  });

  it('takes the words for "nothing" as missing cells', async () => {
    const words = ['', 'NA', 'N/A', 'nan', 'NULL', '-', 'n.d.', '#N/A', '#REF!', ' ', '–'];
    const { table } = await read(
      `x,l\n1,a\n2,b\n${words.map((word) => `${word},${word}`).join('\n')}\n3,c\n`,
    );
    expect(table.nRows).toBe(2 + words.length + 1 - 2); // two of the lines are blank
    expect(
      listRows(table)
        .slice(2, -1)
        .every(([x, label]) => x === null && label === null),
    ).toBe(true);
  });

  it('reads Excel serials as dates where the name says date', async () => {
    const result = await read('Date de début;Numéro\n45000,5;45000\n45100;45100\n');
    expect(types(result)).toEqual(['date', 'number']);
    expect(listRows(result.table)[0]).toEqual(['2023-03-15 12:00', 45000]);
  });

  it('reads a column again as labels when its type proves wrong far behind the beginning', async () => {
    const n = 60_000;
    const rows = Array.from({ length: n }, (_, i) => (i < n / 2 ? `${i},${i % 7}` : `L${i % 5},${i % 7}`));
    const { table, unread, ledger } = await read(`mixed,x\n${rows.join('\n')}\n`);
    expect(table.columns[0]).toMatchObject({ type: 'category' });
    expect(listRows({ nRows: 1, columns: table.columns })[0]).toEqual(['0', 0]);
    expect(unread.count).toBe(0);
    expect(ledger.kept).toBe(n);
  });

  it('decides the type of a column that is empty for long from its first values', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => (i < 50_000 ? `${i},,` : `${i},1.5,2024-01-02`));
    const { table } = await read(`i,late,day\n${rows.join('\n')}\n`);
    expect(table.columns.map(({ type }) => type)).toEqual(['number', 'number', 'date']);
    expect(listRows({ nRows: table.nRows, columns: table.columns }).at(-1)).toEqual([
      59_999,
      1.5,
      '2024-01-02',
    ]);
  });
});

describe('headers, titles and what stands around the data', () => {
  const edf = [
    'Liste des indisponibilités des moyens de production au 12/03/2024',
    'Status;Identifiant;Numéro de version;Nom;Filière;Date de début;Date de fin;Type;Cause;Information complémentaire;Puissance maximale (MW);Puissance disponible (MW);Date de publication',
    'Terminée;11;1;CATTENOM 1;Nucléaire;01/02/2024 06:00;15/03/2024 18:30;Planifiée;Maintenance;;1300;0;01/01/2024 09:15',
    'Terminée;11;2;CATTENOM 1;Nucléaire;01/02/2024 06:00;20/03/2024 18:30;Planifiée;Maintenance;"Arrêt ""VP""";1300;0;02/02/2024 09:15',
    'Active;12;1;BUGEY 2;Nucléaire;13/03/2024 02:00;;Fortuite;Avarie;;910;0;13/03/2024 03:00',
    '',
  ].join('\r\n');

  it('finds the header below a title line (EDF’s list of unavailabilities)', async () => {
    const bytes = Uint8Array.from(edf, (character) => character.charCodeAt(0));
    const result = await readBytes(bytes);
    expect(result.dialect).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      headerRow: 1,
      dateOrder: 'dmy',
    });
    expect(result.preview.titles).toEqual([
      'Liste des indisponibilités des moyens de production au 12/03/2024',
    ]);
    expect(names(result)[1]).toBe('Identifiant');
    expect(result.ledger).toMatchObject({ records: 5, titles: 1, headers: 1, kept: 3, rejected: 0 });
    expect(listRows(result.table)[1]?.slice(5, 10)).toEqual([
      '2024-02-01 06:00',
      '2024-03-20 18:30',
      'Planifiée',
      'Maintenance',
      'Arrêt "VP"',
    ]);
    expect(listRows(result.table)[2]?.[6]).toBeNull();
  });

  it('joins a line of units to the names, and leaves out blank lines, blank columns and totals', async () => {
    const result = await read(
      'Arrêts 2024;;;;\n\nTranche;;Durée;Puissance;Taux\n;;j;MW;%\nA 1;;12,5;1 310;12 %\n\nB 2;;8;900;9 %\nTotal;;20,5;;\nMoyenne;;10,25\n',
    );
    expect(names(result)).toEqual(['Tranche', 'Durée (j)', 'Puissance (MW)', 'Taux (%)']);
    expect(listRows(result.table)).toEqual([
      ['A 1', 12.5, 1310, 0.12],
      ['B 2', 8, 900, 0.09],
    ]);
    expect(result.ledger).toMatchObject({ titles: 2, headers: 2, kept: 2, empty: 1, totals: 2, rejected: 0 });
    expect(result.preview.positions).toEqual([0, 2, 3, 4]);
  });

  it('joins two header lines and a line of units, also when the header is confirmed; leaves out subtotals between rows', async () => {
    const lines = [
      'Bilan des arrêts;;;;',
      'Identification;;Calendrier;;',
      'N°;Tranche;Début;Durée prévue;Effectif',
      ';;;j;pers.',
      '1001;Total Énergies 1;03/04/2023;32;120',
      '1002;Bugey 3;27/04/2023;35,5;90',
      'Sous-total;;;67,5;',
      '1003;Cruas 1;28/05/2023;40;80',
      'Total;;;107,5;',
    ];
    for (const overrides of [{}, { headerRow: 1, headerRows: 3 }]) {
      const result = await read(lines.join('\r\n'), overrides);
      expect(names(result)).toEqual([
        'Identification · N°',
        'Identification · Tranche',
        'Calendrier · Début',
        'Calendrier · Durée prévue (j)',
        'Calendrier · Effectif (pers.)',
      ]);
      expect(listRows(result.table).map(([id, unit]) => [id, unit])).toEqual([
        [1001, 'Total Énergies 1'],
        [1002, 'Bugey 3'],
        [1003, 'Cruas 1'],
      ]);
      expect(result.ledger).toMatchObject({ titles: 1, headers: 3, kept: 3, totals: 2, rejected: 0 });
    }
  });

  it('does not take labels like units for a line of units', async () => {
    const result = await read('unit,kind,days\nh,m,3\nj,h,4\nd,m,5\n');
    expect(names(result)).toEqual(['unit', 'kind', 'days']);
    expect(result.table.nRows).toBe(3);
  });

  it('joins two header lines', async () => {
    const result = await read(
      'Unité,,Arrêt,,\nnom,site,début,fin,jours\nA,S,2024-01-01,2024-01-03,2\nB,S,2024-02-01,2024-02-04,3\n',
    );
    expect(names(result)).toEqual([
      'Unité · nom',
      'Unité · site',
      'Arrêt · début',
      'Arrêt · fin',
      'Arrêt · jours',
    ]);
    expect(result.table.nRows).toBe(2);
  });

  it('names columns without a header, with the same name, with an empty or a dangerous one', async () => {
    expect(names(await read('1,2,x\n3,4,y\n5,6,z\n'))).toEqual(['C1', 'C2', 'C3']);
    const result = await read('a,a,,__proto__,constructor,toString,__proto__\n1,2,3,4,5,6,7\n');
    expect(names(result)).toEqual([
      'a',
      'a (2)',
      'C3',
      '__proto__',
      'constructor',
      'toString',
      '__proto__ (2)',
    ]);
    expect(listRows(result.table)).toEqual([[1, 2, 3, 4, 5, 6, 7]]);
    expect(names(await read('" une\nseule  ligne ",b\n1,2\n'))).toEqual(['une seule ligne', 'b']);
  });

  it('reads with the header the user points at', async () => {
    const result = await read('x,y\na,b\n1,2\n', { headerRow: 1 });
    expect(names(result)).toEqual(['a', 'b']);
    expect(names(await read('x,y\na,b\n1,2\n', { headerRow: -1 }))).toEqual(['C1', 'C2']);
  });

  it('accepts delimiters behind the last cell of the header or of the rows', async () => {
    expect(listRows((await read('a;b;\n1;2;\n3;4;\n')).table)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(listRows((await read('a;b\n1;2;\n3;4;\n')).table)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(listRows((await read('a;b;;\n1;2\n3;4\n')).table)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('the ledger', () => {
  it('shows each record that is not a row, with its line and text', async () => {
    const { ledger, table } = await read(
      'a,b,c\n1,2,3\n4,5\n"x"y,5,6\n7,8,9,10\n\n11,12,13\n14,"15,16\n17,18,19',
    );
    expect(ledger.rejects).toEqual([
      { line: 3, reason: 'too-few-cells', raw: '4,5' },
      { line: 4, reason: 'quote-malformed', raw: '"x"y,5,6' },
      { line: 5, reason: 'too-many-cells', raw: '7,8,9,10' },
      { line: 8, reason: 'quote-unclosed', raw: '14,"15,16' },
    ]);
    expect(ledger).toMatchObject({ records: 9, headers: 1, kept: 3, rejected: 4, empty: 1 });
    expect(listRows(table)).toEqual([
      [1, 2, 3],
      [11, 12, 13],
      [17, 18, 19],
    ]);
  });

  it.each([
    ['without quotes', 'a,b,c\n1,2,3\n4,5\n6\n7,8,9,10\n11,12,13,\nTotal,99\n\n14,15,16\n'],
    ['with quotes', 'a,b,c\n1,"2",3\n4,"5"\n6\n7,"8",9,"10"\n11,12,13,\nTotal,99\n\n14,15,16\n'],
  ])('fills short lines and cuts long ones where told to, and counts them, %s', async (_, text) => {
    const rejecting = await read(text);
    expect(rejecting.ledger).toMatchObject({ kept: 3, filled: 0, cut: 0, rejected: 3, totals: 1, empty: 1 });
    const filling = await read(text, { unevenRecords: 'fill' });
    expect(filling.ledger).toMatchObject({ kept: 5, filled: 2, cut: 0, rejected: 1, totals: 1, empty: 1 });
    expect(filling.ledger.rejects).toMatchObject([{ line: 5, reason: 'too-many-cells' }]);
    expect(listRows(filling.table)).toEqual([
      [1, 2, 3],
      [4, 5, null],
      [6, null, null],
      [11, 12, 13],
      [14, 15, 16],
    ]);
    const fitting = await read(text, { unevenRecords: 'fit' });
    expect(fitting.ledger).toMatchObject({ kept: 6, filled: 2, cut: 1, rejected: 0, totals: 1, empty: 1 });
    expect(listRows(fitting.table)[3]).toEqual([7, 8, 9]);
  });

  it('fills labels and dates as it fills numbers, to the last line of a block', async () => {
    const { table } = await read('d,l,n\n2024-01-02,x,1\n2024-01-03\n2024-01-04,y', {
      unevenRecords: 'fill',
    });
    expect(listRows(table)).toEqual([
      ['2024-01-02', 'x', 1],
      ['2024-01-03', null, null],
      ['2024-01-04', 'y', null],
    ]);
  });

  it('does not balance when the file is not as long as it said', async () => {
    const bytes = encodeUtf8('a,b\n1,2\n');
    const source = {
      name: 'short.csv',
      size: bytes.length + 10,
      async *chunks() {
        yield bytes;
      },
    };
    const { ledger } = await readTable(source, {}, createSilentContext());
    expect(isBalanced(ledger)).toBe(false);
  });

  it('unpacks gzip in the stream, also of several members', async () => {
    const text = `unit,days\n${Array.from({ length: 5_000 }, (_, i) => `U${i % 9},${i}.5`).join('\n')}\n`;
    const bytes = encodeUtf8(text);
    const half = Math.floor(bytes.length / 2);
    for (const packed of [
      gzipSync(bytes),
      Uint8Array.from([...gzipSync(bytes.subarray(0, half)), ...gzipSync(bytes.subarray(half))]),
    ]) {
      const { table, ledger } = await readBytes(packed, {}, 1_000);
      expect(table.nRows).toBe(5_000);
      expect([ledger.bytes, ledger.bytesConsumed]).toEqual([bytes.length, bytes.length]);
    }
    await expect(readBytes(gzipSync(bytes).subarray(0, 3_000))).rejects.toMatchObject({
      code: 'file-damaged',
    });
  });
});

describe('bad input gets a code', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
  const columns = (n: number) => Array.from({ length: n }, (_, i) => `c${i}`).join(',');

  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'file-empty'],
    ['blank lines only', encodeUtf8('\r\n\r\n  \r\n'), 'file-empty'],
    ['a byte order mark only', Uint8Array.of(0xef, 0xbb, 0xbf), 'file-empty'],
    ['a PNG', png, 'file-not-text'],
    ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0), 'file-not-text'],
    ['zero bytes', new Uint8Array(1000), 'file-not-text'],
    ['a header only', encodeUtf8('a;b;c\r\n'), 'file-header-only'],
    ['rejected rows only', encodeUtf8('a;b;c\n1;2\n3;4\n'), 'file-no-rows'],
    ['2,001 columns', encodeUtf8(`${columns(2001)}\n${columns(2001)}\n`), 'too-many-columns'],
  ])('%s', async (_, bytes, code) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({ code });
  });

  it('reads 2,000 columns and a single row', async () => {
    const { table } = await read(`${columns(2000)}\n${columns(2000)}\n`);
    expect([table.nRows, table.columns.length]).toEqual([1, 2000]);
    expect((await read('a,b\n1,2')).table.nRows).toBe(1);
  });

  it('stops at a cancel', async () => {
    const context = { ...createSilentContext(), signal: { aborted: true } };
    const source = createByteSource('a.csv', encodeUtf8('a,b\n1,2\n'));
    await expect(readTable(source, {}, context)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
