import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { Column, Table } from '#data/table.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { calibrateDomain } from './domain-calibration.ts';
import { measureDomainDistance } from './domain-distance.ts';
import { indexOutages } from './leaf-proximity.ts';

const context = createSilentContext();
const { features, target } = plantOutages(600, 1, 2);
const heldOut = plantOutages(400, 1, 3).features;
const spec = createSpec('gradient-boosting');
const index = indexOutages(await fitModel(spec, features, target, {}, context), features);
const distance = Array.from(
  { length: 400 },
  (_, row) => measureDomainDistance(index, null, heldOut, row).distance,
);
const calibration = await calibrateDomain(
  index,
  heldOut,
  distance.map((value) => value ** 3),
  context,
);
const chance = distance.map((_, row) => (row * 7919) % 400);
const idle = await calibrateDomain(index, heldOut, chance, context);

/** The first held-out outage with one number or label changed. */
function withCell(name: string, cell: number | string): Table {
  const columns = heldOut.columns.map((column): Column => {
    if (column.name !== name) return column;
    if (column.type === 'category') {
      const codes = column.codes.slice();
      codes[0] = column.categories.length;
      return { ...column, codes, categories: [...column.categories, String(cell)] };
    }
    const values = column.values.slice();
    values[0] = Number(cell);
    return { ...column, values };
  });
  return { ...heldOut, columns };
}

describe('a case like the others', () => {
  test('is called outside about one time in twenty, by construction', () => {
    const usual = plantOutages(600, 1, 4).features;
    let nOutside = 0;
    for (let row = 0; row < 600; row++) {
      if (measureDomainDistance(index, calibration, usual, row).isOutside) nOutside++;
    }
    // 95 % binomial band of 5 % of 600, widened by the 400 outages of the calibration.
    expect(nOutside).toBeGreaterThan(12);
    expect(nOutside).toBeLessThan(54);
  });

  test('has a typicality between 0 and 1, 1 at the least strange of all', () => {
    const measured = Array.from({ length: 100 }, (_, row) =>
      measureDomainDistance(index, calibration, heldOut, row),
    );
    for (const { typicality } of measured) {
      expect(typicality).toBeGreaterThan(0);
      expect(typicality).toBeLessThanOrEqual(1);
    }
    const byDistance = measured.toSorted((a, b) => a.distance - b.distance);
    const typicalities = byDistance.map(({ typicality }) => typicality as number);
    expect(typicalities).toEqual(typicalities.toSorted((a, b) => b - a));
  });
});

describe('a case beyond the data', () => {
  test('a number outside the training range is named, and the further the stranger', () => {
    const at = (crew: number) => measureDomainDistance(index, calibration, withCell('Effectif', crew), 0);
    // PartPools are 5 to 49.
    expect(at(60).breaches).toEqual([
      { feature: 'Effectif', code: 'above-training-range', size: (60 - 49) / 44 },
    ]);
    expect(at(-40).breaches[0]).toMatchObject({ code: 'below-training-range' });
    expect([60, 1000, -40].map((crew) => at(crew).isOutside)).toEqual([true, true, true]);
    expect(at(1000).distance).toBeGreaterThan(at(60).distance + 20);
    expect(at(1000).typicality).toBe(1 / 401);
  });

  test('a label never met is named', () => {
    const { breaches, isOutside } = measureDomainDistance(index, calibration, withCell('Tranche', 'T99'), 0);
    expect(breaches).toEqual([{ feature: 'Tranche', code: 'unknown-category', size: 1 }]);
    expect(isOutside).toBe(true);
  });

  test('without a calibration only breaches warn', () => {
    expect(measureDomainDistance(index, null, heldOut, 0)).toMatchObject({
      typicality: null,
      isOutside: false,
    });
    expect(measureDomainDistance(index, null, withCell('Effectif', 60), 0).isOutside).toBe(true);
  });
});

describe('does it rank errors?', () => {
  test('yes where errors follow distance', () => {
    const { n, rankCorrelation, farthestTenthRatio, ranksErrors } = calibration.validation;
    expect({ n, ranksErrors }).toEqual({ n: 400, ranksErrors: true });
    expect(rankCorrelation).toBeCloseTo(1, 9);
    expect(farthestTenthRatio).toBeGreaterThan(1.2);
  });

  test('no where errors are chance: then a strange case is not warned of, a breach still is', () => {
    expect(Math.abs(idle.validation.rankCorrelation as number)).toBeLessThan(idle.validation.chanceBound);
    expect(idle.validation.ranksErrors).toBe(false);
    const farthest = distance.indexOf(distance.reduce((a, b) => Math.max(a, b), 0));
    expect(measureDomainDistance(index, calibration, heldOut, farthest).isOutside).toBe(true);
    expect(measureDomainDistance(index, idle, heldOut, farthest).isOutside).toBe(false);
    expect(measureDomainDistance(index, idle, withCell('Effectif', 60), 0).isOutside).toBe(true);
  });

  test('the calibration goes into a file as it is', () => {
    expect(JSON.parse(JSON.stringify(calibration))).toEqual(calibration);
  });

  test('errors must be one a row', async () => {
    await expect(calibrateDomain(index, heldOut, [1], context)).rejects.toMatchObject({
      code: 'length-mismatch',
    });
  });
});
