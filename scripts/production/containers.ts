import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { IMAGE, storage, work } from './image.ts';
import { run } from './run.ts';

/** A container of the image that was started. */
export interface Container {
  /** Of its first process, for its network. */
  readonly pid: number;
  readonly logs: () => string;
  /** SIGTERM to its first process; resolves with the exit code. */
  readonly stop: () => Promise<number>;
}

export interface StartContainer {
  readonly args: readonly string[];
  /** Folders of this machine by the places where they are seen, read-only. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly memory?: string;
  readonly user?: string;
}

export type Driver = (start: StartContainer) => Promise<Container>;

const ENTRYPOINT = ['/usr/local/bin/node', '/opt/tranche/tranche.mjs'];
const USER = '65532';
let nStarted = 0;

/** Both of ulimit: without them runc may not set any. */
export const LIMITS = [
  '--ulimit',
  'nofile=1024:1024',
  '--ulimit',
  'nproc=1024:1024',
  '--network',
  'none',
  '--read-only',
  '--cap-drop',
  'all',
];

/** Under podman with runc: read-only, without network, capabilities or root. */
export const startUnderPodman: Driver = ({ args, mounts, env = {}, memory = '256m', user = USER }) => {
  const name = `tranche-${process.pid}-${++nStarted}`;
  run('podman', [
    ...storage,
    '--runtime',
    '/usr/sbin/runc',
    'run',
    '--detach',
    '--name',
    name,
    ...LIMITS,
    '--user',
    user,
    '--memory',
    memory,
    ...Object.entries(mounts).flatMap(([place, folder]) => ['--volume', `${folder}:${place}:ro`]),
    ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    IMAGE,
    ...args,
  ]);
  const inspect = (format: string) => run('podman', [...storage, 'inspect', name, '--format', format]).trim();
  return Promise.resolve({
    pid: Number(inspect('{{.State.Pid}}')),
    logs: () => run('podman', [...storage, 'logs', name]),
    stop: () => {
      run('podman', [...storage, 'stop', '--time', '30', name]);
      const code = Number(inspect('{{.State.ExitCode}}'));
      run('podman', [...storage, 'rm', '--force', name]);
      return Promise.resolve(code);
    },
  });
};

/** Where podman cannot run: the image's files in namespaces of their own, made read-only, by a user without capabilities. */
export const startInChroot: Driver = async ({ args, mounts, env = {}, user = USER }) => {
  const from = run('buildah', [...storage, 'from', IMAGE]).trim();
  const files = run('buildah', [...storage, 'mount', from]).trim();
  const folder = `${work}/chroot-${process.pid}-${++nStarted}`;
  mkdirSync(folder, { recursive: true });
  for (const place of ['/proc', ...Object.keys(mounts)]) mkdirSync(`${files}${place}`, { recursive: true });
  const script = [
    'set -e',
    `mount --bind "${files}" "${folder}"`,
    `mount -t proc proc "${folder}/proc"`,
    ...Object.entries(mounts).flatMap(([place, source]) => [
      `mount --bind "${source}" "${folder}${place}"`,
      `mount -o remount,bind,ro "${folder}${place}"`,
    ]),
    `mount -o remount,bind,ro "${folder}"`,
    'ip link set lo up',
    `cd "${folder}"`,
    `exec setpriv --no-new-privs chroot --userspec=${user}:${user} . ${ENTRYPOINT.join(' ')} "$@"`,
  ].join('\n');
  const child = spawn(
    'unshare',
    ['--mount', '--net', '--pid', '--ipc', '--fork', '--kill-child', 'sh', '-c', script, 'sh', ...args],
    { env: { TRANCHE_HOST: '0.0.0.0', NODE_ENV: 'production', PATH: process.env['PATH'], ...env } },
  );
  let logs = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (logs += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (logs += piece));
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  const pid = await findChild(child.pid ?? 0);
  return {
    pid,
    logs: () => logs,
    stop: async () => {
      process.kill(pid, 'SIGTERM');
      const code = await ended;
      run('buildah', [...storage, 'rm', from]);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
};

async function findChild(parent: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [child] = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').split(' ');
    if (child) return Number(child);
  }
  throw new Error('no process was started');
}
