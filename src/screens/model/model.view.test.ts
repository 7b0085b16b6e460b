import { describe, expect, it } from 'vitest';
import { hyperparameterTable } from '#models/hyperparameters.ts';
import type { TrainingResult } from '#training/contract.ts';
import { wordsIn } from '../test-words.ts';
import { describeRange, findWarnings, viewResult } from './model.view.ts';

const words = wordsIn('fr');

function result(changes: Partial<TrainingResult>): TrainingResult {
  return {
    target: { name: 'Durée (jours)', unit: 'day' },
    settings: { scale: 'auto' },
    chosen: 'gradient-boosting-log',
    scale: 'log1p',
    choice: { reason: 'lowest-error', best: 'gradient-boosting-log' },
    models: [
      { name: 'gradient-boosting-log', test: { mae: 24 } },
      { name: 'median', test: { mae: 30 } },
    ],
    warnings: [],
    ...changes,
  } as unknown as TrainingResult;
}

describe('the result', () => {
  it('compares the error with always announcing the median', () => {
    const view = viewResult(result({}), words);
    expect(view.gain).toBeCloseTo(0.2);
    expect(view.mae).toMatch(/^24\sjours$/u);
    expect(view.median).toMatch(/^30\sjours$/u);
  });

  it('says why this model, naming the best where a plainer one was taken', () => {
    const choice = { reason: 'simplest-within-one-standard-error', best: 'gradient-boosting-log' };
    expect(viewResult(result({ choice: choice as never }), words).choiceSentence).toContain(
      'Arbres boostés sur log',
    );
    expect(viewResult(result({}), words).choiceSentence).toContain('la plus basse');
  });

  it('says who chose the scale, and when there was no choice', () => {
    expect(viewResult(result({}), words).scaleSentence).toContain('la validation croisée');
    const settings = { scale: 'log1p' } as never;
    expect(viewResult(result({ settings }), words).scaleSentence).toContain('comme vous l’avez demandé');
    const warnings = [{ code: 'log-scale-not-possible' as const, details: {} }];
    const only = result({ scale: 'identity', warnings });
    expect(viewResult(only, words).scaleSentence).toContain('n’était pas possible');
    expect(findWarnings(only)).toEqual([]);
  });
});

it('gives each number its range and its default in the reader’s figures', () => {
  const rangeOf = (name: string) => {
    const range = hyperparameterTable['gradient-boosting'].find((row) => row.name === name);
    return range ? describeRange(range, words) : '';
  };
  expect(rangeOf('learningRate')).toMatch(/^De 0,001 à 1\s; défaut 0,\d+\.$/u);
  expect(rangeOf('maxDepth')).toContain('sans limite');
  expect(rangeOf('loss')).toBe('');
});
