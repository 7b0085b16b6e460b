import { describe, expect, it } from 'vitest';
import type { TestPredictions } from '#training/contract.ts';
import { wordsIn } from '#language/words.ts';
import { equalScale, groupClasses, isHeavyTailed, viewTestPoints } from './evaluation.view.ts';

const words = wordsIn('fr');

const test: TestPredictions = {
  rows: [4, 9, 2, 7],
  actual: [10, 20, 30, 5],
  predicted: [12, 16, 30, 5],
  classes: { column: 'Type', labels: ['préventive', 'corrective'], codes: [0, 1, 0, -1] },
  starts: null,
  intervals: null,
};

describe('points', () => {
  it('stand at the prediction on x, and at the actual duration or the residual on y', () => {
    expect(viewTestPoints(test, 'actual', words).points.map(({ x, y }) => [x, y])).toEqual([
      [12, 10],
      [16, 20],
      [30, 30],
      [5, 5],
    ]);
    expect(viewTestPoints(test, 'residual', words).points.map(({ y }) => y)).toEqual([-2, 4, 0, 0]);
  });

  it('may be drawn on a logarithmic scale only where all are positive', () => {
    expect(viewTestPoints(test, 'actual', words).canBeLog).toBe(true);
    expect(viewTestPoints({ ...test, actual: [-1, 2, 3, 4] }, 'actual', words).canBeLog).toBe(false);
  });

  it('name the row as the file counts it, and the class', () => {
    expect(viewTestPoints(test, 'actual', words).points[1]?.label).toBe('ligne 10 · corrective');
  });

  it('share the same limits on both axes', () => {
    const { domain } = equalScale(viewTestPoints(test, 'actual', words).points, false);
    expect(domain[0]).toBeLessThanOrEqual(5);
    expect(domain[1]).toBeGreaterThanOrEqual(30);
  });
});

describe('classes', () => {
  it('are named by how frequent they are, the rare ones together beyond the sixth', () => {
    const codes = Array.from({ length: 60 }, (_, i) => (i < 20 ? 3 : i % 10));
    const classes = { column: 'Tranche', labels: 'ABCDEFGHIJ'.split(''), codes };
    const { groups, groupOf } = groupClasses(classes, 'autres', 'manquant');
    expect(groups).toHaveLength(7);
    expect(groups[0]).toBe('D');
    expect(groups.at(-1)).toBe('autres');
    expect(groupOf(3)).toBe(0);
    expect(groupOf(9)).toBe(6);
  });

  it('include the missing ones by name', () => {
    const { groups, groupOf } = groupClasses(test.classes, 'autres', 'manquant');
    expect(groups[groupOf(-1)]).toBe('manquant');
  });
});

describe('the axis of durations', () => {
  const points = (durations: readonly number[]) => durations.map((y) => ({ x: y, y, group: 0, label: '' }));

  it('starts logarithmic where a few outages last more than ten times the median', () => {
    expect(isHeavyTailed(points([5, 6, 7, 8, 9]))).toBe(false);
    expect(isHeavyTailed(points([5, 6, 7, 8, 900]))).toBe(true);
    expect(isHeavyTailed([])).toBe(false);
  });
});
