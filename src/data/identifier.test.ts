import { describe, expect, it } from 'vitest';
import { readText } from './csv/read-text.ts';
import { guessRoles } from './guess-roles.ts';

async function roleOf(name: string, text: string): Promise<string | undefined> {
  const { table } = await readText(text);
  return guessRoles(table).find(({ column }) => column === name)?.role;
}

const day = (n: number) => new Date(Date.UTC(2022, 0, 1 + n)).toISOString().slice(0, 10);

/** 120 outages of a day or more, each in its own fortnight; `cell` makes the column in question. */
const outages = (name: string, cell: (i: number) => string) =>
  `${name},Unit,Start,End\n${Array.from(
    { length: 120 },
    (_, i) => `${cell(i)},U${i % 6},${day(i * 14)},${day(i * 14 + 1 + (i % 9))}`,
  ).join('\n')}\n`;

/** 60 outages in two periods each, which touch. */
const periods = (name: string, unit: (i: number) => string) =>
  `${name},Unit,Start,End\n${Array.from({ length: 60 }, (_, i) =>
    [0, 1].map(
      (part) => `K${i},${unit(2 * i + part)},${day(i * 14 + 3 * part)},${day(i * 14 + 3 * (part + 1))}`,
    ),
  )
    .flat()
    .join('\n')}\n`;

describe('findIdentifier', () => {
  it.each(['cause_code', 'Code postal', 'Flight number', 'N° intervalle', 'settlement interval id'])(
    'takes no %s that comes back on unrelated outages for one',
    async (name) => {
      expect(
        await roleOf(
          name,
          outages(name, (i) => String(44_000 + (i % 30))),
        ),
      ).not.toBe('identifier');
    },
  );

  it.each(['mRID', 'WONUM', 'QMNUM', 'Notifictn', 'N° arrêt', 'Kennung', 'Codice'])(
    'takes %s for one where it is another on every row, or on the periods of one outage',
    async (name) => {
      expect(
        await roleOf(
          name,
          outages(name, (i) => `X${i * 7}`),
        ),
      ).toBe('identifier');
      expect(
        await roleOf(
          name,
          periods(name, (i) => `U${Math.floor(i / 2) % 6}`),
        ),
      ).toBe('identifier');
    },
  );

  it('does not tie rows of two units together', async () => {
    expect(
      await roleOf(
        'mRID',
        periods('mRID', (i) => `U${i % 6}`),
      ),
    ).not.toBe('identifier');
  });

  it('takes a running number for one under any name', async () => {
    expect(
      await roleOf(
        'Ligne',
        outages('Ligne', (i) => String(i + 17)),
      ),
    ).toBe('identifier');
    expect(
      await roleOf(
        'Ligne',
        outages('Ligne', (i) => String((i * 37) % 500)),
      ),
    ).toBe('context');
  });
});
