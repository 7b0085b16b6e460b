import { describe, expect, it } from 'vitest';
import type { FormFeature } from '#inference/contract.ts';
import { wordsIn } from '#language/words.ts';
import { viewCaseExplanation } from './case-explanation.view.ts';

const words = wordsIn('fr');

describe('the explanation of a case', () => {
  const number = {
    role: 'context',
    typical: 1,
    type: 'number',
    min: 1,
    p5: 1,
    median: 5,
    p95: 9,
    max: 9,
  } as const;
  const features: FormFeature[] = [{ ...number, name: 'Complexité', isInteger: true }];
  const waterfall = {
    base: 25,
    steps: [
      { column: 'Complexité', contribution: 4.1 },
      { column: 'Passé de la tranche', contribution: -0.5 },
    ],
    rest: { nColumns: 3, contribution: 0.4 },
    prediction: 29,
  };

  it('lead from any outage to the answer in large figures, each step from where the last one ended', () => {
    const { bars } = viewCaseExplanation(waterfall, 31.2, features, [8], 'day', words);
    expect(bars.map(({ label }) => label)).toEqual([
      'Arrêt ordinaire',
      'Complexité = 8',
      'Passé de la tranche',
      '3 autres colonnes',
      'Calage sur les écarts passés',
      'Durée estimée',
    ]);
    bars.slice(1, -1).forEach((bar, i) => expect(bar.from).toBeCloseTo(bars[i]?.to ?? NaN, 9));
    expect(bars.at(-2)?.to).toBeCloseTo(31.2, 9);
    expect(bars.at(-1)).toMatchObject({ from: null, to: 31.2 });
  });

  it('have no step of correction where the answer is the model’s own estimate', () => {
    const { bars } = viewCaseExplanation(waterfall, 29, features, [8], 'day', words);
    expect(bars.map(({ label }) => label)).not.toContain('Calage sur les écarts passés');
  });

  it('tell the way to the answer in large figures, with what the correction makes up of it', () => {
    const { sentence } = viewCaseExplanation(waterfall, 26.2, features, [8], 'day', words);
    expect(sentence).toMatch(/^1,2\sjour de plus qu’un arrêt ordinaire/u);
    expect(sentence).toMatch(/Le calage sur les écarts passés y compte pour −2,8\sjours\./u);
    expect(viewCaseExplanation(waterfall, 22, features, [8], 'day', words).sentence).toMatch(
      /^3\sjours de moins/u,
    );
  });

  it('are one sentence that names what counts', () => {
    const { sentence } = viewCaseExplanation(waterfall, 29, features, [8], 'day', words);
    expect(sentence).toMatch(/^4\sjours de plus qu’un arrêt ordinaire.*Complexité = 8 \(\+4,1/u);
    expect(sentence).not.toContain('Passé');
    const shorter = {
      ...waterfall,
      prediction: 22,
      steps: [{ column: 'Complexité', contribution: -3 }],
      rest: null,
    };
    expect(viewCaseExplanation(shorter, 22, features, [2], 'day', words).sentence).toMatch(
      /^3\sjours de moins/u,
    );
    const even = { ...shorter, prediction: 25 };
    expect(viewCaseExplanation(even, 25, features, [2], 'day', words).sentence).toMatch(
      /^Autant qu’un arrêt ordinaire/u,
    );
    const unit: FormFeature = { ...number, name: 'Complexité', isInteger: true, hasPast: true };
    expect(viewCaseExplanation(waterfall, 29, [unit], [8], 'day', words).sentence).toContain(
      '= 8 et son passé (+4,1',
    );
    const flat = { ...waterfall, steps: [{ column: 'Complexité', contribution: 0.01 }], rest: null };
    expect(viewCaseExplanation(flat, 25, features, [8], 'day', words).sentence).toContain('Rien n’éloigne');
  });
});
