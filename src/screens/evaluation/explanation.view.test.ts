import { describe, expect, it } from 'vitest';
import type { Column } from '#data/table.ts';
import type { ColumnEffect, MeanContributions } from '#jobs/explanation/contract.ts';
import { wordsIn } from '#language/words.ts';
import { tellEffect, tellContributions } from '#report/explanation-sentences.ts';
import { viewColumnAxis, viewTrend } from './column-axis.view.ts';
import { centreEffect, contributionScale, viewDependence, viewSwarm } from './explanation.view.ts';

const words = wordsIn('fr');
const { format } = words;

const complexity: Column = { type: 'number', name: 'Complexité', values: Float64Array.of(1, 2, 8, 9, NaN) };
const type: Column = {
  type: 'category',
  name: 'Type',
  codes: Int32Array.of(0, 0, 1, 1, -1),
  categories: ['VP', 'VD'],
};
const contributions: MeanContributions = {
  columns: [
    { column: 'Complexité', mean: 3, values: Float64Array.of(-4, -4, 4, 4, 0), cells: complexity },
    { column: 'Type', mean: 1, values: Float64Array.of(-1, -1, 1, 1, 0), cells: type },
  ],
  rows: Int32Array.of(4, 9, 2, 7, 0),
  nKnown: 40,
  isEstimated: false,
};

describe('the swarm', () => {
  it('has a row for each column, the first on top, and tells low values from high ones', () => {
    const { points, groups, sources, y } = viewSwarm(contributions, 600, words);
    expect(points).toHaveLength(10);
    expect(points.slice(0, 5).every(({ y: place }) => place > 0.5 && place < 1.5)).toBe(true);
    expect(points.slice(0, 5).map(({ group }) => groups[group ?? 0])).toEqual([
      'valeur basse',
      'valeur basse',
      'valeur haute',
      'valeur haute',
      'libellé ou vide',
    ]);
    expect(y.write?.(1)).toBe('Complexité');
    expect(sources[7]?.ofColumn.column).toBe('Type');
    expect(points[7]?.row).toBe(2);
  });

  it('is read in one sentence', () => {
    expect(
      tellContributions(contributions.columns[0] as (typeof contributions.columns)[number], 'day', words),
    ).toBe(
      `«\u00a0Complexité\u00a0» de 1 à 2\u00a0: ${format.durationChange(-4, 'day')} en moyenne\u202f; de 8 à 9\u00a0: ${format.durationChange(4, 'day')}.`,
    );
  });
});

describe('a column as an axis', () => {
  it('gives each label its place, and each row a place within its label', () => {
    const view = viewColumnAxis(type, words);
    expect(view.axis.ticks.map((tick) => view.axis.write?.(tick))).toEqual(['VP', 'VD', 'manquant']);
    expect(Array.from(view.places, (place) => Math.abs(Math.round(place)))).toEqual([0, 0, 1, 1, 2]);
    expect(view.write(3)).toBe('VD');
    expect(viewTrend(view, [1, 3, 10, 20, 7])).toEqual([
      { x: 0, y: 2 },
      { x: 1, y: 15 },
      { x: 2, y: 7 },
    ]);
  });

  it('writes years plainly, the first of January as its year, and a missing cell by name', () => {
    const years = viewColumnAxis(
      { type: 'number', name: 'Année', values: Float64Array.of(2011, 2023) },
      words,
    );
    expect(years.axis.write?.(2015)).toBe('2015');
    const instants = Float64Array.of(Date.UTC(2011, 4), Date.UTC(2023, 4), NaN);
    const dates = viewColumnAxis({ type: 'date', name: 'Début', values: instants, hasTime: false }, words);
    expect(dates.axis.write?.(Date.UTC(2014, 0))).toBe('2014');
    expect(dates.write(0)).toBe(format.date(Date.UTC(2011, 4)));
    expect(dates.write(2)).toBe('manquant');
  });

  it('keeps the row of the file with each point', () => {
    const { points } = viewDependence(
      contributions.columns[0] as (typeof contributions.columns)[number],
      contributions,
      words,
    );
    expect(points.map(({ row }) => row)).toEqual([4, 9, 2, 7, 0]);
    expect(points[0]?.label).toContain('ligne 5 · 1');
  });
});

describe('an effect', () => {
  const effect = (column: string, rise: number): ColumnEffect => ({
    column,
    usual: { p5: 2, median: 5, p95: 8 },
    rug: Float64Array.of(1, 9),
    dependence: {
      feature: column,
      grid: { type: 'number', values: Float64Array.of(1, 2, 5, 8, 9) },
      average: Float64Array.of(0, 1, 4, 7, 8).map((value) => 20 + rise * value),
      curves: [],
      nRows: 300,
    },
  });

  it('is a change from the middle of the usual values', () => {
    expect(Array.from(centreEffect(effect('a', 1)).average)).toEqual([-4, -3, 0, 3, 4]);
    expect(tellEffect(effect('a', 1), 'day', words)).toContain(
      `De 2 à 8, la durée prédite change de ${format.durationChange(6, 'day')}`,
    );
  });

  it('shares its scale with the others, so that what is small looks small', () => {
    const { domain } = contributionScale([effect('small', 0.1), effect('large', 10)]);
    expect(domain[0]).toBeLessThanOrEqual(-40);
    expect(domain[1]).toBeGreaterThanOrEqual(40);
  });
});
