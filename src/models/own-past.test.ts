import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantileOfSorted } from '#base/statistics.ts';
import { createSilentContext } from '#base/job-context.ts';
import type { Column, Table } from '#data/table.ts';
import { createSpec } from './model-spec.ts';
import { fitOwnPast, findPastGroup, predictOwnPastQuantiles } from './own-past.ts';
import { fitModel } from './regressor.ts';

/** One outage a pair of labels; a null is missing. */
function labelled(name: string, labels: readonly (string | null)[]): Column {
  const categories = [...new Set(labels.filter((label) => label !== null))].sort();
  const codes = Int32Array.from(labels, (label) => (label === null ? -1 : categories.indexOf(label)));
  return { type: 'category', name, codes, categories };
}

function tableOf(...columns: Column[]): Table {
  const [first] = columns;
  return { nRows: first?.type === 'category' ? first.codes.length : 0, columns };
}

const context = createSilentContext();
const spec = createSpec('own-past', { unitFeature: 'unit', classFeature: 'class' });

/** A: 12 outages of 7 days; B: 12 of 70; C: three of class `visit`, whose nine others are D's, of 30; E: two of `odd`. */
const units = [...rep('A', 12), ...rep('B', 12), ...rep('C', 3), ...rep('D', 9), ...rep('E', 2)];
const classes = [...rep('short', 12), ...rep('long', 12), ...rep('visit', 12), ...rep('odd', 2)];
const durations = Float64Array.from([...rep(7, 12), ...rep(70, 12), ...rep(30, 12), ...rep(500, 2)]);

function rep<Item>(item: Item, n: number): Item[] {
  return Array.from({ length: n }, () => item);
}

const past = tableOf(labelled('unit', units), labelled('class', classes));

function ask(unit: string | null, outageClass: string | null): Table {
  return tableOf(labelled('unit', [unit]), labelled('class', [outageClass]));
}

describe('the own past', () => {
  test.each([
    ['A', 'short', 7, 'a unit of its own law'],
    ['B', 'long', 70, 'another'],
    ['C', 'visit', 30, 'a unit of three outages: its class'],
    ['A', 'long', 7, 'a unit that never had the class: the unit'],
    ['B', null, 70, 'no class: the unit'],
    ['new', 'long', 70, 'a unit never seen: the class'],
    [null, 'visit', 30, 'no unit: the class'],
    ['E', 'odd', 30, 'two outages of unit and class: all'],
    ['new', 'new', 30, 'nothing known: all'],
    [null, null, 30, 'nothing told: all'],
  ] as const)('%s, %s: %d days (%s)', async (...[unit, outageClass, days]) => {
    const model = await fitModel(spec, past, durations, {}, context);
    expect(model.predict(ask(unit, outageClass))[0]).toBe(days);
  });

  test('a unit within its class is narrower than the unit', async () => {
    const twice = tableOf(
      labelled('unit', [...rep('A', 16), ...rep('B', 8)]),
      labelled('class', [...rep('x', 8), ...rep('y', 8), ...rep('x', 8)]),
    );
    const target = Float64Array.from([...rep(7, 8), ...rep(70, 8), ...rep(200, 8)]);
    const model = await fitModel(spec, twice, target, {}, context);
    expect(model.predict(ask('A', 'x'))[0]).toBe(7);
    expect(model.predict(ask('A', 'y'))[0]).toBe(70);
    expect(model.predict(ask('B', 'y'))[0]).toBe(200);
  });

  test('the group is the narrowest that holds eight; one outage less and it is the next', () => {
    for (const [n, unit] of [
      [8, 0],
      [7, -1],
    ] as const) {
      const codes = Float64Array.from([...rep(0, n), ...rep(1, 20)]);
      const matrix = { nSamples: codes.length, columns: [codes], cardinalities: [2] };
      const state = fitOwnPast(matrix, codes, [2], { unitIndex: 0 });
      expect(findPastGroup(state, 0, -1).unit).toBe(unit);
    }
  });

  test('without a named class, the category that separates the durations is found, never the unit', async () => {
    const features = tableOf(
      labelled(
        'unit',
        units.map((_, i) => `U${i % 3}`),
      ),
      labelled(
        'noise',
        units.map((_, i) => `N${i % 2}`),
      ),
      labelled('class', classes),
    );
    const found = await fitModel(
      createSpec('own-past', { unitFeature: 'unit' }),
      features,
      durations,
      {},
      context,
    );
    expect(found.state).toMatchObject({ unitIndex: 0, classIndex: 2 });
  });

  test('a class that the unit has several labels of goes before its site, which is but the unit again', async () => {
    const unit = Array.from({ length: 80 }, (_, i) => `U${i % 4}`);
    const site = unit.map((label) => (label < 'U2' ? 'S1' : 'S2'));
    const nature = unit.map((_, i) => (i % 8 < 4 ? 'short' : 'long'));
    const target = Float64Array.from(
      unit,
      (_, i) => (site[i] === 'S1' ? 0 : 50) + (nature[i] === 'short' ? 5 : 70),
    );
    const named = tableOf(labelled('unit', unit), labelled('site', site), labelled('nature', nature));
    const only = tableOf(labelled('unit', unit), labelled('site', site));
    const byUnit = createSpec('own-past', { unitFeature: 'unit' });
    expect((await fitModel(byUnit, named, target, {}, context)).state).toMatchObject({ classIndex: 2 });
    const bySite = Float64Array.from(site, (label) => (label === 'S1' ? 5 : 50));
    expect((await fitModel(byUnit, only, bySite, {}, context)).state).toMatchObject({ classIndex: 1 });
  });

  const outages = fc.array(
    fc.record({
      unit: fc.option(fc.constantFrom('A', 'B', 'C'), { nil: null }),
      outageClass: fc.option(fc.constantFrom('x', 'y'), { nil: null }),
      days: fc.integer({ min: 0, max: 400 }),
    }),
    { minLength: 5, maxLength: 60 },
  );

  test('quantiles are those of a naive look-up, whatever the order of columns and rows', () => {
    fc.assert(
      fc.property(outages, (rows) => {
        const code = (label: string | null, labels: string) => (label === null ? NaN : labels.indexOf(label));
        const unit = Float64Array.from(rows, (row) => code(row.unit, 'ABC'));
        const outageClass = Float64Array.from(rows, (row) => code(row.outageClass, 'xy'));
        const target = Float64Array.from(rows, ({ days }) => days);
        const matrix = { nSamples: rows.length, columns: [unit, outageClass], cardinalities: [3, 2] };
        const swapped = { ...matrix, columns: [outageClass.toReversed(), unit.toReversed()] };
        const shares = [0.1, 0.5, 0.9];
        const state = fitOwnPast(matrix, target, [3, 2], { unitIndex: 0, classIndex: 1 });
        const other = fitOwnPast(swapped, target.toReversed(), [2, 3], { unitIndex: 1, classIndex: 0 });
        const quantiles = predictOwnPastQuantiles(state, matrix, shares);
        expect(predictOwnPastQuantiles(other, swapped, shares).map((column) => column.toReversed())).toEqual(
          quantiles,
        );
        rows.forEach((row, i) => {
          const isUnit = (each: (typeof rows)[number]) => row.unit !== null && each.unit === row.unit;
          const isClass = (each: (typeof rows)[number]) =>
            row.outageClass !== null && each.outageClass === row.outageClass;
          const groups = [
            rows.filter((each) => isUnit(each) && isClass(each)),
            rows.filter(isUnit),
            rows.filter(isClass),
          ];
          const group = groups.find(({ length }) => length >= 8) ?? rows;
          const sorted = Float64Array.from(group, ({ days }) => days).sort();
          expect(quantiles.map((column) => column[i])).toEqual(
            shares.map((share) => quantileOfSorted(sorted, share)),
          );
        });
      }),
      { numRuns: 60 },
    );
  });
});
