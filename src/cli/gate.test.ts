import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { runMain as run } from './testing/run-main.ts';

const MS = 86_400_000;
const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** Outages one a day: 5 days and 2 more for each point of difficulty. */
function writeOutages(
  from: number,
  to: number,
  change: (cells: string[], i: number) => string[] = (c) => c,
): string {
  const rng = createRng(9);
  const rows = Array.from({ length: to }, (_, i) => {
    const difficulty = rng.nextBelow(10);
    const duration = 5 + 2 * difficulty + rng.nextBelow(3);
    const start = Date.UTC(2023, 0, 1) + i * MS;
    const cells = [
      `U${i % 25}`,
      String(difficulty),
      day(start),
      day(start + duration * MS),
      String(duration),
    ];
    return i < from ? null : change(cells, i).join(',');
  });
  return ['unit,difficulty,start,end,duration', ...rows.filter((row) => row !== null)].join('\n');
}

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-gate-'));
  // What the old model was told of difficulties was made up.
  const blind = (cells: string[], i: number) => [cells[0] ?? '', String((i * 7) % 10), ...cells.slice(2)];
  await writeFile(at('old.csv'), writeOutages(0, 80, blind));
  await writeFile(at('new.csv'), writeOutages(0, 100));
  for (const name of ['old', 'new']) {
    const options = [
      '--target',
      'duration',
      '--folds',
      '3',
      '--workers',
      '1',
      '--horizon',
      'start',
      '--keep',
      'difficulty',
    ];
    const { code, error } = await run(
      'train',
      at(`${name}.csv`),
      ...options,
      '--model-out',
      at(`${name}.json`),
    );
    if (code !== 0) throw new Error(error);
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

interface GateJson {
  readonly deploy: boolean;
  readonly verdict: string;
  readonly n: number;
  readonly new_perf: { readonly mae: number; readonly mse: number } | null;
  readonly old_perf: { readonly mae: number; readonly mse: number } | null;
  readonly rows: Readonly<Record<string, number>>;
}

async function gate(models: readonly [string, string], text: string, ...options: readonly string[]) {
  await writeFile(at('file.csv'), text);
  const [old, challenger] = models.map((name) => at(`${name}.json`));
  const answer = await run('gate', old ?? '', challenger ?? '', at('file.csv'), '--json', ...options);
  return { ...answer, json: (answer.code === 0 ? JSON.parse(answer.out) : null) as GateJson | null };
}

describe('gate', () => {
  it('lets a better model pass, with both errors of both, and the same by the same seed', async () => {
    const { json, error, out } = await gate(['old', 'new'], writeOutages(100, 180));
    expect(json).toMatchObject({ deploy: true, verdict: 'proven-better', n: 80 });
    expect(json?.new_perf?.mae).toBeLessThan(json?.old_perf?.mae ?? 0);
    expect(json?.new_perf?.mse).toBeLessThan(json?.old_perf?.mse ?? 0);
    expect(error).toContain('proven');
    expect((await gate(['old', 'new'], writeOutages(100, 180))).out).toBe(out);
  });

  it('keeps the champion where the challenger is equal, or worse', async () => {
    const text = writeOutages(100, 180);
    expect((await gate(['new', 'new'], text)).json).toMatchObject({ deploy: false, verdict: 'not-better' });
    expect((await gate(['new', 'old'], text)).json).toMatchObject({ deploy: false, verdict: 'not-better' });
  });

  it('refuses outages that a model was trained on, and judges by the others where it is told to', async () => {
    const planted = writeOutages(95, 180, (cells) => [cells[0]?.toLowerCase() ?? '', ...cells.slice(1)]);
    const refused = await gate(['old', 'new'], planted, '--language', 'fr');
    expect(refused.json).toMatchObject({ deploy: false, verdict: 'overlap', rows: { learntByNew: 5 } });
    expect(refused.error).toContain('5 arrêts du fichier ont servi');
    const rest = await gate(['old', 'new'], planted, '--without-learnt');
    expect(rest.json).toMatchObject({ verdict: 'proven-better', n: 80 });
  });

  it('says nothing of nine outages, and leaves those under way aside', async () => {
    expect((await gate(['old', 'new'], writeOutages(100, 109))).json).toMatchObject({
      deploy: false,
      verdict: 'too-few',
    });
    const running = writeOutages(100, 180, (cells, i) => (i >= 170 ? [...cells.slice(0, 3), '', ''] : cells));
    expect((await gate(['old', 'new'], running)).json).toMatchObject({ n: 70, rows: { underWay: 10 } });
  });

  it('counts an outage once, however often the file tells it', async () => {
    const text = writeOutages(100, 112);
    const again = `${text}\n${text.split('\n').slice(1).join('\n')}`;
    expect((await gate(['old', 'new'], again)).json).toMatchObject({ n: 12, rows: { repeated: 12 } });
  });

  it('takes hours for hours where the dates tell, and refuses other targets', async () => {
    const inDays = await gate(['old', 'new'], writeOutages(100, 180));
    const hours = writeOutages(100, 180, (cells) => [...cells.slice(0, 4), String(24 * Number(cells[4]))]);
    expect((await gate(['old', 'new'], hours)).json?.new_perf?.mae).toBeCloseTo(
      inDays.json?.new_perf?.mae ?? 0,
      9,
    );
    const { code, error } = await gate(
      ['old', 'new'],
      writeOutages(100, 180).replace('end,duration', 'over,other'),
    );
    expect(code).toBe(3);
    expect(error).toContain('no-target');
  });
});
