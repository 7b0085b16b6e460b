import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { runMain as run } from './testing/run-main.ts';

let folder: string;
let path: string;
let model: string;

const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
const MS = 86_400_000;

/** Outages of a year that last some 20 days, of which those that reach December have no end; the first has lost its own. */
function writeFleet(): string {
  const rng = createRng(4);
  const from = Date.UTC(2024, 0, 1);
  const last = from + 340 * MS;
  const rows = Array.from({ length: 150 }, (_, i) => {
    const start = from + Math.floor((i * 330) / 150) * MS;
    const end = start + Math.ceil(-20 * Math.log(1 - rng.nextFloat())) * MS;
    return `U${i % 50},${rng.nextBelow(30)},${day(start)},${end > last || i === 0 ? '' : day(end)},${i % 40}`;
  });
  return ['unit,crew,start,end,lasted', ...rows].join('\n');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-under-way-'));
  path = join(folder, 'fleet.csv');
  model = join(folder, 'm.json');
  await writeFile(path, writeFleet());
});
afterAll(() => rm(folder, { recursive: true }));

const asked = [
  '--start',
  'start',
  '--end',
  'end',
  '--drop',
  'lasted',
  '--horizon',
  'start',
  '--folds',
  '3',
  '--workers',
  '1',
];

describe('outages under way', () => {
  it('are learnt from, and said; one whose unit went on is not among them', async () => {
    const { code, out, error } = await run('train', path, ...asked, '--json', '--model-out', model);
    expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
    const { rows, underWay } = JSON.parse(out) as {
      rows: { read: number; kept: number; setAside: number };
      underWay: { n: number; asOf: string; p80: { alone: number; together: number } };
    };
    expect(underWay.n).toBeGreaterThan(2);
    expect(rows).toMatchObject({ setAside: 1, kept: 150 - 1 - underWay.n });
    expect(underWay.p80.together).toBeGreaterThanOrEqual(underWay.p80.alone);
    expect(error).toContain(`${underWay.n} outages under way on`);
    expect(error).toContain('begun another outage since');
  });

  it('are those of the day that is named; a day to come, or none, is refused before anything is read', async () => {
    const { out, error } = await run('train', path, ...asked, '--as-of', '30/06/2024', '--json');
    const { underWay } = JSON.parse(out) as { underWay: { asOf: string } };
    expect(underWay.asOf).toContain('2024-06-30');
    expect(error).toContain('30 Jun 2024');
    for (const date of ['soon', '2999-01-01']) {
      const refused = await run('train', path, ...asked, '--as-of', date);
      expect(refused.code).toBe(2);
      expect(refused.error).toContain('--as-of');
    }
  });

  it('are told how much longer: time left and days of the end, never a sooner one for a higher level', async () => {
    const { code, out, error } = await run('predict', model, path, '--elapsed', '10');
    expect(code).toBe(0);
    expect(error).toContain('Time left asked of 150 rows.');
    const [header = '', first = ''] = out.trim().split('\r\n');
    const names = header.split(',');
    const cells = first.split(',');
    const cellOf = (end: string) => cells[names.findIndex((name) => name.endsWith(end))] ?? '';
    const [p50, p80, p90] = ['(remaining P50)', '(remaining P80)', '(remaining P90)'].map((each) =>
      Number(cellOf(each)),
    );
    expect(p50).toBeGreaterThan(0);
    expect(p80).toBeGreaterThanOrEqual(p50 ?? NaN);
    expect(p90).toBeGreaterThanOrEqual(p80 ?? NaN);
    const end = Date.parse(`${cellOf('(end P80)').slice(0, 10)}T00:00Z`);
    expect(Math.abs((end - Date.UTC(2024, 0, 1)) / MS - 10 - (p80 ?? NaN))).toBeLessThanOrEqual(1);
    expect(names.at(-1)).toBe('learnt');
  });

  it('are asked by a column of their own; where too few lasted as long there is no answer, and it is said', async () => {
    const { out, error } = await run('predict', model, path, '--elapsed-column', 'lasted');
    const [header = '', ...lines] = out.trim().split('\r\n');
    const p80 = header.split(',').findIndex((name) => name.endsWith('(remaining P80)'));
    expect(new Set(lines.map((line) => line.split(',')[p80])).size).toBeGreaterThan(20);
    expect(error).toContain('Time left asked');
    const beyond = await run('predict', model, path, '--elapsed', '5000');
    expect(beyond.error).toContain('150 have no P80');
  });

  it.each([
    [['--elapsed-column', 'nobody'], 3, 'unknown-column'],
    [['--elapsed-column', 'unit'], 3, 'elapsed-not-a-number'],
    [['--elapsed', '-1'], 2, '--elapsed'],
    [['--elapsed', '1', '--elapsed-column', 'lasted'], 2, 'exclude'],
  ] as const)('are refused a time that is none: %j', async (options, code, said) => {
    const refused = await run('predict', model, path, ...options);
    expect(refused.code).toBe(code);
    expect(refused.error).toContain(said);
  });
});
