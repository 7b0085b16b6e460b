import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock: a process that others can ask whether it still lives, where they see the same processes. */
export interface Owner {
  /** The machine's name, then its start and its view of processes as a hash: only there does `pid` mean anything. */
  readonly place: string;
  readonly pid: number;
  /** When the process began, as the system counts: a number that is given again is another process. */
  readonly began: string;
  /** Of this acquisition alone. */
  readonly id: string;
}

export function describeOwner(): Owner {
  return { place: findPlace(), pid: process.pid, began: findBegin(process.pid), id: randomUUID() };
}

/** Whether the owner is no more; `unknown` where it runs elsewhere, and only a silent heart tells. */
export function isGone(owner: Owner): boolean | 'unknown' {
  if (owner.place !== findPlace()) return 'unknown';
  try {
    process.kill(owner.pid, 0);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH';
  }
  return findBegin(owner.pid) !== owner.began;
}

function findPlace(): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const view = attempt(() => readlinkSync('/proc/self/ns/pid'));
  const hash = createHash('sha256').update(`${boot} ${view}`).digest('hex').slice(0, 16);
  return `${hostname()} ${hash}`;
}

/** Empty where the system does not tell. */
function findBegin(pid: number): string {
  // The name of the command, in brackets, may hold spaces; the fields are counted behind it.
  return attempt(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  });
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
