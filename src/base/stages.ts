import type { JobContext, Progress } from './job-context.ts';

/**
 * Splits long work into stages of known weight, and gives the context of each: what it reports bears the share of the
 * whole work done so far (`overall`), which never falls. The weights' order is that of the work.
 */
export function createStages<Name extends string>(
  context: JobContext,
  weights: Readonly<Record<Name, number>>,
): (stage: Name) => JobContext {
  const names = Object.keys(weights) as Name[];
  const sum = names.reduce((total, name) => total + weights[name], 0);
  let reached = 0;

  return (stage) => {
    const before = names.slice(0, names.indexOf(stage)).reduce((total, name) => total + weights[name], 0);
    const report = (progress: Progress) => {
      const inside = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
      reached = Math.max(reached, (before + weights[stage] * inside) / sum);
      context.onProgress({ ...progress, overall: reached });
    };
    return { ...context, onProgress: report };
  };
}
