import { Worker } from 'node:worker_threads';
import { createTeamKernel, type TeamKernel } from '#engine/kernel/team/team-kernel.ts';
import { waitForHelpers } from './wait-for-helpers.ts';

const script = new URL('./team-helper.mjs', import.meta.url);

/** A team of this thread and `nHelpers` of Node's worker threads, all there; they end when it is closed. */
export async function startNodeTeam(nHelpers: number): Promise<TeamKernel> {
  const team = createTeamKernel(nHelpers, (link) => void new Worker(script, { workerData: link }));
  await waitForHelpers(team, nHelpers);
  return team;
}
