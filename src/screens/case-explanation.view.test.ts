import { describe, expect, it } from 'vitest';
import type { ClaimedBound, IntervalBound } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction, FormFeature } from '#inference/contract.ts';
import { wordsIn } from './test-words.ts';
import { findHeadline, viewInterval, writeBound } from './interval.view.ts';
import { viewCaseExplanation } from './case-explanation.view.ts';

const words = wordsIn('fr');

function claim(value: number, n = 40): ClaimedBound {
  return { value, basis: 'class', n };
}

function refuse(n: number, needed: number, overall: number | null): IntervalBound {
  return {
    notClaimable: true,
    n,
    needed,
    overall: overall === null ? null : { value: overall, basis: 'overall', n: 300 },
  };
}

const interval = { p10: claim(28), p50: claim(31.2), p80: claim(35), p90: claim(37.4) };
const small = { p10: refuse(7, 9, 12), p50: claim(31.2, 7), p80: claim(35, 7), p90: refuse(7, 9, 44) };

function answer(change: Partial<CasePrediction>): CasePrediction {
  return { value: 30, interval, probability: null, notes: [], ...change };
}

describe('the interval in words', () => {
  it('says eight chances in ten, the range, and whose outages it rests on', () => {
    const view = viewInterval(interval, 'day', words);
    expect(view.sentence).toBe(`8 chances sur 10 de finir en ${words.format.duration(35, 'day')} ou moins`);
    expect(view.range?.text).toBe(words.format.durationRange(28, 37, 'day'));
    expect(view.basis).toContain('40 arrêts de la même classe');
    expect(view.instead).toBeNull();
  });

  it('claims no level that seven outages cannot carry, and says what all outages tell', () => {
    expect(writeBound(small.p90, 'day', words)).toContain('non revendicable (7 < 9)');
    const view = viewInterval(small, 'day', words);
    expect(view.range).toBeNull();
    expect(view.instead).toContain(words.format.duration(44, 'day'));
  });

  it('shows the P50 in large figures, but not that of a handful of outages', () => {
    expect(findHeadline(answer({}))).toEqual({ value: 31.2, isP50: true });
    expect(findHeadline(answer({ interval: small }))).toEqual({ value: 30, isP50: false });
    expect(findHeadline(answer({ interval: null }))).toEqual({ value: 30, isP50: false });
  });
});

describe('the reasons', () => {
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
