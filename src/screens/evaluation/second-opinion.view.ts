import type { SecondOpinion } from '#jobs/second-opinion/contract.ts';
import type { TrainingResult } from '#training/contract.ts';

/** The result with the second opinion among its models, for the table that compares them. */
export function withSecondOpinion(
  result: TrainingResult,
  secondOpinion: SecondOpinion | null,
): TrainingResult {
  return secondOpinion ? { ...result, models: [...result.models, secondOpinion.score] } : result;
}
