import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createByteSource } from '../csv/byte-source.ts';
import { readTable } from '../csv/read-table.ts';
import { guessRoles } from '../guess-roles.ts';
import { prepareOutages } from '../outages.ts';
import { MS_PER_DAY } from '../dates.ts';
import { type DateColumn, findColumn, selectRows, type Table } from '../table.ts';
import { addHistory, buildHistoryColumns } from './add-history.ts';
import { indexHistory } from './history-index.ts';
import { chooseLeadDays } from './choose-lead.ts';
import { findLongThreshold } from './long-threshold.ts';
import { parseHistory } from './parse-history.ts';

const path = new URL('../../../../shared/data/arrets_tranche_2011_2023.csv', import.meta.url);
const now = Date.UTC(2024, 0, 1);

async function read(bytes: Uint8Array): Promise<Table> {
  return (await readTable(createByteSource('outages.csv', bytes), {}, createSilentContext())).table;
}

function addTo(table: Table) {
  const roles = guessRoles(table);
  return addHistory(table, roles, prepareOutages(table, roles, { now }));
}

const csv = [
  'unit;site;start;end;duration (days)',
  'A1;A;2020-01-01;2020-01-11;10',
  'A1;A;2020-06-01;2020-06-04;3',
  'A2;A;2020-06-02;;',
  'A2;A;2020-03-01;2020-03-21;20',
  'A1;A;2021-01-01;2021-01-02;1',
  'A2;A;2021-02-01;2021-02-08;7',
].join('\n');

describe('addHistory', () => {
  it('tells each outage its unit’s past, with the ongoing ones of the fleet under way', async () => {
    const outcome = addTo(await read(new TextEncoder().encode(csv)))!;
    const values = (name: string) =>
      Array.from(outcome.columns.find((column) => column.name === name)!.values);
    expect(values('unit [past-count]')).toEqual([0, 1, 0, 2, 1]);
    expect(values('unit [previous-duration]')).toEqual([NaN, 10, NaN, 3, 20]);
    expect(values('unit [days-since-last]')).toEqual([NaN, 142, NaN, 211, 317]);
    expect(values('start [under-way]')).toEqual([0, 0, 0, 1, 1]);
    expect(outcome.history.plan.features.map(({ feature }) => feature)).toEqual(
      outcome.columns.map(({ name }) => name),
    );
  });

  it('has nothing to say of a file without dates', async () => {
    const outcome = addTo(await read(new TextEncoder().encode('type;durée (jours)\na;1\nb;2\na;3\n')));
    expect(outcome).toBeNull();
  });
});

describe.skipIf(!existsSync(path))('the French shutdowns (skipped without ../shared/data)', () => {
  it('parts long from short near 18 days and gives the training rows what a stored history gives later', async () => {
    const table = await read(readFileSync(path));
    const outcome = addTo(table)!;
    expect(outcome.history.plan.columns).toEqual(['tranche', 'site', 'palier']);
    expect(outcome.history.plan.longThreshold).toBeGreaterThan(15);
    expect(outcome.history.plan.longThreshold).toBeLessThan(25);
    const stored = parseHistory(JSON.parse(JSON.stringify(outcome.history)));
    expect(stored).toEqual(outcome.history);
    const rows = Array.from({ length: table.nRows }, (_, i) => table.nRows - 1 - i);
    const later = buildHistoryColumns(indexHistory(stored), selectRows(table, rows));
    later.forEach((column, i) => expect(column.values.toReversed()).toEqual(outcome.columns[i]!.values));
  });

  it('finds nearly the same threshold from the outages known at any New Year', async () => {
    const table = await read(readFileSync(path));
    const { target, start } = prepareOutages(table, guessRoles(table), { now });
    for (let year = 2013; year <= 2023; year++) {
      const threshold = findLongThreshold(target.filter((_, i) => start![i]! < Date.UTC(year, 0)));
      expect(threshold).toBeGreaterThan(16);
      expect(threshold).toBeLessThan(21);
    }
  });

  it('agrees with the file’s own columns on what came before', async () => {
    const table = await read(readFileSync(path));
    const { columns } = addTo(table)!;
    const shareOfAgreement = (ours: string, theirs: string, tolerance: number) => {
      const a = columns.find((column) => column.name === ours)!.values;
      const b = table.columns.find((column) => column.name === theirs)!;
      if (b.type === 'category') return 0;
      const known = [...a.keys()].filter((row) => !Number.isNaN(a[row]) && !Number.isNaN(b.values[row]));
      const close = known.filter((row) => Math.abs(a[row]! - b.values[row]!) <= tolerance);
      expect(known.length).toBeGreaterThan(1900);
      return close.length / known.length;
    };
    // The file's figures were made from hourly output of all stops; rounding, and stops under 24 h, part them.
    expect(
      shareOfAgreement('tranche [previous-duration]', 'duree_arret_precedent_jours', 0.06),
    ).toBeGreaterThan(0.97);
    expect(
      shareOfAgreement('tranche [days-since-last]', 'jours_depuis_arret_precedent', 0.6),
    ).toBeGreaterThan(0.97);
  });
});

describe('a past cut before the start', () => {
  it('is the same in asking that day as it was in training, bit for bit, and keeps its lead with the model', async () => {
    const table = await read(new TextEncoder().encode(csv));
    const roles = guessRoles(table);
    const set = prepareOutages(table, roles, { now });
    const { history, columns } = addHistory(table, roles, set, 90)!;
    const index = indexHistory(parseHistory(JSON.parse(JSON.stringify(history))));
    expect(index.plan.leadDays).toBe(90);
    const starts = findColumn(table, 'start') as DateColumn;
    for (const [i, row] of set.rows.entries()) {
      const askedOn = starts.values[row]! - 90 * MS_PER_DAY;
      const asked = buildHistoryColumns(index, selectRows(table, [row]), askedOn);
      expect(asked.map(({ values }) => values[0])).toEqual(columns.map(({ values }) => values[i]));
      // A past outage is answered as it would have been then, however late one asks.
      const later = buildHistoryColumns(index, selectRows(table, [row]), now);
      expect(later.map(({ values }) => values[0])).toEqual(columns.map(({ values }) => values[i]));
    }
  });

  it('takes medians and counts alone where the file spans less than two years', async () => {
    const table = await read(new TextEncoder().encode(csv));
    expect(chooseLeadDays((findColumn(table, 'start') as DateColumn).values)).toBe(49);
    const { history } = addHistory(
      table,
      guessRoles(table),
      prepareOutages(table, guessRoles(table), { now }),
      49,
    )!;
    const parts = new Set(history.plan.features.map(({ part }) => part));
    expect([...parts].toSorted()).toEqual(['past-count', 'past-median', 'under-way', 'week']);
  });
});

describe('parseHistory', () => {
  it('refuses lists that do not fit together, saying where', async () => {
    const { history } = addTo(await read(new TextEncoder().encode(csv)))!;
    expect(parseHistory(history)).toEqual(history);
    const spoilt: unknown[] = [
      null,
      { ...history, version: 2 },
      { ...history, ends: history.ends.slice(1) },
      {
        ...history,
        columns: history.columns.map((column) => ({ ...column, codes: column.codes.map(() => 99) })),
      },
      { ...history, starts: [...history.starts.slice(1), Infinity] },
      { ...history, surprise: 1 },
      {
        ...history,
        plan: { ...history.plan, features: [{ feature: 'x', column: 'unit', group: 9, part: 'past-count' }] },
      },
    ];
    for (const value of spoilt) {
      expect(() => parseHistory(value)).toThrow(expect.objectContaining({ code: 'model-file-invalid' }));
    }
  });
});
