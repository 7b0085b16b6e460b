import type { CasePrediction } from '#inference/contract.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { predictRemaining } from '#inference/remaining.ts';
import type { PredictRequest } from './contract.ts';

/** What the model says of cases and, where they are under way, of what is still to come of them. */
export function answerCases(
  model: ModelAtWork,
  { cases, atMost, elapsed, from }: Omit<PredictRequest, 'modelId'>,
): readonly CasePrediction[] {
  const answers = predictCases(model, cases, atMost, from);
  if (elapsed === undefined) return answers;
  return answers.map((answer, i) => ({
    ...answer,
    remaining: predictRemaining(model, cases[i] ?? [], elapsed),
  }));
}
