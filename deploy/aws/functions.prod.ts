import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildFunctions } from './build-functions.ts';
import { installPackage } from './testing/install.ts';

it('the handlers are small, carry no client of AWS, and come out alike', async () => {
  installPackage();
  const hashAll = async () =>
    Object.values(await buildFunctions()).map((path) =>
      createHash('sha256').update(readFileSync(path)).digest('hex'),
    );
  const paths = await buildFunctions();
  // 119, 154 and 154 kB on 28 November 2026: reading files, and answering by a model of any family.
  for (const path of Object.values(paths)) expect(readFileSync(path).length).toBeLessThan(165_000);
  const code = readFileSync(paths.validate.replace('.zip', '/index.mjs'), 'utf8');
  expect(code).toMatch(/from\s*["']@aws-sdk\/client-s3["']|import\(["']@aws-sdk\/client-s3["']\)/u);
  expect(await hashAll()).toEqual(await hashAll());
});
