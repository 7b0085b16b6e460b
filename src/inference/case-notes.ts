import type { CellRow, CellValue } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { writeElapsed } from '#data/elapsed-columns.ts';
import type { PlannedFeature } from '#data/feature-plan.ts';
import { findRangeBreach } from '#models/input-range.ts';
import type { CaseNote, FormFeature } from './contract.ts';

/** An outage to come starts after those of training. So long after the last one the fleet may have changed. */
const TIME_AHEAD = 366 * MS_PER_DAY;
const YEARS_AHEAD = 1;

/**
 * What a person should know about each cell of a case: beyond the training range, unknown, missing. The one rule for
 * "outside of what the model has learnt": form, answer and distance all ask here. A date may lie a year after the last
 * one of training, and so may a column that repeats its year. O(features²) at worst.
 */
export function noteCells(features: readonly FormFeature[], cells: CellRow): readonly CaseNote[] {
  return features.flatMap((input, feature): CaseNote[] => {
    const code = noteCell(input, cells[feature] ?? null, findAllowance(features, feature));
    return code === null ? [] : [{ feature, code }];
  });
}

/** The notes on cells outside of what the model has learnt: one left unknown is not. */
export function noteOutside(features: readonly FormFeature[], cells: CellRow): readonly CaseNote[] {
  return noteCells(features, cells).filter(({ code }) => code !== 'missing');
}

/** A cell outside of what the model has learnt, and how far: in widths of the training range, 1 for a label never seen. */
export interface OutsideCell {
  readonly feature: number;
  readonly size: number;
}

/** How far each cell lies outside of what was learnt; 1 for any other number than one that never varied. */
export function measureOutside(features: readonly FormFeature[], cells: CellRow): readonly OutsideCell[] {
  return noteOutside(features, cells).map(({ feature: position }) => {
    const [feature, cell] = [features[position], cells[position]];
    if (!feature || feature.type === 'category' || typeof cell !== 'number')
      return { feature: position, size: 1 };
    const { min, max } = feature;
    const away = cell < min ? min - cell : cell - max - findAllowance(features, position);
    return { feature: position, size: max > min ? away / (max - min) : 1 };
  });
}

/**
 * The case as the distance to past outages is to see it: a year or a count of days that runs on with time, and of which
 * nothing is noted, is taken back to the last that training saw. Other parts of a date (month, age) have no such end.
 */
export function holdTime(
  features: readonly FormFeature[],
  origins: readonly PlannedFeature[],
  cells: CellRow,
): CellRow {
  return cells.map((cell, i) => {
    const feature = features[i];
    if (typeof cell !== 'number' || !feature || feature.type === 'category' || cell <= feature.max)
      return cell;
    const isCounted =
      feature.type === 'number' ||
      origins.some(({ column, part }) => column === feature.name && part === 'days');
    return isCounted && cell <= feature.max + findAllowance(features, i) ? feature.max : cell;
  });
}

/** How far above the training range a cell may lie unremarked. */
function findAllowance(features: readonly FormFeature[], position: number): number {
  const feature = features[position];
  if (feature?.type === 'date') return TIME_AHEAD;
  // An age runs on with the date it counts to.
  if (feature?.type === 'number' && feature.elapsed) return writeElapsed(feature.elapsed, 0, TIME_AHEAD);
  const isYearOfDate = features.some(
    (leader) =>
      leader.type === 'date' &&
      leader.determines.some(({ feature, part }) => feature === position && part === 'year'),
  );
  return isYearOfDate ? YEARS_AHEAD : 0;
}

function noteCell(feature: FormFeature, cell: CellValue, ahead: number): CaseNote['code'] | null {
  if (cell === null || Number.isNaN(cell)) return 'missing';
  if (feature.type === 'category') {
    return feature.categories.includes(String(cell)) ? null : 'unknown-category';
  }
  return typeof cell === 'number' ? findRangeBreach(feature, cell, ahead) : 'missing';
}
