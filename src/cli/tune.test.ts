import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain as run } from './testing/run-main.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-tune-'));
  file = join(folder, 'sample.csv');
  await run('generate', '--out', file, '--rows', '120');
});
afterAll(() => rm(folder, { recursive: true }));

interface Report {
  readonly chosen: string;
  readonly best: {
    readonly settings: { readonly hyperparameters: Record<string, unknown> };
    readonly mae: number;
  };
  readonly default: { readonly mae: number };
  readonly outer: { readonly n: number };
  readonly n: number;
  readonly trials: readonly {
    readonly settings: Record<string, unknown>;
    readonly mae: number;
    readonly seconds: number;
  }[];
  readonly stopReason: string;
}

const small = ['--target', 'Durée', '--workers', '1', '--folds', '2'] as const;

async function tune(...argv: readonly string[]): Promise<Report> {
  const { code, out, error } = await run('tune', file, ...small, ...argv, '--json');
  expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
  return JSON.parse(out) as Report;
}

const grid = { maxDepth: [1, 3], learningRate: [0.1, 0.3] };

describe('tune', () => {
  it('looks through a grid, keeps its steps, goes on from them, and hands over what train takes', async () => {
    const space = join(folder, 'space.json');
    await writeFile(space, JSON.stringify(grid));
    const log = join(folder, 'log.jsonl');
    const settings = join(folder, 'settings.json');
    const asked = [
      '--method',
      'grid',
      '--space',
      space,
      '--resume',
      log,
      '--settings-out',
      settings,
    ] as const;
    const first = await tune(...asked);
    expect(first.stopReason).toBe('exhausted');
    expect(first.trials.map(({ settings: tried }) => tried)).toEqual(
      expect.arrayContaining(
        grid.maxDepth.flatMap((maxDepth) =>
          grid.learningRate.map((learningRate) => ({ maxDepth, learningRate })),
        ),
      ),
    );
    expect(first.n + first.outer.n).toBe(120);

    // Killed half-way through a line: the rest is done again, to the same figures.
    const text = await readFile(log, 'utf8');
    await writeFile(log, text.slice(0, Math.floor(text.length / 2)));
    const again = await tune(...asked);
    const figures = ({ trials }: Report) => trials.map((trial) => ({ ...trial, seconds: 0 }));
    expect(figures(again)).toEqual(figures(first));
    expect(await readFile(log, 'utf8')).toBe(text);

    const trained = await run('train', file, ...small, '--settings', settings, '--json');
    expect(trained.code).toBe(0);
    expect(JSON.parse(trained.out)).toHaveProperty('chosen');
  });

  it.each([
    ['an empty range', '{"learningRate": {"min": 0.2, "max": 0.1}}', 'invalid-setting'],
    [
      'a single configuration',
      '{"maxDepth": [3], "learningRate": [0.1], "model": ["gradient-boosting"], "init": ["mean"], "scale": ["identity"], "minSamplesLeaf": [3], "l2Regularization": [1], "subsample": [1], "columnSubsample": [1], "forest.minSamplesLeaf": [3], "forest.subsample": [1], "forest.columnSubsample": [1]}',
      'invalid-setting',
    ],
    ['a setting that does not exist', '{"magic": [1, 2]}', 'invalid-setting'],
    ['no object', '[1]', 'usage'],
    ['no JSON', '{', 'usage'],
  ])('refuses %s with a sentence', async (_what, space, code) => {
    const path = join(folder, 'bad.json');
    await writeFile(path, space);
    const refused = await run('tune', file, ...small, '--space', path);
    expect(refused.code).toBe(2);
    expect(refused.error).toContain(code);
    expect(refused.out).toBe('');
  });

  it.each([
    [['--trials', '0']],
    [['--minutes', '0']],
    [['--minutes', '-3']],
    [['--method', 'magic']],
    [['--preset', 'reference']],
  ])('refuses %j', async (options) => {
    expect((await run('tune', file, ...small, ...options)).code).toBe(2);
  });

  it('refuses twelve outages, and a log of something else', async () => {
    const few = join(folder, 'few.csv');
    await writeFile(
      few,
      `type;durée\n${Array.from({ length: 12 }, (_, i) => `${'ABC'[i % 3]};${i + 1}`).join('\n')}\n`,
    );
    const refused = await run('tune', few, '--target', 'durée', '--workers', '1');
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.error).toContain('too-few-rows');
    const other = join(folder, 'other.jsonl');
    await writeFile(other, '{"kind":"begun","study":"x"}\n');
    expect((await run('tune', file, ...small, '--resume', other)).code).toBe(2);
    await writeFile(other, 'not a log\n');
    expect((await run('tune', file, ...small, '--resume', other)).code).toBe(2);
  });
});
