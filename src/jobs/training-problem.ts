import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import { AppError } from '#base/errors.ts';
import type { OutageSet } from '#data/outages.ts';

/** Fewer cannot be split into test rows and folds that still leave something to learn from. */
const MINIMUM_KEPT_ROWS = 10;

export interface TrainingProblem {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** What stands in the way of training on these outages; null when nothing does. */
export function findTrainingProblem({ target, targetName }: OutageSet): TrainingProblem | null {
  if (target.length < MINIMUM_KEPT_ROWS) {
    return { code: 'too-few-rows', details: { nRows: target.length, minimum: MINIMUM_KEPT_ROWS } };
  }
  const [first] = target;
  if (first !== undefined && target.every((value) => value === first)) {
    return { code: 'target-constant', details: { name: targetName, value: first } };
  }
  return null;
}

/** The same as an error, for the job that would train. */
export function throwIfUntrainable(set: OutageSet): void {
  const problem = findTrainingProblem(set);
  if (problem?.code === 'too-few-rows') {
    throw new AppError(
      problem.code,
      `${set.target.length} outages to learn from, at least ${MINIMUM_KEPT_ROWS} are needed`,
      problem.details,
    );
  }
  if (problem) {
    throw new AppError(problem.code, `every outage has the same ${set.targetName}`, problem.details);
  }
}
