import { Worker } from 'node:worker_threads';
import { createTeamKernel, type TeamKernel } from '#engine/kernel/team/team-kernel.ts';

const script = new URL('./team-helper.mjs', import.meta.url);

/** A team of this thread and `nHelpers` of Node's worker threads; they end when it is closed. */
export function createNodeTeam(nHelpers: number): TeamKernel {
  return createTeamKernel(nHelpers, (link) => void new Worker(script, { workerData: link }));
}
