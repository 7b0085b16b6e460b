import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/cli.mjs', import.meta.url));

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-process-'));
  data = join(folder, 'data.csv');
  const rows = Array.from({ length: 4000 }, (_, i) => `${'ABC'[i % 3]};${i % 11};${(i * 7) % 13}`);
  await writeFile(data, ['class;crew;days', ...rows].join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The command line through a shell, in the test's folder: `$cli` is the command. */
function shell(command: string): ChildProcess {
  return spawn('bash', ['-c', command], {
    cwd: folder,
    env: { ...process.env, cli: `${process.execPath} ${script}` },
  });
}

async function finish(child: ChildProcess) {
  let [out, error] = ['', ''];
  child.stdout?.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (error += piece.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, error };
}

const train = '$cli train data.csv --target days --workers 1 --model-out model.json';

describe.skipIf(process.platform === 'win32')('the command line in a shell', { timeout: 60_000 }, () => {
  it('is interrupted with 130 and a sentence, and leaves the old model as it was', async () => {
    await writeFile(join(folder, 'model.json'), 'old');
    const before = await readdir(folder);
    const child = shell(`exec ${train} --folds 50`);
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { code, out, error } = await finish(child);
    expect(error).toMatch(/^cancelled: .*\(SIGINT: .*\)$/mu);
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(await readFile(join(folder, 'model.json'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(before);
  });

  it('leaves the old file where there is no room for the new one, with a code of its own', async () => {
    await writeFile(join(folder, 'out.csv'), 'old');
    const before = await readdir(folder);
    // A limit on the size of files is as near to a full disk as one comes without a disk to fill.
    const { code, error } = await finish(
      shell(`trap '' XFSZ; ulimit -f 8; $cli generate --rows 2000 --out out.csv`),
    );
    expect(error).toMatch(/^output-full: /mu);
    expect(code).toBe(6);
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(before);
  });

  it('says so where the answer finds no room, and nothing where nobody reads it', async () => {
    const full = await finish(shell('test -e /dev/full || exit 6; $cli generate --rows 5 > /dev/full'));
    expect(full.code).toBe(6);
    const unread = await finish(shell('$cli generate --rows 20000 | head -n 1; exit ${PIPESTATUS[0]}'));
    expect(unread).toMatchObject({ code: 0, error: '' });
    expect(unread.out.split('\n')).toHaveLength(2);
  });

  it('reads a pipe and the standard input as it reads a file', async () => {
    const small = join(folder, 'small.csv');
    await writeFile(small, (await readFile(data, 'utf8')).split('\n').slice(0, 60).join('\n'));
    const quick = '--target days --folds 2 --preset reference --workers 1 --json';
    const answer = async (command: string, input?: string) => {
      const child = shell(command);
      if (input !== undefined && child.stdin) createReadStream(input).pipe(child.stdin);
      const { code, out, error } = await finish(child);
      expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
      const { seconds: _, ...figures } = JSON.parse(out) as { seconds: unknown };
      return figures;
    };
    const fromFile = await answer(`$cli train small.csv ${quick}`);
    expect(await answer(`$cli train - ${quick}`, small)).toEqual(fromFile);
    expect(await answer(`$cli train <(gzip -c small.csv) ${quick}`)).toEqual(fromFile);
  });

  it('refuses to write over what it reads, also where that comes in by redirection', async () => {
    const { code, error } = await finish(shell('$cli train - --target days --model-out data.csv < data.csv'));
    expect(error).toMatch(/^usage: --model-out data\.csv would overwrite/u);
    expect(code).toBe(2);
  });
});
