import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { create } from './artifact-store.ts';
import { createFolderStore } from './folder-store.ts';
import { describeArtifactStore, listKeys } from './testing/artifact-store-suite.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tranche-store-'));
});
afterAll(() => rmSync(root, { recursive: true }));

describeArtifactStore('a folder', async () => {
  const folder = mkdtempSync(join(root, 'store-'));
  return () => createFolderStore(folder);
});

it('takes away what killed processes left unfinished, and shows none of it', async () => {
  const folder = mkdtempSync(join(root, 'store-'));
  const store = createFolderStore(folder);
  await store.put('a', new Uint8Array([1]), create);
  const [place, began] = await placeOfOwner();
  const dead = Buffer.from(JSON.stringify([place, 2 ** 22 + 1, began])).toString('base64url');
  const elsewhere = Buffer.from(JSON.stringify(['elsewhere', 1, ''])).toString('base64url');
  for (const head of [dead, elsewhere]) writeFileSync(join(folder, '.unfinished', `${head}.x`), 'half');
  expect(await listKeys(store)).toEqual(['a']);
  await store.put('b', new Uint8Array([2]), create);
  expect(readdirSync(join(folder, '.unfinished'))).toEqual([`${elsewhere}.x`]);
});

async function placeOfOwner(): Promise<readonly [string, string]> {
  const { describeOwner } = await import('./owner.ts');
  const { place, began } = describeOwner();
  return [place, began];
}

it('goes on where a process died with the mutex in its hands', async () => {
  const folder = mkdtempSync(join(root, 'store-'));
  const store = createFolderStore(folder);
  const tag = await store.put('a', new Uint8Array([1]), { kind: 'overwrite' });
  const [place] = await placeOfOwner();
  const dead = JSON.stringify({ place, pid: 2 ** 22 + 1, began: '1', id: 'x' });
  writeFileSync(join(folder, '.mutex', '00000002'), dead);
  await store.put('a', new Uint8Array([2]), { kind: 'replace', expected: tag });
  expect((await store.get('a')).bytes).toEqual(new Uint8Array([2]));
  expect(readdirSync(join(folder, '.mutex'))).toEqual(['00000003']);
});
