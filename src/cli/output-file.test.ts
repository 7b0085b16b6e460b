import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutputFile } from './output-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('an output file', () => {
  it('takes the place of the old one, with its rights and through a link, and leaves nothing beside it', async () => {
    const [path, alias] = [join(folder, 'model.json'), join(folder, 'alias.json')];
    await writeFile(path, 'old', { mode: 0o640 });
    await symlink(path, alias);
    const output = await openOutputFile('out', alias);
    expect(await readFile(path, 'utf8')).toBe('old');
    await output.write('new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).toSorted()).toEqual(['alias.json', 'model.json']);
  });

  it('is refused before any work where it cannot be written', async () => {
    await mkdir(join(folder, 'a'));
    await writeFile(join(folder, 'file'), '');
    for (const path of ['a', 'nowhere/b.csv', 'file/c.csv']) {
      await expect(openOutputFile('out', join(folder, path))).rejects.toMatchObject({
        code: 'output-unwritable',
      });
    }
  });

  it('is never one of the files that are read, under whatever name', async () => {
    const read = join(folder, 'read.csv');
    await writeFile(read, 'a;b\n');
    await symlink(read, join(folder, 'symbolic.csv'));
    await link(read, join(folder, 'hard.csv'));
    await symlink(folder, join(folder, 'around'));
    for (const name of ['read.csv', 'symbolic.csv', 'hard.csv', 'around/read.csv']) {
      await expect(openOutputFile('out', join(folder, name), ['-', read])).rejects.toThrow(/overwrite/u);
      await expect(openOutputFile('out', read, [join(folder, name)])).rejects.toThrow(/overwrite/u);
    }
    await writeFile(join(folder, 'same-bytes.csv'), 'a;b\n');
    await openOutputFile('out', join(folder, 'same-bytes.csv'), [read]);
    await openOutputFile('out', join(folder, 'new.csv'), [read]);
  });

  it('keeps the old one where it cannot be finished', async () => {
    const path = join(folder, 'gone', 'model.json');
    await mkdir(join(folder, 'gone'));
    const output = await openOutputFile('out', path);
    await rm(join(folder, 'gone'), { recursive: true });
    await expect(output.write('new')).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(!existsSync('/dev/full'))('says that a disk is full', async () => {
    const output = await openOutputFile('out', '/dev/full');
    await expect(output.write('new')).rejects.toMatchObject({ code: 'output-full' });
  });
});
