import { describe, expect, it } from 'vitest';
import type { TestPredictions } from '#training/contract.ts';
import { wordsIn } from '../test-words.ts';
import { describeSkill, groupErrors, judgeDataCurve } from './class-coverage.view.ts';

const words = wordsIn('fr');
const target = { name: 'Durée', unit: 'day' } as const;

const test: TestPredictions = {
  rows: [0, 1, 2, 3],
  actual: [10, 20, 30, 5],
  predicted: [12, 16, 31, 5],
  classes: { column: 'Type', labels: ['VP', 'VD'], codes: [0, 1, 0, 0] },
  starts: [2019, 2019, 2020, NaN].map((year) => Date.UTC(year, 5)),
  intervals: { p10: [9, 12, 25, 4], p90: [15, NaN, 40, 7] },
};

describe('the skill against the announced duration', () => {
  const skill = (value: number, low: number, high: number) =>
    describeSkill({ target, againstAnnounced: { value, low, high, nSamples: 214 } }, words) ?? '';

  it('is claimed only where its interval leaves out zero', () => {
    expect(skill(6.2, 4.1, 8.3)).toContain(
      `${words.format.duration(6.2, 'day')} plus juste que l’annonce (n = 214`,
    );
    expect(skill(-2, -3, -1)).toContain('moins juste que l’annonce');
    expect(skill(0.7, -0.7, 2.2)).toContain('ni plus ni moins juste');
    expect(describeSkill({ target, againstAnnounced: null }, words)).toBeNull();
  });
});

describe('errors by group', () => {
  it('are means with standard errors, by class and by year of start', () => {
    const [first, second] = groupErrors(test, 'class');
    expect(first).toMatchObject({ label: 'VP', nSamples: 3, meanAbsoluteError: 1 });
    expect(first?.standardError).toBeCloseTo(1 / Math.sqrt(3), 9);
    expect(second).toMatchObject({ label: 'VD', nSamples: 1, meanAbsoluteError: 4, standardError: 0 });
    expect(groupErrors(test, 'year').map(({ label, nSamples }) => [label, nSamples])).toEqual([
      ['2019', 2],
      ['2020', 1],
    ]);
  });
});

describe('the verdict on more outages', () => {
  const curve = (...maes: number[]) => ({
    nTest: 50,
    points: maes.map((mae, i) => ({ nOutages: 100 * 2 ** i, mae, medianMae: 20 })),
  });

  it('says whether the last doubling still helped', () => {
    expect(judgeDataCurve(curve(14, 12, 10), 'day', words)).toMatch(/^Oui\s: de 200 à 400/u);
    expect(judgeDataCurve(curve(14, 12, 11.9), 'day', words)).toMatch(/^Guère/u);
    expect(judgeDataCurve(curve(14), 'day', words)).toMatch(/^Trop peu/u);
  });
});
