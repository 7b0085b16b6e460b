import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** This package has a lockfile of its own, and is installed when its tests are run. */
export function installPackage(): void {
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return;
  const { status } = spawnSync('npm', ['ci', '--loglevel', 'error'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci in deploy/aws failed');
}
