import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { NumberColumn, Table } from '#data/table.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { findFeatureGrid } from './feature-grid.ts';
import reference from './fixtures/partial-dependence.json' with { type: 'json' };
import { centreCurves, computePartialDependence } from './partial-dependence.ts';

const context = createSilentContext();

function numbersOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((c) => c.name === name);
  if (column?.type !== 'number') throw new Error(`${name} is no number`);
  return column.values;
}

describe('as scikit-learn’s partial_dependence', () => {
  const columns = reference.columns.map((values, i): NumberColumn => ({
    type: 'number',
    name: `x${i}`,
    values: Float64Array.from(values),
  }));
  const features: Table = { nRows: columns[0]?.values.length ?? 0, columns };

  /** The reference model itself, from its trees; it reads features in single precision. */
  function predict(table: Table): Float64Array {
    const read = columns.map((_, i) => numbersOf(table, `x${i}`));
    return Float64Array.from({ length: table.nRows }, (_, row) => {
      let sum = reference.start;
      for (const tree of reference.trees) {
        let node = 0;
        while (tree.left[node]! >= 0) {
          const value = Math.fround(read[tree.feature[node]!]?.[row] as number);
          node = (value <= tree.threshold[node]! ? tree.left : tree.right)[node] as number;
        }
        sum += reference.learningRate * tree.value[node]!;
      }
      return sum;
    });
  }

  test('the model of the fixture is read right', () => {
    predict(features).forEach((value, row) => expect(value).toBeCloseTo(reference.predictions[row]!, 10));
  });

  test.each([0, 1, 2])('mean and single curves along feature %i', async (feature) => {
    const expected = reference.dependences[feature] as (typeof reference.dependences)[number];
    const grid = { type: 'number' as const, values: Float64Array.from(expected.grid) };
    const options = { grid, maxCurves: 40 };
    const dependence = await computePartialDependence(predict, features, `x${feature}`, options, context);
    expected.average.forEach((value, point) => expect(dependence.average[point]).toBeCloseTo(value, 10));
    expected.individual.forEach((curve, row) => {
      curve.forEach((value, point) => expect(dependence.curves[row]?.values[point]).toBeCloseTo(value, 10));
    });
  });
});

describe('on a planted law', () => {
  const { features } = plantOutages(300, 0, 9);
  /** 3 · Complexité · (2 for corrective outages), and nothing else. */
  function predict(table: Table): Float64Array {
    const type = table.columns.find((column) => column.name === 'Type');
    return numbersOf(table, 'Complexité').map((value, row) => {
      const label = type?.type === 'category' ? type.categories[type.codes[row]!] : undefined;
      return 3 * value * (label === 'corrective' ? 2 : 1);
    });
  }

  test('a number: the slope of the law, and single curves that show the interaction the mean hides', async () => {
    const dependence = centreCurves(
      await computePartialDependence(predict, features, 'Complexité', {}, context),
    );
    if (dependence.grid.type === 'category') throw new Error('Complexité is a number');
    const rise = (dependence.grid.values.at(-1) as number) - dependence.grid.values[0]!;
    const ends = new Set(dependence.curves.map(({ values }) => (values.at(-1) as number) / rise));
    expect([...ends].toSorted((a, b) => a - b)).toEqual([3, 6]);
    const slope = (dependence.average.at(-1) as number) / rise;
    expect(slope).toBeGreaterThan(3);
    expect(slope).toBeLessThan(6);
  });

  test('a category: one point a label, the commonest first', async () => {
    const { grid, average, nRows } = await computePartialDependence(predict, features, 'Type', {}, context);
    expect(grid).toEqual({ type: 'category', labels: ['préventive', 'corrective'] });
    expect(average[1]! / average[0]!).toBeCloseTo(2, 12);
    expect(nRows).toBe(300);
  });

  test('a feature the model does not use is flat', async () => {
    const { average } = await computePartialDependence(predict, features, 'Effectif', {}, context);
    expect(new Set(average.map((value) => Math.round(value * 1e9))).size).toBe(1);
  });

  test('many rows and curves are thinned evenly', async () => {
    const options = { maxRows: 100, maxCurves: 4, nPoints: 3 };
    const { nRows, curves } = await computePartialDependence(predict, features, 'Effectif', options, context);
    expect(nRows).toBe(100);
    expect(curves.map(({ row }) => row)).toEqual([0, 75, 150, 225]);
  });

  test('a feature that is not there is named, with those that are', async () => {
    await expect(computePartialDependence(predict, features, 'Effectifs', {}, context)).rejects.toMatchObject(
      {
        code: 'unknown-column',
        details: { column: 'Effectifs', columns: ['Type', 'Tranche', 'Complexité', 'Effectif'] },
      },
    );
  });
});

describe('the grid', () => {
  const column = (values: number[]): NumberColumn => ({
    type: 'number',
    name: 'x',
    values: Float64Array.from(values),
  });

  test('runs from the 5 % to the 95 % quantile', () => {
    const grid = findFeatureGrid(column(Array.from({ length: 101 }, (_, i) => i)), 10);
    expect(grid).toEqual({ type: 'number', values: Float64Array.from({ length: 10 }, (_, i) => 5 + 10 * i) });
  });

  test('takes few values as they are, and leaves missing ones out', () => {
    const values = Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? NaN : i % 4));
    expect(findFeatureGrid(column(values))).toEqual({ type: 'number', values: Float64Array.of(1, 2, 3) });
    expect(findFeatureGrid(column([NaN]))).toEqual({ type: 'number', values: new Float64Array(0) });
  });
});
