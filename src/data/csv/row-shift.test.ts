import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { readText } from './read-text.ts';

const causes = ['Turbine', 'Alternateur', 'Chaudière'];

/** A hundred rows; one in three has a remark, and one in `every` a cell that is not there. */
function makeRows(seed: number, every = Infinity): string[][] {
  const rng = createRng(seed);
  return Array.from({ length: 100 }, (_, i) => {
    const cells = [
      `T${rng.nextBelow(5)}`,
      causes[rng.nextBelow(3)] ?? '',
      String(5 + rng.nextBelow(35)),
      ['900', '1300', '1450'][rng.nextBelow(3)] ?? '',
      `${5 + rng.nextBelow(300)},${rng.nextBelow(9) + 1}`,
      i % 3 === 0 ? 'vu' : '',
    ];
    if (rng.nextBelow(1e6) < 1e6 / every) cells[1 + rng.nextBelow(4)] = '';
    return cells;
  });
}

const write = (rows: readonly (readonly string[])[], delimiter = ';') =>
  `${[['Tranche', 'Motif', 'Effectif', 'Puissance', 'Durée (h)', 'Remarque'], ...rows].map((cells) => cells.join(delimiter)).join('\n')}\n`;

async function readShifted(rows: readonly (readonly string[])[], delimiter?: string) {
  const { ledger, notes } = await readText(write(rows, delimiter));
  const asked = notes.filter(({ kind }) => kind === 'maybe-shifted');
  return {
    rejected: ledger.rejects.map(({ line, reason }) => [line, reason]),
    asked: asked.reduce((sum, { count }) => sum + count, 0),
  };
}

describe('a row that one delimiter too many shifts', () => {
  it.each([1, 2, 3, 4, 5])('is rejected wherever it stands, before delimiter %i', async (at) => {
    const rows = makeRows(at);
    const lines = [10, 40, 41, 88].map((row) => {
      rows[row] = (rows[row] ?? []).slice(0, 5).toSpliced(at, 0, '');
      return row + 2;
    });
    // Behind the last value there is nothing to be moved.
    const expected = at === 5 ? [] : lines.map((line) => [line, 'shifted-cells']);
    expect(await readShifted(rows)).toEqual({ rejected: expected, asked: 0 });
  });

  it('is rejected where a decimal comma made it', async () => {
    const rows = makeRows(7).map((cells) => cells.map((cell) => cell.replace(',', '.')));
    rows[20] = [...(rows[20] ?? []).slice(0, 4), '12', '5'];
    expect(await readShifted(rows, ',')).toEqual({ rejected: [[22, 'shifted-cells']], asked: 0 });
  });

  it('is rejected where all columns but the last are alike in type, and the cell too many is among labels', async () => {
    const rows = makeRows(9).map(([unit = '', cause = '']) => [unit, cause, 'Nord', 'oui', '']);
    rows[30] = ['T1', '', 'Turbine', 'Nord', 'oui', ''];
    const { ledger } = await readText(`a;b;c;d;e\n${rows.map((cells) => cells.join(';')).join('\n')}\n`);
    expect(ledger.rejects).toMatchObject([{ line: 32, reason: 'shifted-cells' }]);
  });

  it('is kept by a person who has uneven lines kept', async () => {
    const rows = makeRows(1);
    rows[10] = (rows[10] ?? []).slice(0, 5).toSpliced(1, 0, '');
    const { ledger } = await readText(write(rows), { unevenRecords: 'fit' });
    expect(ledger).toMatchObject({ kept: 100, rejected: 0 });
  });

  it('is asked about where its cells would do in either place', async () => {
    const rows = makeRows(3).map((cells, i) => [...cells.slice(0, 5), i % 3 ? '' : String(50 + i)]);
    rows[50] = ['T1', 'Turbine', '12', '900', '', '60,5'];
    const { ledger, notes } = await readText(write(rows));
    expect(ledger.rejected).toBe(0);
    expect(notes).toMatchObject([{ kind: 'maybe-shifted', column: 'Durée (h)', count: 1, rows: [50] }]);
  });
});

it.each([1, 2, 3, 4, 5, 6])('leaves rows in peace that lack a cell here and there, seed %i', async (seed) => {
  expect(await readShifted(makeRows(seed, 4 + 10 * seed))).toEqual({ rejected: [], asked: 0 });
});

it('leaves rows in peace whose labels and numbers are new', async () => {
  const rows = [...makeRows(1), ...makeRows(2)].map((cells, i) =>
    i < 100 ? cells : ['U9', 'Sonde', '4000', '7', '90000', ''],
  );
  expect(await readShifted(rows)).toEqual({ rejected: [], asked: 0 });
});
