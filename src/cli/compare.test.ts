import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main.ts';

let folder = '';
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-compare-'));
  await runMain('generate', '--out', path('s.csv'), '--rows', '120', '--seed', '3');
  await runMain('train', path('s.csv'), '--target', 'Durée', '--model-out', path('m.json'));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function compare(rows: readonly string[], ...more: readonly string[]) {
  const head = 'Nom;Type_Maintenance;Complexité;Effectif;Ressources_Disponibles';
  await writeFile(path('c.csv'), [head, ...rows].join('\n'));
  return runMain('compare', path('m.json'), '--scenarios', path('c.csv'), ...more);
}

const rows = ['peu;corrective;9;15;0,5', 'beaucoup;corrective;9;40;0,5', 'encore;corrective;9;15;0,5'];

describe('compare', () => {
  it('tells the levels that predict gives, and no difference between two that are the same', async () => {
    const { code, out } = await compare(rows, '--json', '--target-days', '26');
    expect(code).toBe(0);
    const { scenarios, differences } = JSON.parse(out) as {
      readonly scenarios: readonly { readonly name: string; readonly p80: number; readonly best: number }[];
      readonly differences: readonly {
        readonly expected: { readonly value: number; readonly low: number };
      }[];
    };
    expect(scenarios.map(({ name }) => name)).toEqual(['peu', 'beaucoup', 'encore']);
    const predicted = await runMain('predict', path('m.json'), path('c.csv'));
    const [head = '', first = ''] = predicted.out.replace('\uFEFF', '').split(/\r?\n/u);
    const at = head.split(',').findIndex((name) => /P80/u.test(name));
    expect(scenarios[0]?.p80).toBeCloseTo(Number(first.split(',')[at]), 2);
    expect(differences[1]).toMatchObject({ from: 1, to: 3, unseen: true, expected: { value: 0, low: 0 } });
    expect(differences[0]?.expected.value).toBeLessThan(0);
  });

  it('says it in words', async () => {
    const told = await compare(rows, '--language', 'fr', '--link', '0.5');
    const out = told.out.replaceAll(/\s/gu, ' ');
    expect(out).toContain('« beaucoup » contre « peu »');
    expect(out).toContain('le modèle ne voit aucune différence');
    expect(out).toContain('Au lien 0,5');
  });

  it('refuses what cannot be compared before any work', async () => {
    expect(await compare(rows, '--link', '2')).toMatchObject({ code: 2 });
    expect(await compare(rows, '--target-days', '0')).toMatchObject({ code: 2 });
    const many = await compare(Array.from({ length: 13 }, () => rows[0] ?? ''));
    expect(many).toMatchObject({ code: 3, error: expect.stringContaining('scenarios-many') as string });
    await writeFile(path('other.csv'), 'A;B\n1;2\n3;4\n');
    const other = await runMain('compare', path('m.json'), '--scenarios', path('other.csv'));
    expect(other.error).toContain('model-columns-missing');
  });
});
