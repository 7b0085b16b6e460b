import { describe, expect, it } from 'vitest';
import { mean, sampleDeviation } from '#base/statistics.ts';
import { generateFleet } from './fleet-sample.ts';
import { profileTable } from './profile.ts';
import { generateSyntheticOutages } from './samples.ts';
import { findColumn, type Table } from './table.ts';

function numbers(table: Table, name: string): Float64Array {
  const column = findColumn(table, name);
  if (column === undefined || column.type === 'category') throw new Error(`no numbers in ${name}`);
  return column.values;
}

describe('generateSyntheticOutages', () => {
  it('follows its formula, and the noise has the deviation asked for', () => {
    const settings = { rows: 20_000, seed: 42 };
    const table = generateSyntheticOutages({ ...settings, noise: 2 });
    const silent = generateSyntheticOutages({ ...settings, noise: 0 });
    const noise = numbers(table, 'Durée').map((value, i) => value - numbers(silent, 'Durée')[i]!);
    expect(Math.abs(mean(noise))).toBeLessThan(0.05);
    expect(Math.abs(sampleDeviation(noise) - 2)).toBeLessThan(0.05);
    const kind = findColumn(table, 'Type_Maintenance');
    const codes = kind?.type === 'category' ? kind.codes : new Int32Array(0);
    for (let i = 0; i < 100; i++) {
      const expected =
        5 * codes[i]! +
        2 * numbers(table, 'Complexité')[i]! -
        0.1 * numbers(table, 'Effectif')[i]! +
        10 * (1 - numbers(table, 'Ressources_Disponibles')[i]!);
      expect(numbers(silent, 'Durée')[i]).toBeCloseTo(expected, 10);
    }
  });

  it('keeps its ranges and its 70 % of preventive work', () => {
    const [kind, complexity, crew, resources] = profileTable(
      generateSyntheticOutages({ rows: 5_000, noise: 2, seed: 1 }),
    );
    expect(kind?.topCategories?.[0]?.label).toBe('préventive');
    expect(Math.abs((kind?.topCategories?.[0]?.count as number) / 5_000 - 0.7)).toBeLessThan(0.03);
    expect([complexity?.min, complexity?.max, complexity?.nDistinct]).toEqual([1, 9, 9]);
    expect([crew?.min, crew?.max, crew?.nDistinct]).toEqual([5, 49, 45]);
    expect(resources?.min).toBeGreaterThanOrEqual(0);
    expect(resources?.max).toBeLessThan(1);
  });

  it('gives the same rows for a seed, others for another, and refuses settings out of range', () => {
    const settings = { rows: 50, noise: 2, seed: 7 };
    expect(generateSyntheticOutages(settings)).toEqual(generateSyntheticOutages(settings));
    expect(generateSyntheticOutages({ ...settings, seed: 8 })).not.toEqual(
      generateSyntheticOutages(settings),
    );
    for (const bad of [{ rows: 0 }, { rows: 2e6 }, { noise: -1 }, { rows: NaN }]) {
      expect(() => generateSyntheticOutages({ ...settings, ...bad })).toThrow(
        expect.objectContaining({ code: 'invalid-setting' }),
      );
    }
  });
});

describe('generateFleet', () => {
  const fleet = generateFleet({ units: 20, years: 10, seed: 1 });

  it('has dates that agree with durations, ordered by start, none of a unit overlapping', () => {
    const start = numbers(fleet, 'Date de début');
    const end = numbers(fleet, 'Date de fin');
    const duration = numbers(fleet, 'Durée (jours)');
    const unit = findColumn(fleet, 'Tranche');
    const lastEnd = new Map<number, number>();
    for (let row = 0; row < fleet.nRows; row++) {
      const days = (end[row]! - start[row]!) / 86_400_000;
      expect(Math.abs(days - duration[row]!)).toBeLessThan(0.006);
      expect(start[row]).toBeGreaterThanOrEqual(start[Math.max(0, row - 1)]!);
      const code = unit?.type === 'category' ? unit.codes[row]! : -1;
      expect(start[row]).toBeGreaterThan(lastEnd.get(code) ?? 0);
      lastEnd.set(code, end[row]!);
    }
  });

  it('looks like a fleet: a heavy tail, short forced and long planned outages, missing cells', () => {
    const profiles = new Map(profileTable(fleet).map((profile) => [profile.name, profile]));
    const duration = profiles.get('Durée (jours)');
    expect(fleet.nRows).toBeGreaterThan(300);
    expect(profiles.get('Tranche')?.nDistinct).toBe(20);
    expect(profiles.get("Type d'arrêt")?.nDistinct).toBe(4);
    expect(duration?.mean as number).toBeGreaterThan(1.3 * (duration?.quantiles?.p50 as number));
    expect(duration?.max as number).toBeGreaterThan(200);
    for (const name of ['Cause', 'Ressources disponibles', 'Durée annoncée (jours)']) {
      expect(profiles.get(name)?.nMissing).toBeGreaterThan(0);
    }
    expect(duration?.nMissing).toBe(0);
  });
});
