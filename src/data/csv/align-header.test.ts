import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { listRows, readText } from './read-text.ts';

const names = ['Tranche', 'Motif', 'Effectif', 'Durée (h)'];

function makeRows(isWhole = false): string[][] {
  const rng = createRng(4);
  return Array.from({ length: 40 }, () => [
    `T${rng.nextBelow(5)}`,
    ['Turbine', 'Chaudière'][rng.nextBelow(2)] ?? '',
    String(5 + rng.nextBelow(40)),
    `${rng.nextBelow(300)}${isWhole ? '' : `,${1 + rng.nextBelow(9)}`}`,
  ]);
}

async function read(header: readonly string[], rows: readonly (readonly string[])[], delimiter = ';') {
  const text = [header, ...rows].map((cells) => cells.join(delimiter)).join('\n');
  const { table, ledger, evidence } = await readText(`${text}\n`);
  return {
    names: table.columns.map(({ name }) => name),
    rows: listRows(table),
    rejected: ledger.rejected,
    asked: evidence.filter(({ isAmbiguous }) => isAmbiguous).map(({ because }) => because),
  };
}

const right = await read(names, makeRows());

describe('a header whose names do not stand over their columns', () => {
  it.each([0, 1, 2, 3])('drops a delimiter too many before name %i, and asks', async (at) => {
    const header = names.toSpliced(at, 0, '');
    const asked = { ...right, asked: ['name-extra'] };
    expect(await read(header, makeRows())).toEqual(asked);
    // Also where a delimiter ends each line, so that each name has a column to stand over.
    expect(
      await read(
        header,
        makeRows().map((cells) => [...cells, '']),
      ),
    ).toEqual(asked);
  });

  it('puts a divided name together', async () => {
    const rows = makeRows(true);
    const { names: found } = await read(['unit', 'cause', 'crew', 'Durée', ' en heures'], rows, ',');
    expect(found).toEqual(['unit', 'cause', 'crew', 'Durée, en heures']);
  });

  it.each([1, 3])('finds which column lacks its name, number %i, and asks', async (at) => {
    const header = names.toSpliced(at, 1);
    const found = await read(header, makeRows());
    expect(found).toEqual({
      ...right,
      names: names.toSpliced(at, 1, `C${at + 1}`),
      asked: ['name-missing'],
    });
  });

  it('does not take the first row of labels for the names', async () => {
    const rows = makeRows().map(([unit = '', cause = '']) => [unit, cause, 'Nord']);
    const { names: found, asked } = await read(['Tranche', 'Motif'], rows);
    expect(found).toEqual(['Tranche', 'Motif', 'C3']);
    expect(asked).toEqual(['name-missing']);
  });

  it('leaves alone a column without a name over cells, and one that is empty', async () => {
    const rows = makeRows().map((cells) => [...cells, 'vu']);
    expect((await read(['Tranche', '', 'Effectif', 'Durée (h)', 'Remarque'], rows)).asked).toEqual([]);
    expect((await read([...names, ''], makeRows())).asked).toEqual([]);
  });
});

describe('decimal commas in a file that commas divide', () => {
  const quoted = makeRows().map((cells) => cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)));
  const english = ['unit', 'cause', 'crew', 'hours'];

  it('reads the numbers as if they stood in quotes, and asks', async () => {
    const expected = await read(english, quoted, ',');
    expect(await read(english, makeRows(), ',')).toEqual({ ...expected, asked: ['split-decimals'] });
  });

  it('does so where some numbers are whole, quotes stand elsewhere, or an empty cell ends each row', async () => {
    const mix = (rows: readonly string[][]) =>
      rows.map((cells, i) => [...(i % 3 ? cells : [...cells.slice(0, 3), '12']), i % 7 ? '' : '"a ""b"""']);
    const header = [...english, 'remark'];
    const expected = await read(header, mix(quoted), ',');
    expect(await read(header, mix(makeRows()), ',')).toEqual({ ...expected, asked: ['split-decimals'] });
  });

  it('leaves two cells where a person says so', async () => {
    const text = [english, ...makeRows()].map((cells) => cells.join(',')).join('\n');
    const { table } = await readText(`${text}\n`, { decimalMark: '.' });
    expect(table.columns).toHaveLength(5);
  });

  it('takes no two whole numbers for one, where a comma ends each row or rows have names', async () => {
    const trailing = makeRows(true).map((cells) => [...cells, 'ok', '']);
    expect((await read([...english, 'remark'], trailing, ',')).asked).toEqual([]);
    const named = makeRows(true).map((cells, i) => [String(i + 1), ...cells]);
    expect((await read(english, named, ',')).asked).toEqual([]);
  });
});
