import { describe, expect, it } from 'vitest';
import { isBalanced } from './ledger.ts';
import { readText } from './read-text.ts';

const header = 'Unit;Cause;Crew;Start;Duration (h)';
const row = (i: number) =>
  `U${i % 5};C${i % 3};${2 + (i % 7)};${String((i % 28) + 1).padStart(2, '0')}/03/2022;${10 + ((i * 7) % 40)}`;
const rows = Array.from({ length: 60 }, (_, i) => row(i));
const sum = (from: number, to: number) =>
  rows.slice(from, to).reduce((total, line) => total + Number(line.split(';').at(-1)), 0);

/** The plain file, and what is left of it once `lines` are planted before each of the given rows. */
async function plant(lines: Readonly<Record<number, readonly string[]>>, overrides = {}) {
  const planted = rows.flatMap((line, i) => [...(lines[i] ?? []), line]);
  const plain = await readText(`${header}\n${rows.join('\n')}\n`);
  const read = await readText([header, ...planted, ...(lines[rows.length] ?? []), ''].join('\n'), overrides);
  expect(isBalanced(read.ledger)).toBe(true);
  return { plain: plain.table, table: read.table, ledger: read.ledger };
}

describe('lines among the rows that are no outages', () => {
  it.each(['Sous-total', 'Subtotal', 'Zwischensumme', 'Somme', 'Suma', 'Total'])(
    'takes "%s 2022-03" for a total where the figures bear it out',
    async (word) => {
      const total = (from: number, to: number) => `;;;${word} 2022-03;${sum(from, to)}`;
      const { plain, table, ledger } = await plant({ 20: [total(0, 20)], 40: [total(20, 40)] });
      expect(table).toEqual(plain);
      expect(ledger).toMatchObject({ totals: 2, kept: 60, rejected: 0 });
      expect(ledger.sideLines.map(({ line, kind }) => [line, kind])).toEqual([
        [22, 'total'],
        [43, 'total'],
      ]);
    },
  );

  it('keeps a row that only begins like a total', async () => {
    const { table } = await plant({
      20: ['Total Gonfreville;C1;;04/03/2022;12'],
      40: ['Total Donges;;;;31'],
    });
    expect(table.nRows).toBe(62);
  });

  it('leaves out the header once more, page lines and notes, and keeps them where asked', async () => {
    const lines = {
      20: ['Page 2;;;;', header],
      40: ['Seite 3 von 4;;;;', header],
      60: ['Note: outages of less than an hour are not listed.;;;;'],
    };
    const { plain, table, ledger } = await plant(lines);
    expect(table).toEqual(plain);
    expect(ledger).toMatchObject({ repeatedHeaders: 2, notes: 3, kept: 60 });
    const kept = await plant(lines, { sideLines: 'keep' });
    expect(kept.table.nRows).toBe(65);
  });

  it('keeps an outage of which the unit alone is known', async () => {
    const { table, ledger } = await plant({ 20: ['U3;;;;'] });
    expect([table.nRows, ledger.notes]).toEqual([61, 0]);
  });

  it('rejects a row that an extra delimiter shifts although its last cell is empty, but not an empty cell more', async () => {
    const text = (extra: string) =>
      `${header};Remark\n${rows.map((line, i) => `${line};${i % 3 ? '' : 'x'}`).join('\n')}\n${extra}\n`;
    const shifted = await readText(text('U1;Pump; seal;4;05/03/2022;12;'));
    expect(shifted.table.nRows).toBe(60);
    expect(shifted.ledger.rejects).toMatchObject([{ line: 62, reason: 'too-many-cells' }]);
    const longer = await readText(text('U1;Pump;4;05/03/2022;12;;'));
    expect([longer.table.nRows, longer.ledger.rejected]).toEqual([61, 0]);
  });

  it('reads the table with the most rows of a file of marked ones', async () => {
    const text = [
      'C,SYSTEM,REPORT,2022/01/01',
      'I,PLANT,REGIONS,1,REGION,LOAD',
      ...[1, 2, 3].map((i) => `D,PLANT,REGIONS,1,R${i},${i * 10}`),
      'I,PLANT,OUTAGES,1,UNIT,CAUSE,HOURS',
      ...Array.from({ length: 30 }, (_, i) => `D,PLANT,OUTAGES,1,U${i % 4},C${i % 3},${(i * 7) % 40}`),
      'C,END OF REPORT,36',
    ].join('\n');
    const { table, ledger } = await readText(`${text}\n`);
    expect(table.nRows).toBe(30);
    expect(table.columns.map(({ name }) => name)).toEqual(['1', 'UNIT', 'CAUSE', 'HOURS']);
    expect(ledger).toMatchObject({ titles: 5, headers: 1, otherTables: 1, rejected: 0 });
    expect(isBalanced(ledger)).toBe(true);
  });

  const staff = [
    'Site;Service;Agents;Prestataires;Budget',
    ...[1, 2, 3, 4].map((i) => `S${i};M${i};${i};${2 * i};${90 * i}`),
  ];

  it.each([
    ['with nothing between', []],
    ['behind a blank line', [';;;;']],
    ['under a title', ['', 'Personnel par site;;;;']],
  ])('reads the longer of two tables, the other below it %s', async (_, between) => {
    const { plain, table, ledger } = await plant({ [rows.length]: [...between, ...staff] });
    expect(table).toEqual(plain);
    expect(ledger.otherTables).toBeGreaterThanOrEqual(staff.length);
    const kept = await plant({ [rows.length]: staff }, { sideLines: 'keep' });
    expect(kept.table.nRows).toBe(rows.length + staff.length);
  });

  it('reads the longer of two tables, the other above it, and asks whether that is meant', async () => {
    const plain = await readText(`${header}\n${rows.join('\n')}\n`);
    const both = await readText([...staff, ';;;;', 'Arrêts;;;;', header, ...rows, ''].join('\n'));
    expect(both.table).toEqual(plain.table);
    expect(both.evidence.find(({ field }) => field === 'headerRow')).toMatchObject({
      because: 'largest-table',
      isAmbiguous: true,
    });
  });

  it('takes no row of words for the names of another table', async () => {
    const odd = ['Nouveau;Inédit;inconnu;à préciser;pas encore dit', 'Autre;Rare;non dit;plus tard;à voir'];
    const { table } = await plant({ 20: odd.slice(0, 1), 40: ['', ...odd.slice(1)] });
    expect(table.nRows).toBe(rows.length + 2);
  });
});
