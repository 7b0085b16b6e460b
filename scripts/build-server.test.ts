import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listImports, readSource } from '../lint/sources.mjs';
import { runMain } from '../src/cli/testing/run-main.ts';
import { buildServer } from './build-server.ts';

const execute = promisify(execFile);
let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-bundle-'));
  bundle = await buildServer(join(folder, 'a'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the bundle of the command line and the service', () => {
  it('runs by itself, its threads too, and trains the same model as the sources', async () => {
    const data = join(folder, 'data.csv');
    expect((await runMain('generate', '--out', data, '--rows', '60')).code).toBe(0);
    const settings = ['--target', 'Durée', '--folds', '2', '--preset', 'reference'];
    const train = (out: string, nThreads: string) => [
      'train',
      data,
      '--model-out',
      out,
      '--workers',
      nThreads,
      ...settings,
    ];
    const [there, here] = [join(folder, 'there.json'), join(folder, 'here.json')];
    await execute(process.execPath, [bundle, ...train(there, '2')], { cwd: folder });
    expect((await runMain(...train(here, '1'))).code).toBe(0);
    expect(await readFile(there, 'utf8')).toBe(await readFile(here, 'utf8'));
  });

  it('lists the packages that it is made of, with their versions, licences and hashes', async () => {
    const list = JSON.parse(await readFile(join(folder, 'a', 'sbom.cdx.json'), 'utf8')) as {
      bomFormat: string;
      components: { name: string; version: string; licenses?: unknown[]; hashes?: unknown[] }[];
    };
    const { dependencies } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    ) as {
      dependencies: Record<string, string>;
    };
    const found = new Map(list.components.map((component) => [component.name, component]));
    for (const [name, version] of Object.entries(dependencies)) {
      expect(found.get(name)).toMatchObject({
        version,
        licenses: expect.any(Array),
        hashes: expect.any(Array),
      });
    }
    expect([list.bomFormat, found.has('vitest'), found.has('typescript')]).toEqual([
      'CycloneDX',
      false,
      false,
    ]);
  });

  it('is the same bytes when it is built again', async () => {
    const again = await buildServer(join(folder, 'b'));
    expect(await readFile(again, 'utf8')).toBe(await readFile(bundle, 'utf8'));
  });
});

describe('the page', () => {
  const entries = ['app/main.tsx', 'worker/entry.ts', 'worker/second-opinion-entry.ts'];

  it('reaches nothing of the service, the pipeline and Node', () => {
    const reached = new Set<string>(entries);
    for (const path of reached) for (const next of listImports(path)) reached.add(next);
    expect(reached.size).toBeGreaterThan(500);
    const isOfNode = /^(?:serve|pipeline|cli)\/|from '(?:node:|hono|@hono|prom-client|@aws-sdk)/u;
    const code = [...reached].filter((path) => /\.tsx?$/u.test(path));
    expect(code.filter((path) => isOfNode.test(path) || isOfNode.test(readSource(path)))).toEqual([]);
  });
});
