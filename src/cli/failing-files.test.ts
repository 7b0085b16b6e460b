import { readdirSync, readFileSync } from 'node:fs';
import files, { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createFailingCalls, guardMethods } from '#base/testing/failing-calls.ts';
import { openOutputFile } from './output-file.ts';

const original = { ...files };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-failing-'));
});
afterEach(async () => {
  Object.assign(files, original);
  syncBuiltinESMExports();
  await rm(folder, { recursive: true });
});

it.each(['ENOSPC', 'EIO', 'EACCES'])(
  'where the k-th call of the file system fails (%s), for every k, the old file or the new one is whole',
  async (code) => {
    const calls = createFailingCalls(() => Object.assign(new Error(`${code}: planted`), { code }));
    const names = ['access', 'open', 'realpath', 'rename'] as const;
    const guarded = guardMethods(original, names, calls);
    Object.assign(files, {
      ...Object.fromEntries(
        names.map((name) => [
          name,
          async (...asked: never[]) => (guarded[name] as (...values: never[]) => unknown)(...asked),
        ]),
      ),
      open: async (...asked: Parameters<typeof original.open>) => {
        const file = await guarded.open(...asked);
        const close = async () => {
          await file.close();
          calls.pass();
        };
        return new Proxy(guardMethods(file, ['writeFile', 'chmod', 'sync'], calls), {
          get: (target, name) => (name === 'close' ? close : Reflect.get(target, name, target)),
        });
      },
    });
    syncBuiltinESMExports();
    const path = join(folder, 'model.json');
    let k = 0;
    for (let hasFailed = true; hasFailed;) {
      await writeFile(path, 'old');
      calls.arm(++k);
      const refusal: unknown = await openOutputFile('out', path)
        .then(({ write }) => write('new'))
        .then(
          () => null,
          (thrown: unknown) => thrown,
        );
      hasFailed = calls.hasFailed();
      calls.arm(Infinity);
      expect({ k, text: readFileSync(path, 'utf8') }).toEqual({ k, text: refusal === null ? 'new' : 'old' });
      expect(readdirSync(folder)).toEqual(['model.json']);
      const said = refusal instanceof AppError ? refusal.code : refusal;
      const sentence = code === 'ENOSPC' ? 'output-full' : 'output-unwritable';
      expect({ k, said }).toEqual({ k, said: hasFailed ? sentence : null });
    }
    // realpath, access twice, open, write, chmod, sync, close, rename.
    expect(k - 1).toBe(9);
  },
);
