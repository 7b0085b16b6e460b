/**
 * Milliseconds: of the clock on the wall or, with `--cpu` among the arguments, of this process's processor
 * time, which a machine busy with other work disturbs less (collecting garbage counts in it).
 */
export const isProcessorTime = process.argv.includes('--cpu');

export function readClock(): number {
  if (!isProcessorTime) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The first argument that is no option. */
export const wantedPart = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '';
