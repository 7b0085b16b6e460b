import type { TeamKernel } from '#engine/kernel/team/team-kernel.ts';

/** Until all have joined. A fit need not wait for that; what is to be compared has to. */
export async function waitForHelpers(team: TeamKernel, nHelpers: number): Promise<void> {
  while (team.countHelpers() < nHelpers) await new Promise((resolve) => setTimeout(resolve, 10));
}
