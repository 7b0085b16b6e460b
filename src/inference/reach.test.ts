import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClaimed, isRefused, type PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { FormFeature, ModelSummary } from './contract.ts';
import { judgeReach, reachCurve, reachInterval, undoReach } from './reach.ts';
import { categoryFeature, numberFeature } from './testing/form-features.ts';

const number = (name: string, min: number, max: number): FormFeature => {
  return numberFeature(name, min, max);
};
const labels: FormFeature = categoryFeature('Type', ['VP', 'ASR']);
const summary = { features: [number('Effectif', 10, 30), labels] } as unknown as ModelSummary;
const judge = (crew: number | null, type: string | null) =>
  judgeReach({ summary, calibration: null }, [crew, type]);

const bound = (value: number) => ({ value, basis: 'overall' as const, n: 50 });
const interval: PredictionInterval = { p10: bound(4), p50: bound(10), p80: bound(20), p90: bound(30) };
const valueOf = (each: PredictionInterval['p10']) => (isClaimed(each) ? each.value : NaN);

describe('how far a claim carries', () => {
  it('is as it was within what was learnt and just outside, less so farther out and for a new label, nothing a range away', () => {
    expect(judge(10, 'VP')).toEqual({ kind: 'within' });
    expect(judge(null, null)).toEqual({ kind: 'within' });
    expect(judge(32, 'ASR')).toEqual({ kind: 'within' });
    expect(judge(35, 'ASR')).toEqual({ kind: 'outside', factor: 1.5 });
    expect(judge(20, 'VD')).toEqual({ kind: 'outside', factor: 1.5 });
    expect(judge(50, 'ASR')).toEqual({ kind: 'beyond' });
  });

  it('leaves the interval alone within, widens it around its P50 outside, and refuses it beyond', () => {
    expect(reachInterval(interval, { kind: 'within' })).toBe(interval);
    const wide = reachInterval(interval, { kind: 'outside', factor: 2 });
    expect([wide.p10, wide.p50, wide.p80, wide.p90].map(valueOf)).toEqual([0, 10, 30, 50]);
    expect(isRefused(reachInterval(interval, { kind: 'beyond' }))).toBe(true);
    expect(reachCurve({ points: [], basis: 'overall', n: 9 }, interval, { kind: 'beyond' })).toBeNull();
  });

  it('gives a target the probability that its level had before', () => {
    const positive = fc.double({ min: 0.5, max: 3, noNaN: true });
    fc.assert(
      fc.property(positive, (factor) => {
        const reach = { kind: 'outside', factor } as const;
        const wide = reachInterval(interval, reach);
        for (const level of ['p50', 'p80', 'p90'] as const) {
          expect(undoReach(valueOf(wide[level]), interval, reach)).toBeCloseTo(valueOf(interval[level]), 9);
        }
      }),
    );
  });
});
