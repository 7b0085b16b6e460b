import { civilFromInstant } from '#data/dates.ts';
import type { CellRow, CellValue } from './cell.ts';
import type { FormFeature } from './prediction.ts';

/**
 * The case with one cell changed, and with it the cells it settles: another unit brings its site and its power, another
 * start its month.
 */
export function settleCase(
  features: readonly FormFeature[],
  cells: CellRow,
  changed: number,
  value: CellValue,
): CellRow {
  const settled = cells.map((cell, feature) => (feature === changed ? value : cell));
  const leader = features[changed];
  if (leader?.type === 'category') {
    for (const { feature, cells: known } of leader.settles) {
      const follower = known.find(([label]) => label === value);
      if (follower) settled[feature] = follower[1];
    }
  }
  if (leader?.type === 'date' && typeof value === 'number') {
    const time = civilFromInstant(value);
    for (const { feature, part, shift } of leader.settles) settled[feature] = time[part] + shift;
  }
  return settled;
}
