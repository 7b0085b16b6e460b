/** Makes a fresh copy ready to run. Plain JavaScript over Node alone: nothing is installed yet. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs `npm ci` unless the packages are there. What npm says goes to stderr: stdout belongs to the caller's answer. */
export function installIfNeeded() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Tranche needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
    process.exit(1);
  }
  // npm writes this file last: without it an earlier installation was cut short.
  if (existsSync(`${root}/node_modules/.package-lock.json`)) return;
  console.error('Installing packages (npm ci)…');
  const { status } = spawnSync('npm', ['ci'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed: the lines above say why. With a working connection, run it again.');
    process.exit(1);
  }
}

/** Loads a TypeScript module, once the packages are there. */
export async function importTypeScript(path) {
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(path, import.meta.url);
}
