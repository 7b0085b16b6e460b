import { readFileSync } from 'node:fs';
import { transformWithOxc } from 'vite';

/** The code of a file without imports as a classic script's: no types, no comments, nothing exported. */
export async function readPageScript(path: string): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(path, 'utf8'), path, {
    target: 'es2020',
    sourcemap: false,
  });
  return code
    .replaceAll(/^export (?=const|function)/gmu, '')
    .replaceAll(/^\s*(?:\/\*\*[\s\S]*?\*\/|\/\/.*)\n/gmu, '');
}
