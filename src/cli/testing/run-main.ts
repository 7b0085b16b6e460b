import { main } from '../main.ts';

/** One call of the command line in this process: its exit code, and what it wrote. */
export async function runMain(
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  let out = '';
  let error = '';
  const code = await main(argv, {
    out: (text) => void (out += text),
    error: (text) => void (error += text),
  });
  return { code, out, error };
}
