import { describe, expect, it } from 'vitest';
import { readText } from './read-text.ts';

const namesOf = async (text: string, overrides = {}) =>
  (await readText(text, overrides)).table.columns.map(({ name }) => name);

describe('headers as people have them', () => {
  const rows = Array.from({ length: 30 }, (_, i) => `U${i % 4},${i % 7},${10 + i}.5`);

  it('shifts a header that is one name short by the rows’ own names, also where a person confirms it', async () => {
    const text = `unit,crew,hours\n${rows.map((row, i) => `${i + 1},${row}`).join('\n')}\n`;
    expect(await namesOf(text)).toEqual(['C1', 'unit', 'crew', 'hours']);
    expect(await namesOf(text, { headerRow: 0 })).toEqual(['C1', 'unit', 'crew', 'hours']);
    const { evidence, ledger } = await readText(text);
    expect(evidence.find(({ field }) => field === 'headerRow')).toMatchObject({ because: 'row-names' });
    expect(ledger).toMatchObject({ headers: 1, kept: 30, rejected: 0 });
  });

  it('does not shift where the first cells are no names of rows', async () => {
    const text = `unit,crew,hours\n${rows.map((row) => `${row},x`).join('\n')}\n`;
    expect(await namesOf(text)).toEqual(['unit', 'crew', 'hours', 'C4']);
  });

  it('takes years that follow one another for names, but not where the rows hold years too', async () => {
    const values = (from: number, step: number) =>
      Array.from({ length: 20 }, (_, i) => `U${i};${from + step * i};${from + 1};${from + 2}`).join('\n');
    expect(await namesOf(`Tranche;2019;2020;2021\n${values(12, 31)}\n`)).toEqual([
      'Tranche',
      '2019',
      '2020',
      '2021',
    ]);
    expect(await namesOf(`Tranche;2019;2020;2021\n${values(2000, 1)}\n`)).not.toContain('2019');
  });
});
