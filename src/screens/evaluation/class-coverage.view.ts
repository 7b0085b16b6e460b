import type { CoverageReport } from '#evaluation/intervals/coverage.ts';
import { type GroupScore, scoreByClass, scoreByYear } from '#evaluation/score-groups.ts';
import type { TestPredictions, TrainingResult } from '#training/contract.ts';

const MAX_GROUPS = 20;

/** Null where the result holds none: training was stopped, or is older than intervals. */
export function coverageOf({ coverage }: Partial<Pick<TrainingResult, 'coverage'>>): CoverageReport | null {
  return coverage ?? null;
}

/** How the model did on the test outages by class (the largest first) or by year of start; at most 20. */
export function groupErrors(
  { actual, predicted, classes, starts }: TestPredictions,
  by: 'class' | 'year',
): readonly GroupScore[] {
  const groups =
    by === 'year'
      ? starts && scoreByYear(actual, predicted, starts)
      : classes && scoreByClass(actual, predicted, classes.codes, classes.labels);
  return (groups ?? []).slice(0, MAX_GROUPS);
}
