import type { JobContext } from './job-context.ts';

/** Adds up the seconds of each named stage. */
export function createStopwatch<Stage extends string>(stages: readonly Stage[], { now }: JobContext) {
  const spent = new Map<Stage, number>(stages.map((stage) => [stage, 0]));
  let since = now();
  return {
    /** The time since the last lap was this stage's. */
    lap(stage: Stage): void {
      const instant = now();
      spent.set(stage, (spent.get(stage) ?? 0) + (instant - since) / 1000);
      since = instant;
    },
    seconds: () => Object.fromEntries(spent) as Record<Stage, number>,
  };
}
