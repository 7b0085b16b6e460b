import { canUseLogScale, type TargetScale } from '#models/target-scale.ts';
import type { CalibrationInput } from './calibration.ts';
import { type CoverageReport, crossMeasureCoverage } from './coverage.ts';

/** How residuals are measured, and what that is worth out of fold. */
export interface IntervalChoice {
  readonly scale: TargetScale;
  readonly spread: 'local' | 'constant';
  /** Coverage out of fold with this choice. */
  readonly report: CoverageReport;
}

const candidates = [
  { scale: 'identity', spread: 'local' },
  { scale: 'identity', spread: 'constant' },
  { scale: 'log1p', spread: 'local' },
  { scale: 'log1p', spread: 'constant' },
] as const;

/**
 * Chooses the scale and spread whose P10–P90 have the lowest mean interval score out of fold: every
 * choice keeps the promise of coverage, the score prefers the one that keeps it with narrow intervals
 * where it can. The log scale is tried where all values allow it. `foldOf[i]` is the fold of sample i.
 *
 * Where nothing can be scored (too few outages for P10–P90) the residuals are taken as they are.
 */
export function chooseIntervals(
  input: Omit<CalibrationInput, 'scale' | 'spread'>,
  foldOf: ArrayLike<number>,
): IntervalChoice {
  const isLogPossible = [input.actual, input.predicted].every((values) =>
    canUseLogScale(Array.from(values).filter((value) => !Number.isNaN(value))),
  );
  const choices = candidates
    .filter(({ scale }) => scale === 'identity' || isLogPossible)
    .map((candidate): IntervalChoice => {
      return { ...candidate, report: crossMeasureCoverage({ ...input, ...candidate }, foldOf) };
    });
  const scoreOf = ({ report }: IntervalChoice): number => report.overall.meanIntervalScore;
  return choices.reduce((best, choice) => (scoreOf(choice) < scoreOf(best) ? choice : best));
}
