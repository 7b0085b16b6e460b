import { subtract } from '#base/arrays.ts';
import type { DateColumn, NumberColumn } from './table.ts';
import { findUnitInName, isTimeUnit, msPerUnit, timeUnits, type TimeUnit } from './time-units.ts';

export type DurationUnit = TimeUnit | 'unknown';

/**
 * The unit of a duration column: what the user said, else what its cells say (`12 jours`, a column of units), else its
 * name (`Durée (jours)`, `duration_hours`), else its ratio to end − start where both are known.
 */
export function guessUnit(
  target: NumberColumn,
  start: DateColumn | undefined,
  end: DateColumn | undefined,
  said: TimeUnit | undefined,
): DurationUnit {
  if (said !== undefined) return said;
  if (isTimeUnit(target.unit)) return target.unit;
  const named = findUnitInName(target.name);
  if (named !== null) return named;
  if (start === undefined || end === undefined) return 'unknown';
  const elapsed = subtract(end.values, start.values);
  const nSteady = new Map<TimeUnit, number>();
  let nKnown = 0;
  for (const [row, value] of target.values.entries()) {
    const ms = elapsed[row] ?? NaN;
    if (!(ms > 0) || !(value > 0)) continue;
    nKnown++;
    for (const unit of timeUnits) {
      if (Math.abs(ms / value / msPerUnit[unit] - 1) < 0.05) nSteady.set(unit, (nSteady.get(unit) ?? 0) + 1);
    }
  }
  return timeUnits.find((unit) => (nSteady.get(unit) ?? 0) > 0.8 * nKnown) ?? 'unknown';
}

/** How many of a unit an instant's milliseconds make; as days where the unit is not known. */
export function msPerDurationUnit(unit: DurationUnit): number {
  return msPerUnit[unit === 'unknown' ? 'day' : unit];
}
