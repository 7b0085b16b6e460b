import { expect, it } from 'vitest';
import type { SecondOpinion } from '#jobs/second-opinion/contract.ts';
import type { TrainingResult } from '#training/contract.ts';
import { withSecondOpinion } from './second-opinion.view.ts';

it('puts the second opinion among the models', () => {
  const result = { models: [{ name: 'quantile-forest' }] } as unknown as TrainingResult;
  const secondOpinion = { score: { name: 'neural-log' } } as unknown as SecondOpinion;
  expect(withSecondOpinion(result, null)).toBe(result);
  expect(withSecondOpinion(result, secondOpinion).models.map(({ name }) => name)).toEqual([
    'quantile-forest',
    'neural-log',
  ]);
});
