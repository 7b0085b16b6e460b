import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '../csv/byte-source.ts';
import { readTable } from '../csv/read-table.ts';
import { MS_PER_DAY } from '../dates.ts';
import { guessRoles } from '../guess-roles.ts';
import type { Column, Table } from '../table.ts';
import { buildClimatology, buildUsualColumns } from './climatology.ts';
import type { FactorPlan } from './factor-plan.ts';
import { indexFactors } from './factor-series.ts';
import { joinFactors, listOutageLabels } from './join-factors.ts';
import { type FactorChoices, proposeFactors } from './propose-factors.ts';

async function read(csv: string): Promise<Table> {
  const bytes = new TextEncoder().encode(csv);
  return (await readTable(createByteSource('f.csv', bytes), {}, createSilentContext())).table;
}

async function join(outagesCsv: string, factorsCsv: string, choices: FactorChoices = {}) {
  const [outages, factors] = [await read(outagesCsv), await read(factorsCsv)];
  const plan = proposeFactors(outages, guessRoles(outages), { name: 'f.csv', table: factors }, choices);
  const { columns, match } = joinFactors(factors, indexFactors(factors, plan), outages);
  const values = (name: string) => {
    const column = columns.find((each) => each.name === name);
    if (column?.type === 'category')
      return Array.from(column.codes, (code) => column.categories[code] ?? null);
    return column && Array.from(column.values);
  };
  return { plan, match, values };
}

const outages = [
  'site;debut;duree (jours)',
  'Nord;2020-01-10;3',
  'SUD;2020-01-10;4',
  'nord;2020-01-31;5',
  'Ouest;2020-01-10;6',
  'Nord;2021-06-01;7',
  'Sud;;8',
].join('\n');

const days = Array.from({ length: 40 }, (_, i) =>
  new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10),
);
const bySite = [
  'jour;lieu;temperature;pluie (mm);alerte',
  ...days.flatMap((day, i) => [
    `${day};Nord;${i};1;verte`,
    `${day};Sud;${100 + i};2;${i > 5 ? 'rouge' : ''}`,
  ]),
].join('\n');

describe('a second file joined by date', () => {
  it('finds its date and the columns that name the same sites, and reads at and before each start', async () => {
    const { plan, match, values } = await join(outages, bySite);
    expect(plan).toMatchObject({
      start: 'debut',
      date: 'jour',
      key: { outages: 'site', factors: 'lieu' },
      maxAgeDays: 3,
    });
    expect(plan.values.map(({ column }) => column)).toEqual([
      'temperature [at-start]',
      'temperature [7d-mean]',
      'temperature [30d-mean]',
      'pluie (mm) [at-start]',
      'pluie (mm) [7d-sum]',
      'pluie (mm) [30d-sum]',
      'alerte [at-start]',
    ]);
    expect(values('temperature [at-start]')).toEqual([9, 109, 30, NaN, NaN, NaN]);
    expect(values('temperature [7d-mean]')).toEqual([5, 105, 26, NaN, NaN, NaN]);
    // Nine of thirty days are known on the tenth: too few to tell of a month.
    expect(values('temperature [30d-mean]')).toEqual([NaN, NaN, 14.5, NaN, NaN, NaN]);
    expect(values('pluie (mm) [7d-sum]')).toEqual([7, 14, 7, NaN, NaN, NaN]);
    expect(values('alerte [at-start]')).toEqual(['verte', 'rouge', 'verte', null, null, null]);
    expect(match).toEqual({
      nRows: 6,
      nMatched: 3,
      nUnknownKey: 1,
      unknownKeys: ['Ouest'],
      nNoStart: 1,
      nOutside: 1,
      nInGap: 0,
      nMerged: 0,
      nUnplaced: 0,
    });
  });

  it('is one series for all where dates are told once, or a person says so: rows of a day are averaged, and counted', async () => {
    const national = ['date,load', ...days.map((day, i) => `${day},${i}.5`)].join('\n');
    const alone = await join(outages, national);
    expect(alone.plan.key).toBeNull();
    expect(alone.values('load [at-start]')).toEqual([9.5, 9.5, 30.5, 9.5, NaN, NaN]);
    const averaged = await join(outages, bySite, { key: null });
    expect(averaged.values('temperature [at-start]')).toEqual([59, 59, 80, 59, NaN, NaN]);
    expect(averaged.match.nMerged).toBe(40);
  });

  it('takes the last value at or before an hour, and none that is too old', async () => {
    const hours = [
      'heure;charge',
      '2020-01-10 05:00;1',
      '2020-01-10 06:00;2',
      '2020-01-10 07:00;3',
      '2020-01-20 00:00;9',
    ].join('\n');
    const starts = [
      'debut;duree (jours)',
      '2020-01-10 06:30;1',
      '2020-01-10 07:00;1',
      '2020-01-12 06:00;1',
      '2020-01-10 04:59;2',
    ];
    const { values, plan, match } = await join(starts.join('\n'), hours);
    expect(plan.maxAgeDays).toBe(1);
    expect(values('charge [at-start]')).toEqual([2, 3, NaN, NaN]);
    expect(match).toMatchObject({ nMatched: 2, nInGap: 1, nOutside: 1 });
  });

  it.each([
    ['no start', 'site;duree (jours)\nA;1\nB;2', bySite, 'factors-no-start'],
    ['no date', outages, 'lieu;temperature\nNord;1\nSud;2', 'factors-no-date'],
    ['nothing but dates', outages, 'jour;lieu\n2020-01-01;Nord\n2020-01-01;Sud', 'factors-no-values'],
    ['a constant', outages, 'jour;t\n2020-01-01;1\n2020-01-02;1', 'factors-no-values'],
  ])('says what is missing: %s', async (_, ours, theirs, code) => {
    await expect(join(ours, theirs)).rejects.toMatchObject({ code });
  });

  it('says which columns there are where a choice names none of them', async () => {
    await expect(join(outages, bySite, { date: 'quand' })).rejects.toMatchObject({ code: 'unknown-column' });
    await expect(join(outages, bySite, { date: 'lieu' })).rejects.toMatchObject({ code: 'factors-no-date' });
    const key = { outages: 'site', factors: 'station' };
    await expect(join(outages, bySite, { key })).rejects.toMatchObject({
      details: { column: 'station', columns: ['lieu', 'alerte'] },
    });
  });

  it('reads a file of another dialect, of one row, of other years, and with dates that are none', async () => {
    const american = [
      'Day,Site,Temp',
      ...days.map((day, i) => `${day.replaceAll('-', '/')},nord,"1,00${i % 10}.5"`),
    ].join('\r\n');
    expect(
      (await join(outages, american, { key: { outages: 'site', factors: 'Site' } })).values(
        'Temp [at-start]',
      )?.[0],
    ).toBe(1009.5);
    const later = ['jour;t', '2030-01-01;1', '2030-01-02;2'].join('\n');
    expect((await join(outages, later)).match).toMatchObject({ nMatched: 0, nOutside: 5 });
    const holed = ['jour;t', '2020-01-09;1', ';5', '2020-01-10;2', ';7'].join('\n');
    expect((await join(outages, holed)).match).toMatchObject({ nMatched: 3, nUnplaced: 2 });
  });
});

describe('what may be read', () => {
  const firstDay = Date.UTC(2015, 0, 1);
  const factorsOf = (
    hours: readonly number[],
    cells: readonly number[],
    labels: readonly number[],
  ): Table => ({
    nRows: hours.length,
    columns: [
      {
        type: 'date',
        name: 'd',
        hasTime: true,
        values: Float64Array.from(hours, (hour) => firstDay + hour * 3_600_000),
      },
      { type: 'number', name: 'x', values: Float64Array.from(cells) },
      { type: 'category', name: 'k', codes: Int32Array.from(labels), categories: ['A', 'B'] },
    ],
  });
  const plan: FactorPlan = {
    file: 'f',
    start: 's',
    date: 'd',
    key: { outages: 'u', factors: 'k' },
    maxAgeDays: 2,
    values: [
      { column: 'x0', factor: 'x', part: 'at-start', days: 0 },
      ...(['mean', 'min', 'max', 'sum'] as const).map((part) => ({
        column: part,
        factor: 'x',
        part,
        days: 7,
      })),
    ],
  };
  const bitsOf = (columns: readonly Column[]) =>
    columns.map((column) => (column.type === 'category' ? [] : Array.from(column.values)));
  const world = fc.record({
    rows: fc.array(
      fc.record({
        hour: fc.integer({ min: 0, max: 24 * 900 }),
        cell: fc.double({ min: -50, max: 50, noNaN: true }),
        label: fc.integer({ min: -1, max: 1 }),
      }),
      { minLength: 1, maxLength: 120 },
    ),
    byDay: fc.boolean(),
    start: fc.integer({ min: 0, max: 24 * 1000 }),
    unit: fc.integer({ min: 0, max: 1 }),
    lead: fc.integer({ min: 0, max: 400 }),
    change: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  });

  it('is nothing after the start, nor, of what is usual, at or after the announcement: later values change no bit', () => {
    fc.assert(
      fc.property(world, ({ rows, byDay, start, unit, lead, change }) => {
        const hours = rows.map(({ hour }) => (byDay ? 24 * Math.floor(hour / 24) : hour));
        const startAt = firstDay + start * 3_600_000;
        const outage: Table = {
          nRows: 1,
          columns: [
            { type: 'date', name: 's', hasTime: true, values: Float64Array.of(startAt) },
            { type: 'category', name: 'u', codes: Int32Array.of(unit), categories: ['a', 'b'] },
          ],
        };
        const labels = rows.map(({ label }) => label);
        const readAll = (isChanged: (at: number) => boolean) => {
          const cells = rows.map(({ cell }, i) =>
            isChanged(firstDay + (hours[i] ?? 0) * 3_600_000) ? change : cell,
          );
          const factors = factorsOf(hours, cells, labels);
          const index = indexFactors(factors, plan);
          const climatology = buildClimatology(index, factors, ['a', 'b']);
          return {
            joined: bitsOf(joinFactors(factors, index, outage).columns),
            usual: bitsOf(buildUsualColumns(climatology, plan, outage, lead)),
          };
        };
        const before = readAll(() => false);
        expect(readAll((at) => at > startAt).joined).toEqual(before.joined);
        expect(readAll((at) => at >= startAt - lead * MS_PER_DAY).usual).toEqual(before.usual);
        // Windows end before the start, and before its day where rows tell of days.
        const open = byDay ? startAt - (startAt % MS_PER_DAY) : startAt;
        expect(readAll((at) => at >= open).joined.slice(1)).toEqual(before.joined.slice(1));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is usual', () => {
  it('is the mean of the month in the years before, of those that were over by then', async () => {
    const monthly = [
      'mois;t',
      '2017-03-15;1',
      '2018-03-15;3',
      '2019-03-15;8',
      '2020-03-15;100',
      '2019-04-15;50',
    ].join('\n');
    const starts = await read(
      ['debut;duree (jours)', '2020-03-20;1', '2018-03-02;1', '2017-03-20;1', '2020-12-31;2'].join('\n'),
    );
    const factors = await read(monthly);
    const asked = proposeFactors(starts, guessRoles(starts), { name: 'f', table: factors });
    const atStart = { ...asked, values: asked.values.slice(0, 1) };
    const climatology = buildClimatology(indexFactors(factors, atStart), factors, ['']);
    const usual = (lead: number) =>
      Array.from(buildUsualColumns(climatology, atStart, starts, lead)[0]?.values ?? []);
    expect(usual(0)).toEqual([4, 1, NaN, NaN]);
    // March 2019 was not over 360 days before 20 March 2020.
    expect(usual(360)).toEqual([2, NaN, NaN, NaN]);
  });
});

describe('a large second file', () => {
  it('of 500,000 rows is joined and summed up within seconds', () => {
    const nRows = 500_000;
    const nLabels = 20;
    const day = (row: number) => Math.floor(row / nLabels);
    const factors: Table = {
      nRows,
      columns: [
        {
          type: 'date',
          name: 'd',
          hasTime: false,
          values: Float64Array.from({ length: nRows }, (_, row) => day(row) * MS_PER_DAY),
        },
        { type: 'number', name: 'x', values: Float64Array.from({ length: nRows }, (_, row) => row % 97) },
        {
          type: 'category',
          name: 'k',
          codes: Int32Array.from({ length: nRows }, (_, row) => row % nLabels),
          categories: Array.from({ length: nLabels }, (_, i) => `s${i}`),
        },
      ],
    };
    const outages: Table = {
      nRows: 5000,
      columns: [
        {
          type: 'date',
          name: 'debut',
          hasTime: false,
          values: Float64Array.from({ length: 5000 }, (_, row) => (1000 + 4 * row) * MS_PER_DAY),
        },
        {
          type: 'category',
          name: 'site',
          codes: Int32Array.from({ length: 5000 }, (_, row) => row % nLabels),
          categories: Array.from({ length: nLabels }, (_, i) => `S${i}`),
        },
        { type: 'number', name: 'duree', values: Float64Array.from({ length: 5000 }, (_, row) => row % 7) },
      ],
    };
    const startedAt = performance.now();
    const asked = proposeFactors(outages, guessRoles(outages), { name: 'f', table: factors });
    const index = indexFactors(factors, asked);
    const { match } = joinFactors(factors, index, outages);
    buildClimatology(index, factors, listOutageLabels(outages, asked));
    expect(match).toMatchObject({ nMatched: 5000, nMerged: 0 });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});
