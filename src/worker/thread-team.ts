import type { TeamLender } from '#engine/kernel/kernel-pool.ts';
import type { TeamLink } from '#engine/kernel/team/control.ts';
import { createTeamKernel, type TeamKernel } from '#engine/kernel/team/team-kernel.ts';

/**
 * Operations that a free core could have shared before a helper is called for it: a fit that is over sooner gains
 * nothing, and by then it is known whether a part worker takes that core.
 */
const OPERATIONS_BEFORE_CALL = 10;

export interface ThreadTeam extends TeamLender {
  /** No job is under way: memory and helpers are let go. */
  readonly close: () => void;
}

/** How a team gets its threads and its cores. */
export interface TeamSurroundings {
  /** Asks whoever starts threads for one to serve each of these links. */
  readonly call: (links: readonly TeamLink[]) => void;
  /** Cores that nobody works on at present beside this thread's own. */
  readonly countFree: () => number;
  /** Told at the end how many parts helpers have done, if any. */
  readonly report: (nHelped: number) => void;
}

/**
 * One team of this thread and helpers, for one fit at a time, made when a first large fit asks for it. The helpers are
 * called for when there is work for them, and end with the jobs. After a failure there is no team any more.
 */
export function createThreadTeam(
  nHelpers: number,
  { call, countFree, report }: TeamSurroundings,
): ThreadTeam {
  let kernel: TeamKernel | null = null;
  let isTaken = false;
  let hasFailed = false;

  function create(): TeamKernel | null {
    const uncalled: TeamLink[] = [];
    let nCalled = 0;
    let nChances = 0;
    const countFreeAndCall = (): number => {
      const nFree = countFree();
      if (uncalled.length > 0 && nFree > nCalled && ++nChances >= OPERATIONS_BEFORE_CALL) {
        const links = uncalled.splice(0, nFree - nCalled);
        nCalled += links.length;
        nChances = 0;
        call(links);
      }
      return nFree;
    };
    try {
      return createTeamKernel(nHelpers, (link) => uncalled.push(link), { countFree: countFreeAndCall });
    } catch {
      // No room for a memory that could grow so far, or no shared memory after all.
      hasFailed = true;
      return null;
    }
  }

  function close(): void {
    if (!kernel) return;
    kernel.close();
    if (kernel.countHelped() > 0) report(kernel.countHelped());
    kernel = null;
    isTaken = false;
  }

  return {
    take: () => {
      if (nHelpers === 0 || hasFailed || isTaken) return null;
      kernel ??= create();
      isTaken = kernel !== null;
      return kernel;
    },
    giveBack: (used, didFail) => {
      if (used !== kernel) return;
      isTaken = false;
      if (!didFail) return;
      hasFailed = true;
      close();
    },
    close,
  };
}
