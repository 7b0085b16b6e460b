import { expect, it } from 'vitest';
import { hyperparameterTable } from '#models/hyperparameters.ts';
import { wordsIn } from '#language/words.ts';
import { describeRange } from './model.view.ts';

const words = wordsIn('fr');

it('gives each number its range and its default in the reader’s figures', () => {
  const rangeOf = (name: string) => {
    const range = hyperparameterTable['gradient-boosting'].find((row) => row.name === name);
    return range ? describeRange(range, words) : '';
  };
  expect(rangeOf('learningRate')).toMatch(/^De 0,001 à 1\s; défaut 0,\d+\.$/u);
  expect(rangeOf('maxDepth')).toContain('sans limite');
  expect(rangeOf('loss')).toBe('');
});
