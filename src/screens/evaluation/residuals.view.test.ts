import { describe, expect, it } from 'vitest';
import type { Column } from '#data/table.ts';
import type { TestPredictions } from '#training/contract.ts';
import { wordsIn } from '#language/words.ts';
import { viewResiduals } from './residuals.view.ts';

const words = wordsIn('fr');
const count = Array.from({ length: 60 }, (_, i) => i);

/** Predictions that are a day off either way, and one outage that took 900 days more. */
const test: TestPredictions = {
  rows: count,
  predicted: count.map((i) => i + 10),
  actual: count.map((i) => (i === 30 ? 940 : i + 10 + (i % 2 === 0 ? 1 : -1))),
  classes: null,
  starts: null,
  intervals: null,
};

describe('residuals', () => {
  it('are not pressed together by one outage, which is counted and can be shown', () => {
    const robust = viewResiduals(test, null, false, words);
    expect(robust.points).toHaveLength(60);
    expect(robust.nBeyond).toBe(1);
    expect(robust.y.domain[1]).toBeLessThan(600);
    const whole = viewResiduals(test, null, true, words);
    expect(whole.nBeyond).toBe(0);
    expect(whole.y.domain[1]).toBeGreaterThanOrEqual(900);
  });

  it('stand along a column by what it holds, with a median for each label', () => {
    const column: Column = {
      type: 'category',
      name: 'Palier',
      codes: Int32Array.from(count, (i) => i % 2),
      categories: ['900 MW', '1300 MW'],
    };
    const view = viewResiduals(test, column, false, words);
    expect(view.trend).toEqual({
      points: [
        { x: 0, y: 1 },
        { x: 1, y: -1 },
      ],
      isApart: true,
    });
    expect(view.cellOf(1)).toBe('1300 MW');
    expect(view.points[7]).toMatchObject({ row: 7, y: -1 });
  });
});
