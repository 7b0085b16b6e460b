import { type ErrorCode, type ErrorDetails, AppError } from '#base/errors.ts';
import type { OutageSet } from '#data/outages.ts';

/** Fewer cannot be split into test rows and folds that still leave something to learn from. */
const MINIMUM_ROWS = 10;

export interface TrainingProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Too few rows is said before anything else: in three rows every column looks constant. */
export function findRowProblem(nRows: number): TrainingProblem | null {
  if (nRows >= MINIMUM_ROWS) return null;
  const message = `${nRows} outages to learn from, at least ${MINIMUM_ROWS} are needed`;
  return { code: 'too-few-rows', message, details: { nRows, minimum: MINIMUM_ROWS } };
}

/** What stands in the way of training on these outages; null when nothing does. */
export function findTrainingProblem({ target, targetName }: OutageSet): TrainingProblem | null {
  const [first] = target;
  if (first !== undefined && target.length > 1 && target.every((value) => value === first)) {
    const message = `every outage has the same ${targetName}: ${first}`;
    return { code: 'target-constant', message, details: { name: targetName, value: first } };
  }
  return findRowProblem(target.length);
}

export function throwProblem(problem: TrainingProblem | null): void {
  if (problem) throw new AppError(problem.code, problem.message, problem.details);
}
