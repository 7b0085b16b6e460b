import type { CellRow } from '#data/cell.ts';
import { MS_PER_DAY, writeDay } from '#data/dates.ts';
import { type IntervalBound, isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { FormFeature } from '#inference/contract.ts';

/** The cells of a case by the names of their columns, dates in ISO. */
export function nameCells(features: readonly FormFeature[], cells: CellRow) {
  return Object.fromEntries(
    features.map(({ name, type }, i) => {
      const cell = cells[i] ?? null;
      return [name, type === 'date' && typeof cell === 'number' ? writeInstant(cell) : cell];
    }),
  );
}

/** A level, or null where too few outages carry it. */
export function valueOf(bound: IntervalBound): number | null {
  return isClaimed(bound) ? bound.value : null;
}

/** A day, with its time where it has one. */
export function writeInstant(instant: number): string {
  return instant % MS_PER_DAY === 0 ? writeDay(instant) : new Date(instant).toISOString();
}
