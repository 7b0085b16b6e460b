import { describe, expect, it } from 'vitest';
import { wordsIn } from '#language/words.ts';
import { readTarget, tellBoth, tellTargetProblem, type TargetLimits } from './target.view.ts';

const words = wordsIn('fr');
const limits: TargetLimits = { start: Date.UTC(2027, 3, 12), unit: 'day', longest: 200 };
const problemOf = (text: string, of = limits) => tellTargetProblem(readTarget(text, of), of, words);

describe('the duration to meet', () => {
  it('is typed as a duration or as the day of the end, and told as both', () => {
    expect(readTarget('75', limits)).toEqual({ kind: 'duration', duration: 75 });
    expect(readTarget(' 12,5 ', limits)).toEqual({ kind: 'duration', duration: 12.5 });
    expect(readTarget('12.5', limits)).toEqual({ kind: 'duration', duration: 12.5 });
    expect(readTarget('26/06/2027', limits)).toEqual({ kind: 'duration', duration: 75 });
    expect(readTarget('13/04/2027', { ...limits, unit: 'hour' })).toEqual({ kind: 'duration', duration: 24 });
    expect(readTarget('', limits)).toEqual({ kind: 'duration', duration: null });
    expect(tellBoth(75, limits, words)).toMatch(/^75\sjours, fin le 26\/06\/2027$/u);
    expect(tellBoth(75, { ...limits, start: null }, words)).toMatch(/^75\sjours$/u);
  });

  it('is refused with a reason where it is absurd', () => {
    expect(problemOf('75')).toBeNull();
    expect(problemOf('-3')).toBe('Une durée objectif est positive.');
    expect(problemOf('0')).toBe('Une durée objectif est positive.');
    expect(problemOf('01/04/2027')).toContain('12/04/2027');
    expect(problemOf('26/06/2027', { ...limits, start: null })).toContain('date de début');
    expect(problemOf('601')).toMatch(/200\sjours.*600\sjours/u);
    expect(problemOf('600')).toBeNull();
    expect(problemOf('9000', { ...limits, longest: null })).toMatch(/7\s?305\sjours/u);
    expect(problemOf('bientôt')).toMatch(/durée.*date/u);
  });
});
