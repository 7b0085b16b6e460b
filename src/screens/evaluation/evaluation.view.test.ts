import { describe, expect, it } from 'vitest';
import type { ModelScore, TestPredictions, TrainingResult } from '#training/contract.ts';
import { wordsIn } from '../test-words.ts';
import {
  equalScale,
  groupClasses,
  isHeavyTailed,
  viewCurveVerdict,
  viewTestPoints,
  viewVerdict,
} from './evaluation.view.ts';

const words = wordsIn('fr');

const test: TestPredictions = {
  rows: [4, 9, 2, 7],
  actual: [10, 20, 30, 5],
  predicted: [12, 16, 30, 5],
  classes: { column: 'Type', labels: ['préventive', 'corrective'], codes: [0, 1, 0, -1] },
  starts: null,
  intervals: null,
};

function score(name: ModelScore['name'], mae: number): ModelScore {
  const scores = { mae, rmse: mae * 1.3, r2: 0.5 };
  return {
    name,
    scale: 'identity',
    isReference: name === 'median',
    cv: { ...scores, sd: 0.1 },
    test: scores,
    details: null,
    toBest: null,
  };
}

function result(mae: number, median: number, predictions = test): TrainingResult {
  return {
    target: { name: 'Durée (jours)', unit: 'day' },
    rows: { read: 20, kept: 20, rejected: 0, setAside: 0, train: 16, test: 4 },
    settings: { split: { kind: 'time', testShare: 0.2 } },
    chosen: 'gradient-boosting',
    models: [score('gradient-boosting', mae), score('median', median)],
    test: predictions,
  } as unknown as TrainingResult;
}

describe('the verdict', () => {
  it('says how much better than the median, and on which outages', () => {
    const verdict = viewVerdict(result(1.5, 6), words);
    expect(verdict.sentence).toContain(`${words.format.percent(0.75)} d’erreur en moins`);
    expect(verdict.split).toContain('les plus récents');
  });

  it('does not call a hair’s breadth better, and says when it is worse', () => {
    expect(viewVerdict(result(5.95, 6), words).sentence).toContain('à peine moins');
    expect(viewVerdict(result(7, 6), words).sentence).toContain('mieux vaut ne pas s’y fier');
  });

  it('says which way it leans only where that is worth saying', () => {
    const late = { ...test, actual: [20, 30, 40, 10] };
    expect(viewVerdict(result(5, 9, late), words).bias).toContain('de plus que prédit');
    const few = { ...test, actual: [90, ...test.predicted.slice(1).map((duration) => duration - 0.1)] };
    expect(viewVerdict(result(5, 9, few), words).bias).toMatch(/mais 25\s%/u);
    const early = { ...test, actual: [2, 6, 20, 1] };
    expect(viewVerdict(result(5, 9, early), words).bias).toContain('de moins que prédit');
    expect(viewVerdict(result(6, 9), words).bias).toContain('Il ne penche');
  });
});

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

describe('the learning curve', () => {
  const course = (validation: readonly number[], bestIteration: number) =>
    viewCurveVerdict(
      'gradient-boosting',
      { model: 'gradient-boosting', train: validation, validation, bestIteration },
      words,
    );

  it('says whether the error still falls, has settled, or rises again', () => {
    const falling = Array.from({ length: 50 }, (_, i) => 50 - i);
    expect(course(falling, 50)).toContain('descend encore');
    expect(course([9, 6, 5, 5, 5, 5, 5, 5, 5, 5], 10)).toContain('se stabilise');
    expect(course([9, 6, 5, 6, 7], 3)).toContain('remonte après l’arbre 3');
  });

  it('says when it is of another model than the retained one', () => {
    const curve = {
      model: 'gradient-boosting',
      train: [2, 1],
      validation: [2, 1],
      bestIteration: 2,
    } as const;
    expect(viewCurveVerdict('linear', curve, words)).toContain('pas le modèle retenu');
    expect(viewCurveVerdict('gradient-boosting', curve, words)).not.toContain('pas le modèle retenu');
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
