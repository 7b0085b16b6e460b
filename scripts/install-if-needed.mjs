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
  if (runNpm(['ci'])) return;
  // Never anything looser by itself: what is installed is what was locked, by its hash, or what a person asked for.
  console.error(
    'The packages could not be installed: the lines above say why. Where the registry lacks some of them,\n' +
      'npm install --no-save takes the versions that it has, unchecked against package-lock.json.',
  );
  process.exit(1);
}

function runNpm(args) {
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    // `npm run --silent` hands its silence down, and a failed installation must say why.
    env: { ...process.env, npm_config_loglevel: 'warn' },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** Loads a TypeScript module, once the packages are there. */
export async function importTypeScript(path) {
  const { tsImport } = await import('tsx/esm/api');
  return tsImport(path, import.meta.url);
}
