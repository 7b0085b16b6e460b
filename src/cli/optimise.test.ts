import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main.ts';

const LEVERS = join(import.meta.dirname, 'examples/levers.json');

interface Answer {
  readonly status: string;
  readonly value: number;
  readonly bound: number;
  readonly plan: {
    readonly cells: Readonly<Record<string, number | string>>;
    readonly p80: number;
    readonly changed: string[];
  };
  readonly base: { readonly p80: number; readonly cells: Readonly<Record<string, number | string>> };
  readonly front: readonly { readonly leverCost: number; readonly p80: number }[];
}

let folder = '';
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-optimise-'));
  await runMain('generate', '--out', path('s.csv'), '--rows', '120', '--seed', '3');
  await runMain('train', path('s.csv'), '--target', 'Durée', '--model-out', path('m.json'));
  const known = { Type_Maintenance: 'corrective', Complexité: 9, Effectif: 20, Ressources_Disponibles: 0.5 };
  await writeFile(path('case.json'), JSON.stringify(known));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function optimise(...more: string[]) {
  const called = ['optimise', path('m.json'), '--case', path('case.json'), '--levers', LEVERS];
  return runMain(...called, ...more);
}

/** P80 of every combination of the example's levers, through `predict`. */
async function predictAll(cells: Answer['plan']['cells']): Promise<number[]> {
  const names = Object.keys(cells);
  const numbers = (from: number, to: number, step: number) =>
    Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) =>
      Number((from + i * step).toPrecision(15)),
    );
  const rows = numbers(5, 45, 5).flatMap((crew) =>
    numbers(0.1, 0.9, 0.1).map((share) =>
      names.map((name) =>
        name === 'Effectif' ? crew : name === 'Ressources_Disponibles' ? share : cells[name],
      ),
    ),
  );
  await writeFile(path('all.csv'), [names, ...rows].map((row) => row.join(',')).join('\n'));
  const { out } = await runMain('predict', path('m.json'), path('all.csv'));
  const [head = '', ...lines] = out.replace('\uFEFF', '').trim().split(/\r?\n/u);
  const at = head.split(',').findIndex((name) => /P80/u.test(name));
  return lines.map((line) => Number(line.split(',')[at]));
}

describe('optimise', () => {
  it('proves the shortest P80 within the bounds of the example: the least of all through predict', async () => {
    const { code, out } = await optimise('--front', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out) as Answer;
    expect(answer.status).toBe('optimal');
    expect(answer.bound).toBeCloseTo(answer.value, 9);
    const least = Math.min(...(await predictAll(answer.plan.cells)));
    // `predict` writes what a person reads: some decimals.
    expect(answer.value).toBeCloseTo(least, 2);
    expect(answer.value).toBe(answer.plan.p80);
    expect(answer.front[0]?.p80).toBeCloseTo(answer.value, 9);
    expect(answer.front.at(-1)?.leverCost).toBeLessThanOrEqual(answer.front[0]?.leverCost ?? 0);
  });

  it('says in words what to do, why it stops there, and that it is no proof of an effect', async () => {
    const { out } = await optimise('--language', 'fr');
    expect(out).toContain('Prouvé');
    expect(out).toContain('Type_Maintenance est figé');
    expect(out).toContain('non la preuve d’un effet');
  });

  it('says that a target is out of reach, and what is best', async () => {
    const best = JSON.parse((await optimise('--json')).out) as Answer;
    const { out } = await optimise('--target-days', String(best.value - 0.01), '--json');
    const { status, value, bound } = JSON.parse(out) as Answer;
    expect(value).toBe(best.value);
    expect(status).toBe('infeasible');
    expect(value).toBeCloseTo(bound, 9);
  });

  it('changes nothing for a target that holds already', async () => {
    const { base } = JSON.parse((await optimise('--json')).out) as Answer;
    const { out } = await optimise('--target-days', String(base.p80 + 1), '--json');
    expect((JSON.parse(out) as Answer).plan.changed).toEqual([]);
  });

  it('takes a row of a file, counted from 1', async () => {
    const called = ['optimise', path('m.json'), '--row', '2', '--data', path('s.csv'), '--levers', LEVERS];
    const { out } = await runMain(...called, '--json');
    const [, , second = ''] = (await readFile(path('s.csv'), 'utf8')).split(/\r?\n/u);
    const { base } = JSON.parse(out) as Answer;
    expect(Object.values(base.cells).join(',')).toBe(second.split(',').slice(0, -1).join(','));
    expect((await runMain(...called, '--row', '0')).code).toBe(2);
    expect((await runMain(...called, '--row', '121')).error).toContain('invalid-setting');
  });

  it.each([
    ['lever-crossed', '[{"column":"Effectif","min":9,"max":3}]'],
    ['lever-step', '[{"column":"Effectif","step":0}]'],
    ['lever-unknown', '[{"column":"Grue"}]'],
    ['lever-file-invalid', '[{"column":"Effectif","mimimum":3}]'],
    ['lever-file-invalid', 'levers: none'],
    ['levers-none', '[]'],
  ])('refuses with %s: %s', async (code, text) => {
    const file = path('bad.json');
    await writeFile(file, text);
    const called = ['optimise', path('m.json'), '--row', '7', '--data', path('s.csv'), '--levers', file];
    const answer = await runMain(...called);
    expect(answer.code).toBe(3);
    expect(answer.error).toContain(`${code}: `);
    expect(answer.out).toBe('');
  });

  it('knows its own example by heart', async () => {
    expect(await readFile(join(import.meta.dirname, 'README.md'), 'utf8')).toContain('examples/levers.json');
  });
});
