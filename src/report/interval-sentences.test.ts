import { describe, expect, it } from 'vitest';
import type { ClaimedBound, IntervalBound } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { findHeadline } from '#inference/headline.ts';
import { wordsIn } from '#language/words.ts';
import { viewInterval, writeBound } from './interval-sentences.ts';

const words = wordsIn('fr');

function claim(value: number, n = 40): ClaimedBound {
  return { value, basis: 'class', n, ofClass: { label: 'VP', n } };
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
    expect(view.basis).toBe('D’après les 40 arrêts de «\u00a0VP\u00a0»');
    expect(view.instead).toBeNull();
  });

  it('claims no level that seven outages cannot carry, and says what all outages tell', () => {
    expect(writeBound(small.p90, 'day', words)).toMatch(/trop peu d’arrêts\s: 7, il en faut 9/u);
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

  it('of a pool says how many are of the class, and that few of them tell nothing', () => {
    const pooled = (own: number): string | null => {
      const bound = {
        ...claim(35, 180),
        basis: 'alike' as const,
        ofClass: { label: 'Gravelines 1', n: own },
      };
      return viewInterval({ ...interval, p80: bound }, 'day', words).basis;
    };
    expect(pooled(5)).toMatch(
      /^D’après 180 arrêts de classes peu représentées\s; les 5 de «\sGravelines 1\s» ne/u,
    );
    expect(pooled(1)).toMatch(/; 1 de «\sGravelines 1\s»\s: trop peu pour comparer\.$/u);
  });

  it('of a class unlike the others says so, and no more', () => {
    const odd: IntervalBound = {
      ...(refuse(5, 20, 40) as object),
      isUnlike: true,
      ofClass: { label: 'VD', n: 5 },
    } as IntervalBound;
    const view = viewInterval({ p10: odd, p50: odd, p80: odd, p90: odd }, 'day', words);
    expect(view).toMatchObject({ basis: null, instead: null, range: null });
    expect(view.sentence).toMatch(
      /^Pas de P80\s: les 5 arrêts de «\sVD\s» ne ressemblent pas aux autres, et il en faut 20/u,
    );
  });

  it('says of a class of three how many it takes, and nothing of what others would say', () => {
    const view = viewInterval(three, 'day', words);
    expect(view.sentence).toMatch(/^Pas de P80\s: 3 arrêts de ce genre à juger, il en faut 4\.$/u);
    expect(view.range).toBeNull();
    expect(view.instead).toBeNull();
    const visit = { ...three, p80: { ...three.p80, ofClass: { label: 'VD', n: 3 } } };
    expect(viewInterval(visit, 'day', words).sentence).toMatch(
      /^Pas de P80\s: 3 arrêts de «\sVD\s», il en faut 4\.$/u,
    );
  });
});
