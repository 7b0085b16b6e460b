import { describe, expect, it } from 'vitest';
import type { ClaimedBound, IntervalBound } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { findHeadline } from '#inference/headline.ts';
import { wordsIn } from '#language/words.ts';
import { viewInterval, writeBound } from './interval-sentences.ts';

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

const three = { p10: refuse(3, 9, 12), p50: refuse(3, 4, 30), p80: refuse(3, 4, 40), p90: refuse(3, 9, 44) };

function answer(change: Partial<CasePrediction>): CasePrediction {
  return {
    value: 30,
    interval,
    probability: null,
    notes: [],
    past: [],
    learnt: 'no',
    reach: { kind: 'within' },
    open: null,
    ...change,
  };
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

  it('has one headline: the P50 that stands beside it, none where three outages carry no level', () => {
    expect(findHeadline(answer({}))).toEqual({ value: 31.2, kind: 'p50' });
    expect(findHeadline(answer({ interval: small }))).toEqual({ value: 31.2, kind: 'p50' });
    expect(findHeadline(answer({ interval: null }))).toEqual({ value: 30, kind: 'estimate' });
    expect(findHeadline(answer({ interval: three }))).toEqual({ value: 30, kind: 'refused' });
  });

  it('says of a class of three how many it takes, and nothing of what others would say', () => {
    const view = viewInterval(three, 'day', words);
    expect(view.sentence).toMatch(/^Pas de P80\s: 3 arrêts de ce type ont pu être jugés, il en faut 4\.$/u);
    expect(view.range).toBeNull();
    expect(view.instead).toBeNull();
  });
});
