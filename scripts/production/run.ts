import { spawn, spawnSync } from 'node:child_process';

/** The standard output of a program. Throws with what it said on standard error. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, SOURCE_DATE_EPOCH: '0' },
    ...options,
  });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? ''} ${stderr} ${stdout}`);
}

/** The same without blocking this thread, with the exit code instead of an error. */
export function runToEnd(
  command: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly out: string; readonly error: string }> {
  const child = spawn(command, args);
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (error += piece));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, error }));
  });
}
