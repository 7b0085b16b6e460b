import { readdirSync, readFileSync } from 'node:fs';

/** Largest memory that any one process started (directly or not) by `pid` ever held, in MB; null but on Linux. */
export function readPeakMegabytes(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const child = Number(name);
    if (!Number.isInteger(child)) continue;
    const parent = /^PPid:\s+(\d+)/mu.exec(readStatus(child))?.[1];
    if (parent) parents.set(child, Number(parent));
  }
  const isBelow = (child: number): boolean => {
    for (let at = child; at > 1; at = parents.get(at) ?? 0) if (at === pid) return true;
    return false;
  };
  const peaks = [...parents.keys()].filter(isBelow).map((child) => {
    return Number(/^VmHWM:\s+(\d+)/mu.exec(readStatus(child))?.[1] ?? 0) / 1000;
  });
  return peaks.length > 0 ? Math.max(...peaks) : null;
}

/** Empty for a process that has ended meanwhile. */
function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
