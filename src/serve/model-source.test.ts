import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSampleVersion } from '#versions/testing/sample-versions.ts';
import { readSource } from './model-source.ts';

it('reads the version that a store’s pointer names, and refuses a file that is another one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tranche-pointer-'));
  const { id, bytes } = createSampleVersion(1);
  const path = join(folder, 'current.json');
  const file = join(folder, 'models', id, 'model.json');
  await mkdir(join(folder, 'models', id), { recursive: true });
  await writeFile(file, bytes);
  await writeFile(path, JSON.stringify({ schema: 1, model: id, key: `models/${id}/model.json`, entry: 2 }));
  const found = await readSource({ kind: 'pointer', path });
  expect(new TextEncoder().encode(found.text)).toEqual(bytes);
  await writeFile(file, createSampleVersion(2).bytes);
  await expect(readSource({ kind: 'pointer', path })).rejects.toMatchObject({ code: 'model-file-altered' });
  await rm(folder, { recursive: true });
});
