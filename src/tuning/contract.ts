import type { CorrectedError } from './corrected-error.ts';
import type { DimensionImportance } from './hyperparameter-importance.ts';
import type { MarginalCurve } from './marginal-curves.ts';
import type { Method } from './proposer.ts';
import type { Configuration, SearchSpace } from './search-space.ts';
import type { FoldRequest } from './trial-log.ts';

/** The rows each fold judges, by their positions among the rows of the study; folds of one repetition judge each row once at most. */
export interface StudyFolds {
  readonly nRows: number;
  /** By repetition, then fold. A challenger has to hold on the second repetition. */
  readonly testRows: readonly (readonly Int32Array[])[];
}

/** What is searched, and how. With the evaluation it decides every trial, whatever is interrupted and whoever does the fits. */
export interface Study {
  readonly space: SearchSpace;
  readonly method: Method;
  readonly seed: number;
  /** Tried first: the settings that nobody tuned. The best of them is the default. */
  readonly starts: readonly Configuration[];
  readonly folds: StudyFolds;
  /** Rows of one group are drawn together where the corrected error is worked out. */
  readonly groups?: Int32Array;
  /** Trials in all, the first ones included. */
  readonly nTrials: number;
  /** On the clock of the context; absent: none. */
  readonly deadline?: number;
  /** What the errors are of: data and folds. */
  readonly data: string;
}

/**
 * Absolute errors of each request's test rows, in their order. The same for the same request, in any order and company. Null: not
 * done any more after a stop.
 */
export type EvaluateFolds = (requests: readonly FoldRequest[]) => Promise<readonly (Float64Array | null)[]>;

export interface Trial {
  readonly number: number;
  readonly configuration: Configuration;
  readonly isStart: boolean;
  readonly state: 'complete' | 'dropped';
  /** Mean absolute error by fold of the first repetition, as far as it came. */
  readonly foldMae: readonly number[];
  /** Over the rows judged. */
  readonly mae: number;
  /** Standard error of that mean. */
  readonly standardError: number;
  /** On the second repetition; null where it had no part in it. */
  readonly secondMae: number | null;
  /** Its share of the time that those begun with it took; 0 where it was kept in the log. */
  readonly seconds: number;
}

export interface TracedImportance extends DimensionImportance {
  /** Empty where the setting had one value. */
  readonly curve: MarginalCurve;
}

export const stopReasons = ['trials', 'exhausted', 'minutes', 'stopped'] as const;
export type StopReason = (typeof stopReasons)[number];

export interface StudyResult {
  readonly trials: readonly Trial[];
  /** Trial numbers. */
  readonly default: number;
  /** Lowest error over all that it was judged on. */
  readonly best: number;
  readonly chosen: 'default' | 'tuned';
  /** Mean paired gain of the best on the default, and its standard error. */
  readonly gain: { readonly value: number; readonly standardError: number; readonly nRows: number };
  readonly corrected: CorrectedError;
  /** Null for too few trials. */
  readonly importance: readonly TracedImportance[] | null;
  readonly stopReason: StopReason;
}
