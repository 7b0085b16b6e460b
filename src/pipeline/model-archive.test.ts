import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArchive, readChallenger, writeArchive } from './model-archive.ts';

const hasTar = spawnSync('tar', ['--version']).status === 0;

describe('a model.tar.gz', () => {
  it('comes back as it was written, and is unpacked by tar', () => {
    const files = new Map([
      ['model.json', new TextEncoder().encode('{"durée":1}')],
      ['empty', new Uint8Array()],
      ['block', new Uint8Array(512).fill(7)],
    ]);
    const packed = writeArchive(files);
    expect(readArchive(packed)).toEqual(files);
    expect(writeArchive(files)).toEqual(packed);
  });

  it.skipIf(!hasTar)('is read as tar writes it, and written as tar reads it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tranche-tar-'));
    writeFileSync(join(folder, 'model.json'), 'x'.repeat(1000));
    spawnSync('tar', ['-czf', 'a.tar.gz', './model.json'], { cwd: folder });
    const files = readArchive(readFileSync(join(folder, 'a.tar.gz')));
    expect([...files]).toEqual([['model.json', new TextEncoder().encode('x'.repeat(1000))]]);
    writeFileSync(join(folder, 'b.tar.gz'), writeArchive(files));
    expect(
      spawnSync('tar', ['-xzOf', 'b.tar.gz', 'model.json'], { cwd: folder }).stdout.toString(),
    ).toHaveLength(1000);
    rmSync(folder, { recursive: true });
  });

  it('that is none, or is damaged, is refused with a sentence', () => {
    const sound = writeArchive(new Map([['model.json', new Uint8Array(2000).fill(1)]]));
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('no'), sound.subarray(0, 30), sound])
      expect(() => readChallenger(bytes)).toThrow(expect.objectContaining({ code: 'model-file-invalid' }));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(() => readChallenger(bytes)).toThrow(expect.objectContaining({ code: 'model-file-invalid' }));
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});
