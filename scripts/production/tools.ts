import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What the tests of production need beside Node, by the program or the folder that is looked for: Debian's package of it. */
const packages: Readonly<Record<string, string>> = {
  buildah: 'buildah',
  podman: 'podman',
  runc: 'runc',
  skopeo: 'skopeo',
  mmdebstrap: 'mmdebstrap',
  strip: 'binutils',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  ip: 'iproute2',
  promtool: 'prometheus',
  amtool: 'prometheus-alertmanager',
  // AWS's own models of its requests, read by the system's Python.
  '/usr/lib/python3/dist-packages/botocore': 'python3-botocore',
};

/** Beside these, what podman needs and no program is looked for. */
const beside = ['catatonit', 'iptables'];

export function hasTool(name: string): boolean {
  return name.startsWith('/') ? existsSync(name) : spawnSync('which', [name]).status === 0;
}

/**
 * The tools that are missing after they were installed, where that may be done: as root on Debian. In CI none may be; on a
 * laptop the tests that need them are skipped, and say so.
 */
export function installTools(): readonly string[] {
  const findMissing = () => Object.keys(packages).filter((tool) => !hasTool(tool));
  const missing = findMissing();
  if (missing.length === 0 || process.getuid?.() !== 0 || !hasTool('apt-get')) return missing;
  const names = [...new Set([...missing.map((tool) => packages[tool] ?? tool), ...beside])];
  console.log(`Installing ${names.join(', ')}…`);
  const run = (...args: readonly string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', ...names);
  return findMissing();
}

export const isCi = process.env['CI'] !== undefined && process.env['CI'] !== '';
