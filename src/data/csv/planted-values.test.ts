import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { isTimeUnit, msPerUnit } from '../time-units.ts';
import { findColumn } from '../table.ts';
import type { Dialect } from './dialect.ts';
import { listRows, readText } from './read-text.ts';

/** Outages in whole minutes; each way of writing them below must give the same instants and spans. */
interface Outage {
  readonly start: number;
  readonly minutes: number;
}

function drawOutages(seed: number, n = 60): Outage[] {
  const rng = createRng(seed);
  let at = Date.UTC(2019, 0, 1 + rng.nextBelow(20));
  return Array.from({ length: n }, () => {
    at += (1 + rng.nextBelow(8_000)) * 60_000;
    return { start: at, minutes: 5 + rng.nextBelow(20_000) };
  });
}

const two = (part: number) => String(part).padStart(2, '0');
const iso = (instant: number) => new Date(instant).toISOString();
const day = (instant: number) =>
  `${iso(instant).slice(8, 10)}/${iso(instant).slice(5, 7)}/${iso(instant).slice(0, 4)}`;
const clock = (instant: number) => iso(instant).slice(11, 16);
const endOf = ({ start, minutes }: Outage) => start + minutes * 60_000;
const months = [
  'janv.',
  'févr.',
  'mars',
  'avr.',
  'mai',
  'juin',
  'juil.',
  'août',
  'sept.',
  'oct.',
  'nov.',
  'déc.',
];
const inWords = (instant: number) =>
  `${Number(iso(instant).slice(8, 10))} ${months[Number(iso(instant).slice(5, 7)) - 1]} ${iso(instant).slice(0, 4)}, ${clock(instant)}`;

const durations: Readonly<Record<string, (minutes: number) => string>> = {
  'hh:mm': (m) => `${Math.floor(m / 60)}:${two(m % 60)}`,
  'hh:mm:ss': (m) => `${Math.floor(m / 60)}:${two(m % 60)}:00`,
  'h and min': (m) => `${Math.floor(m / 60)} h ${two(m % 60)}`,
  'd h m': (m) => `${Math.floor(m / 1440)}d ${Math.floor(m / 60) % 24}h ${m % 60}m`,
  'ISO 8601': (m) => `P${Math.floor(m / 1440)}DT${Math.floor(m / 60) % 24}H${m % 60}M`,
  minutes: (m) => `${m} minutes`,
  'wrapped for Excel': (m) => `="${Math.floor(m / 60)}:${two(m % 60)}"`,
  'units mixed': (m) => (m % 60 === 0 ? `${m / 60} h` : `${m} min`),
};

const dates: Readonly<Record<string, (instant: number) => string>> = {
  'two-digit years between points': (at) =>
    `${day(at)
      .replaceAll('/', '.')
      .replace(/\d\d(\d\d)$/, '$1')} ${clock(at)}`,
  words: (at) => `"${inWords(at)}"`,
  'a zone by name': (at) => `${day(at + 3_600_000)} ${clock(at + 3_600_000)} CET`,
  'twelve hours': (at) => {
    const hour = Number(clock(at).slice(0, 2));
    return `${day(at)} ${hour % 12 === 0 ? 12 : hour % 12}:${clock(at).slice(3)}:00 ${hour < 12 ? 'AM' : 'PM'}`;
  },
  'marks of P6': (at) => `${day(at)} ${clock(at)}${at % 7 === 0 ? ' A' : at % 3 === 0 ? '*' : ''}`,
  'serials of Excel': (at) => String(at / 86_400_000 + 25_569).replace('.', ','),
  'digits only': (at) => iso(at).slice(0, 16).replace(/[-:T]/g, ''),
};

const table = (header: string, rows: readonly string[]) => [header, ...rows].join('\n');
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const numRuns = 8;

async function valuesOf(text: string, name: string, overrides: Partial<Dialect> = {}) {
  const result = await readText(text, overrides);
  const column = findColumn(result.table, name);
  if (column === undefined || column.type === 'category')
    throw new Error(`${name} is ${column?.type ?? 'absent'}`);
  const ms = column.type === 'number' && isTimeUnit(column.unit) ? msPerUnit[column.unit] : 1;
  return { values: Array.from(column.values, (value) => Math.round(value * ms)), column, result };
}

describe('planted ways of writing', () => {
  it.each(Object.entries(durations))('durations: %s', async (_name, write) => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const outages = drawOutages(seed);
        const text = table(
          'Tranche;Durée',
          outages.map(({ minutes }, i) => `T${i % 4};${write(minutes)}`),
        );
        const { values, result } = await valuesOf(text, 'Durée');
        expect(values).toEqual(outages.map(({ minutes }) => minutes * 60_000));
        expect(result.unread.count).toBe(0);
      }),
      { numRuns },
    );
  });

  it.each(Object.entries(dates))('dates: %s', async (_name, write) => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const outages = drawOutages(seed);
        const rows = outages.map((outage, i) => `T${i % 4};${write(outage.start)};${write(endOf(outage))}`);
        const text = table('Tranche;Date de début;Date de fin', rows);
        expect((await valuesOf(text, 'Date de début')).values).toEqual(outages.map(({ start }) => start));
        expect((await valuesOf(text, 'Date de fin')).values).toEqual(outages.map(endOf));
      }),
      { numRuns },
    );
  });

  it('a time in a column of its own is joined to its date, and left apart where a person says so', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const outages = drawOutages(seed);
        const rows = outages.map(({ start }, i) => `T${i % 4};${day(start)};${clock(start)}`);
        const text = table('Tranche;Date de début;Heure de début', rows);
        const { values, result } = await valuesOf(text, 'Date de début');
        expect(values).toEqual(outages.map(({ start }) => start));
        expect(result.table.columns.map(({ name }) => name)).toEqual(['Tranche', 'Date de début']);
        const apart = await readText(text, { apart: ['Heure de début'] });
        expect(apart.table.columns.map(({ type }) => type)).toEqual(['category', 'date', 'number']);
        expect(apart.arrangements).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('digits of a day with digits of an hour beside', async () => {
    const outages = drawOutages(7);
    const rows = outages.map(
      ({ start }) => `${iso(start).slice(0, 10).replaceAll('-', '')};${clock(start).replace(':', '')}00`,
    );
    const { values } = await valuesOf(table('AUSVN;AUZTV', rows), 'AUSVN');
    expect(values).toEqual(outages.map(({ start }) => start));
  });

  it('an interval in one cell gives its start and its end', async () => {
    const outages = drawOutages(3);
    const rows = outages.map(
      (each, i) =>
        `T${i % 4};${day(each.start)} ${clock(each.start)} - ${day(endOf(each))} ${clock(endOf(each))}`,
    );
    const text = table('Tranche;Période', rows);
    expect((await valuesOf(text, 'Période (début)')).values).toEqual(outages.map(({ start }) => start));
    expect((await valuesOf(text, 'Période (fin)')).values).toEqual(outages.map(endOf));
  });

  it('a unit in the column beside converts, and a number without its unit is missing and counted', async () => {
    const outages = drawOutages(5);
    const [first] = outages;
    const write = (minutes: number, i: number) =>
      i === 0 ? `${minutes};` : i % 3 === 0 ? `${minutes};MIN` : `${minutes / 60};H`.replace('.', ',');
    const text = table(
      'Cause;Downtime;Unit',
      outages.map(({ minutes }, i) => `C${i % 4};${write(minutes, i)}`),
    );
    const { values, column, result } = await valuesOf(text, 'Downtime');
    expect(first && values[0]).toBeNaN();
    expect(values.slice(1)).toEqual(outages.slice(1).map(({ minutes }) => minutes * 60_000));
    expect(column).toMatchObject({ unit: 'hour' });
    expect(result.arrangements).toMatchObject([{ kind: 'unit-column', nIncomplete: 1 }]);
  });

  it.each([
    ['Duração;Un.', 'Duração', (value: string, unit: string) => `${value};${unit}`],
    ['Effectif;UnitéDurée;Durée', 'Durée', (value: string, unit: string) => `12;${unit};${value}`],
    [
      'Crew;DurationUnit;DurationValue',
      'DurationValue',
      (value: string, unit: string) => `12;${unit};${value}`,
    ],
  ])(
    'units on either side, however they are called, convert the duration and no other number: %s',
    async (head, name, row) => {
      const outages = drawOutages(6);
      const text = table(
        `Cause;${head}`,
        outages.map(({ minutes }, i) =>
          i % 3 === 0
            ? `C${i % 4};${row(String(minutes), 'min')}`
            : `C${i % 4};${row(`${minutes / 60}`.replace('.', ','), 'h')}`,
        ),
      );
      const { values, result } = await valuesOf(text, name);
      expect(values).toEqual(outages.map(({ minutes }) => minutes * 60_000));
      expect(result.arrangements).toMatchObject([{ kind: 'unit-column', into: [name] }]);
    },
  );

  it.each([
    ['Périodicité', ['mois', 'semaine']],
    ['Saison', ['S', 'W']],
  ])('words for times in a column called %s are no units of the duration beside', async (name, words) => {
    const rows = Array.from({ length: 40 }, (_, i) => `${12 + i};${words[i % 2]};T${i % 3}`);
    const { values, result } = await valuesOf(table(`Durée;${name};Tranche`, rows), 'Durée');
    expect(values).toEqual(rows.map((_, i) => 12 + i));
    expect(result.arrangements).toEqual([]);
  });

  it('German compounds for a date and its time are joined', async () => {
    const outages = drawOutages(7);
    const rows = outages.map(
      (each) => `${day(each.start)};${clock(each.start)};${day(endOf(each))};${clock(endOf(each))}`,
    );
    const text = table('Startdatum;Startzeit;Enddatum;Endzeit', rows);
    expect((await valuesOf(text, 'Startdatum')).values).toEqual(outages.map(({ start }) => start));
    expect((await valuesOf(text, 'Enddatum')).values).toEqual(outages.map(endOf));
  });
});

describe('words among values', () => {
  const n = 100;
  const starts = Array.from({ length: n }, (_, i) => Date.UTC(2020, 0, 1 + 3 * i, 8));
  const fileOf = (word: string, share: number) =>
    table(
      'Début;Date de fin',
      starts.map((at, i) => `${day(at)} 08:00;${i < share * n ? word : `${day(at)} 18:00`}`),
    );

  it.each(['en cours', 'ongoing', 'läuft', 'em andamento'])(
    '%j in a column of ends is no end yet',
    async (word) => {
      const { values, column, result } = await valuesOf(fileOf(word, 0.6), 'Date de fin');
      expect(column.type).toBe('date');
      expect(values.filter(Number.isNaN)).toHaveLength(60);
      expect(result.unread.count).toBe(0);
      expect(result.notes).toMatchObject([
        { column: 'Date de fin', kind: 'ongoing', count: 60, examples: [word] },
      ]);
    },
  );

  it('lists a word that nobody knows as unread, and keeps the dates', async () => {
    const { column, result } = await valuesOf(fileOf('voir Martine', 0.3), 'Date de fin');
    expect(column.type).toBe('date');
    expect(result.unread.counts).toEqual([{ column: 'Date de fin', count: 30 }]);
  });

  it('tells censored durations apart from missing ones', async () => {
    const rows = Array.from({ length: n }, (_, i) =>
      i < 8 ? '>9' : i < 14 ? '<0,1' : i < 20 ? 'ND' : `${i / 10}`.replace('.', ','),
    );
    const { column, result } = await valuesOf(
      table(
        'x;Durée (j)',
        rows.map((cell, i) => `${i % 5};${cell}`),
      ),
      'Durée (j)',
    );
    expect(column.type).toBe('number');
    expect(result.notes).toMatchObject([
      { kind: 'censored', count: 14, examples: ['>9', '<0,1'] },
      { kind: 'nothing', count: 6, examples: ['ND'] },
    ]);
  });

  it.each([
    ['Palier', ['900', '1300', 'N4', '900', '1450']],
    ['Palier', ['900 MW', '1300 MW', '1450 MW']],
    ['Code', ['0606D', '1212D', '3040D', '7711D']],
    ['Repère', ['12B', '13B', '17C', '19A']],
    ['Équipe', ['3x8', '2x8', '5x8']],
    ['Version', ['1.2.12', '1.2.13', '2.0.1']],
  ])('leaves labels as they are: %s %j', async (name, labels) => {
    const cells = Array.from({ length: n }, (_, i) => labels[i % labels.length]);
    const { table: read } = await readText(
      table(
        `${name};x`,
        cells.map((cell, i) => `${cell};${i}`),
      ),
    );
    expect(read.columns[0]).toMatchObject({
      type: 'category',
      categories: labels.filter((label, i) => labels.indexOf(label) === i),
    });
  });

  it('reads a column as the type a person chose', async () => {
    const cells = Array.from({ length: n }, (_, i) => `${['900 MW', '1300 MW', 'N4'][i % 3]};${i}`);
    const text = table('Palier;x', cells);
    const chosen = await valuesOf(text, 'Palier', { columnTypes: [{ column: 'Palier', type: 'number' }] });
    expect(chosen.column.type).toBe('number');
    expect(chosen.result.unread.count).toBe(33);
    const labelled = await readText(text, { columnTypes: [{ column: 'x', type: 'category' }] });
    expect(labelled.table.columns[1]?.type).toBe('category');
  });
});

it('reads amounts whose currency stands in front, with the comma of thousands', async () => {
  const amounts = [12_345, 7_890, 1_234_567, 950].map((value) => `"€${value.toLocaleString('en')}"`);
  const { table, evidence } = await readText(
    `unit,cost\n${amounts.map((cell, i) => `U${i},${cell}`).join('\n')}\n`,
  );
  expect(listRows(table).map(([, cost]) => cost)).toEqual([12_345, 7_890, 1_234_567, 950]);
  expect(evidence.filter(({ isAmbiguous }) => isAmbiguous)).toEqual([]);
});
