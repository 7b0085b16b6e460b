import { civilFromInstant } from '#data/dates.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import type { FormFeature } from './contract.ts';

/**
 * The case with one cell changed, and with it the cells it determines: another unit brings its site and its power, another
 * start its month.
 */
export function determineDependents(
  features: readonly FormFeature[],
  cells: CellRow,
  changed: number,
  value: CellValue,
): CellRow {
  const settled = cells.map((cell, feature) => (feature === changed ? value : cell));
  const leader = features[changed];
  if (leader?.type === 'category') {
    for (const { feature, cells: known } of leader.determines) {
      const dependent = known.find(([label]) => label === value);
      if (dependent) settled[feature] = dependent[1];
    }
  }
  if (leader?.type === 'date' && typeof value === 'number') {
    const time = civilFromInstant(value);
    for (const { feature, part, shift } of leader.determines) settled[feature] = time[part] + shift;
  }
  return settled;
}

/** A cell that does not go with another one: the site of a unit that stands elsewhere. */
export interface Contradiction {
  readonly feature: number;
  readonly leader: number;
  readonly expected: CellValue;
}

/** The cells that would be others if those that settle them were chosen anew; what is left unknown contradicts nothing. */
export function findContradictions(
  features: readonly FormFeature[],
  cells: CellRow,
): readonly Contradiction[] {
  return features.flatMap((_, leader) => {
    const settled = determineDependents(features, cells, leader, cells[leader] ?? null);
    return settled.flatMap((expected, feature) => {
      const cell = cells[feature] ?? null;
      return cell !== null && cell !== expected ? [{ feature, leader, expected }] : [];
    });
  });
}
