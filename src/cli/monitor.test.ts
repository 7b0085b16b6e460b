import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLedger } from '#monitoring/ledger-file.ts';
import { runMain } from './testing/run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'tranche-monitor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

interface Told {
  readonly asOf: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly joins: Readonly<Record<string, number>> & {
    readonly conflicts: readonly { readonly reason: string }[];
    readonly unknown: readonly { readonly unit: string }[];
  };
  readonly coverage: { readonly p80: { readonly n: number } };
  readonly calibration: unknown;
  readonly alarms: readonly { readonly kind: string; readonly column?: string; readonly sentence: string }[];
  readonly drift: readonly { readonly column: string; readonly status: string }[];
  readonly announcements: readonly {
    readonly unit: string;
    readonly state: string;
    readonly duration: number;
  }[];
}

/** Rows of the made-up fleet, the header first. */
let header = '';
let rows: readonly string[] = [];
const cellsOf = (row: string) => row.split(',');
const at = (name: string) => cellsOf(header).indexOf(name);
const column = { start: 'Date de début', end: 'Date de fin', duration: 'Durée (jours)' };
const write = (name: string, lines: readonly string[], head = header) => {
  writeFileSync(path(name), [head, ...lines].join('\n'));
  return path(name);
};
const replace = (row: string, name: string, value: string) => cellsOf(row).with(at(name), value).join(',');
const isAfter = (row: string) => (cellsOf(row)[at(column.start)] ?? '') > '2018';
const small = ['--no-past', '--folds', '2', '--workers', '1', '--horizon', 'start'];

async function monitor(...args: readonly string[]): Promise<Told> {
  const { code, out, error } = await runMain('monitor', ...args, '--json');
  expect(`${code} ${code === 0 ? '' : error}`).toBe('0 ');
  return JSON.parse(out) as Told;
}

beforeAll(async () => {
  await runMain('generate', '--kind', 'fleet', '--units', '9', '--years', '8', '--out', path('fleet.csv'));
  const [first = '', ...rest] = readFileSync(path('fleet.csv'), 'utf8').trim().split(/\r?\n/u);
  header = first.replace('\uFEFF', '');
  // Ends follow from starts and durations: only the latter are kept.
  rows = rest.map((row) => replace(row, column.end, ''));
  const replayed = await runMain(
    'monitor',
    '--replay',
    write('all.csv', rows),
    '--train-to',
    '2017',
    ...small,
    '--ledger-out',
    path('replayed.json'),
    '--model-out',
    path('model.json'),
  );
  if (replayed.code !== 0) throw new Error(replayed.error);
  const file = write(
    'to-come.csv',
    rows.filter(isAfter).map((row) => replace(row, column.duration, '')),
  );
  const announced = await runMain('predict', path('model.json'), file, '--announce', path('ledger.json'));
  if (announced.code !== 0) throw new Error(announced.error);
}, 60_000);

describe('a ledger on the command line', () => {
  it('says of each outage what predict says, and takes an announcement once', async () => {
    const before = readFileSync(path('ledger.json'), 'utf8');
    const again = await runMain(
      'predict',
      path('model.json'),
      path('to-come.csv'),
      '--announce',
      path('ledger.json'),
    );
    expect(readFileSync(path('ledger.json'), 'utf8')).toBe(before);
    expect(again.error).toContain('were there already');
    const table = again.out.trim().split(/\r?\n/u).map(cellsOf);
    const p80 = table[0]?.indexOf('Durée (jours) (P80)') ?? -1;
    const announced = readLedger(before).filter((event) => event.kind === 'announced');
    const kept = announced.map(({ levels }) => levels[16] ?? null);
    const told = table.slice(1).map((row) => (row[p80] === '' ? null : Number(row[p80])));
    expect(kept.length).toBe(told.length);
    kept.forEach((level, i) => expect(level ?? NaN).toBeCloseTo(told[i] ?? NaN, 6));
  });

  it('tells the same whatever the order of the rows, the unit of the durations and the replay', async () => {
    const plain = await monitor(path('ledger.json'), write('ends.csv', rows));
    const { announcements: _, ...told } = plain;
    const shuffled = await monitor(path('ledger.json'), write('ends.csv', rows.toReversed()));
    expect({ ...shuffled, announcements: _ }).toEqual({ ...told, announcements: _ });
    const hours = rows.map((row) =>
      replace(row, column.duration, String(Number(cellsOf(row)[at(column.duration)]) * 24)),
    );
    const inHours = write('hours.csv', hours, header.replace(column.duration, 'Durée (heures)'));
    const asHours = await monitor(path('ledger.json'), inHours);
    expect(asHours.coverage).toEqual(told.coverage);
    expect(asHours.calibration).toEqual(told.calibration);
    // Nothing says the unit here: neither a name nor an end.
    const silent = write('silent.csv', hours, header.replace(column.duration, 'Durée'));
    expect((await monitor(path('ledger.json'), silent)).coverage).toEqual(told.coverage);
    const replayed = await monitor(path('replayed.json'), path('ends.csv'));
    expect(replayed.coverage).toEqual(told.coverage);
    expect(plain.counts['ended']).toBe(rows.filter(isAfter).length);
  });

  it('tells duplicates, contradictions, outages under way and those that nobody announced', async () => {
    const after = rows.filter(isAfter);
    const [first = '', second = '', third = '', ...rest] = after;
    const lines = [
      first,
      first,
      second,
      replace(second, column.duration, '999'),
      replace(third, column.duration, ''),
      ...rest,
      replace(first, 'Tranche', 'Nulle part 1'),
    ];
    const told = await monitor(path('ledger.json'), write('messy.csv', lines), '--as-of', '2020-12-31');
    expect(told.joins['duplicates']).toBe(2);
    expect(told.joins.conflicts.map(({ reason }) => reason)).toEqual(['outcomes-differ']);
    expect(told.joins.unknown.map(({ unit }) => unit)).toEqual(['Nulle part 1']);
    expect(told.counts['conflict']).toBe(1);
    expect((told.counts['running'] ?? 0) + (told.counts['unknown'] ?? 0)).toBe(1);
  });

  it('announces no outage that the model has learnt, and refuses what is no ledger before any work', async () => {
    const learnt = await runMain(
      'predict',
      path('model.json'),
      write(
        'past.csv',
        rows.filter((row) => !isAfter(row)),
      ),
      '--announce',
      path('none.json'),
    );
    expect(learnt.code).toBe(0);
    writeFileSync(path('other.json'), '{"format":"x"}');
    const refused = await runMain(
      'predict',
      path('model.json'),
      path('past.csv'),
      '--announce',
      path('other.json'),
    );
    expect(refused.code).toBe(3);
    expect(refused.error).toContain('ledger-invalid');
    expect(readFileSync(path('other.json'), 'utf8')).toBe('{"format":"x"}');
    const keyless = write('keyless.csv', ['1', '2'], 'x');
    expect((await runMain('monitor', path('ledger.json'), keyless)).error).toContain('outcomes-no-key');
  });

  it('speaks both languages, and says what is wrong with a call', async () => {
    const french = await runMain('monitor', path('ledger.json'), path('ends.csv'), '--language', 'fr');
    expect(french.out).toContain('Niveaux tenus');
    expect(french.out).not.toMatch(/followUp\.|NaN|undefined/u);
    const english = await runMain('monitor', path('ledger.json'), path('ends.csv'));
    expect(english.out).toContain('Levels kept');
    expect(english.out).not.toMatch(/followUp\.|NaN|undefined/u);
    expect((await runMain('monitor', '--replay', path('all.csv'))).error).toContain('--train-to');
    expect((await runMain('monitor', path('ledger.json'))).code).toBe(2);
  });
});

describe('a replayed file', () => {
  it('announces nothing that was not known on the day', async () => {
    const changed = rows.map((row) => {
      const [start, days] = [cellsOf(row)[at(column.start)] ?? '', cellsOf(row)[at(column.duration)] ?? ''];
      const isOver = Date.parse(start.replace(' ', 'T')) + Number(days) * 86_400_000 < Date.UTC(2018, 0, 1);
      return isOver ? row : replace(row, column.duration, String(Number(days) * 3 + 400));
    });
    const args = ['--replay', write('changed.csv', changed), '--train-to', '2017', ...small];
    const told = await monitor(...args, '--ledger-out', path('changed.json'));
    const announced = (name: string) =>
      readLedger(readFileSync(path(name), 'utf8')).flatMap((event) =>
        event.kind === 'announced' ? [[event.outage, event.levels, event.value]] : [],
      );
    expect(announced('changed.json')).toEqual(announced('replayed.json'));
    expect(
      told.alarms.some(({ kind, sentence }) => kind === 'calibration' && sentence.includes('later')),
    ).toBe(true);
  }, 60_000);
});
