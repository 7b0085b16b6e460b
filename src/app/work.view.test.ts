import { expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import type { Work } from '#store/state.ts';
import { viewWork } from './work.view.ts';

const words = wordsIn('fr');

const training: Work = {
  kind: 'training',
  startedAt: 1000,
  progress: {
    phase: 'cross-validating',
    done: 60,
    total: 120,
    fold: 3,
    nFolds: 5,
    score: 4.25,
    overall: 0.25,
  },
  canStop: true,
  ending: null,
};

it('says the phase, the fold, the step and the best score so far', () => {
  const view = viewWork(training, 6000, words, 'day');
  expect(view.step).toBe('validation croisée, pli 3/5, 60/120');
  expect(view.score).toMatch(/4,25\sjours/u);
  expect(view.elapsed).toBe('5\u00a0s écoulées');
});

it('guesses what remains only after two seconds and a tenth of the way', () => {
  expect(viewWork(training, 2500, words, 'day').remaining).toBeNull();
  expect(viewWork(training, 6000, words, 'day').remaining).toMatch(/^encore/u);
  // 5 s for a quarter of the whole, whatever the phase counts.
  expect(viewWork(training, 6000, words, 'day').remaining).toContain('15');
  const early: Work = { ...training, progress: { phase: 'reading', done: 5, total: 100 } };
  expect(viewWork(early, 60_000, words, 'day').remaining).toBeNull();
});

it('says that it is ending once the user asked for it', () => {
  const view = viewWork({ ...training, ending: 'stop' }, 6000, words, 'day');
  expect(view.ending).toContain('le meilleur est gardé');
  expect(view.remaining).toBeNull();
});
