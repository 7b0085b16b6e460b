import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { readText } from './csv/read-text.ts';
import { guessRoles } from './guess-roles.ts';

const MS_PER_HOUR = 3_600_000;
const rng = createRng(5);
const outages = Array.from({ length: 200 }, (_, i) => {
  const start = Date.UTC(2016, 0, 1) + i * 9 * 24 * MS_PER_HOUR + rng.nextBelow(20_000) * 60_000;
  const hours = 20 + rng.nextBelow(2_400);
  return { start: new Date(start), hours, end: new Date(start + hours * MS_PER_HOUR) };
});

/** As the calendar's own rule says: the week of a day is that of its Thursday. */
function weekOf(date: Date): number {
  const thursday = new Date(date);
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  return Math.ceil((Number(thursday) - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 / 7 + 0.001);
}

function mondayOf(date: Date): string {
  const monday = new Date(date);
  monday.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return monday.toISOString().slice(0, 10);
}

const months = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
  ' ',
);

const calendars: Readonly<Record<string, (date: Date) => string>> = {
  'a week’s number': (date) => String(weekOf(date)),
  'a week’s label': (date) => `S${weekOf(date)}`,
  'a week’s Monday': mondayOf,
  'a month’s number': (date) => String(date.getUTCMonth() + 1),
  'a month’s name': (date) => months[date.getUTCMonth()] ?? '',
  'a month and its year': (date) => `${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`,
  'a quarter': (date) => `T${1 + Math.floor(date.getUTCMonth() / 3)}`,
  'a day': (date) => date.toISOString().slice(0, 10),
  'a year': (date) => String(date.getUTCFullYear()),
};

async function roleOf(write: (outage: (typeof outages)[number]) => string) {
  const lines = outages.map(
    (outage, i) =>
      `T${i % 4};${outage.start.toISOString().slice(0, 16)};${outage.hours};${20 + (i % 9)};${write(outage)}`,
  );
  const { table } = await readText(`Tranche;Début;Durée (h);Effectif;Repère X\n${lines.join('\n')}\n`);
  return guessRoles(table).find(({ column }) => column === 'Repère X');
}

describe('the calendar of the end under an unknown name', () => {
  it.each(Object.entries(calendars))('is left out: %s', async (_, write) => {
    expect(await roleOf(({ end }) => write(end))).toMatchObject({
      role: 'ignore',
      leak: { kind: 'end-date', through: 'Début' },
    });
  });

  it.each(Object.entries(calendars))('is no leak where it is that of the start: %s', async (_, write) => {
    expect((await roleOf(({ start }) => write(start)))?.leak).toBeUndefined();
  });

  it.each(Object.entries(calendars))('is no leak where it is that of a plan: %s', async (_, write) => {
    const planned = ({ start }: (typeof outages)[number]) => new Date(Number(start) + 40 * 24 * MS_PER_HOUR);
    expect((await roleOf((outage) => write(planned(outage))))?.leak).toBeUndefined();
  });
});
