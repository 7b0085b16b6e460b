import { subtract } from '#base/arrays.ts';
import { nameSays } from './column-words.ts';
import type { DateColumn, NumberColumn } from './table.ts';

export type DurationUnit = 'day' | 'hour' | 'unknown';

/**
 * The unit of a duration column: from its name (`Durée (jours)`, `duration_hours`), else from its
 * ratio to end − start where both are known, else what the user said.
 */
export function guessUnit(
  target: NumberColumn,
  start: DateColumn | undefined,
  end: DateColumn | undefined,
  said: 'day' | 'hour' | undefined,
): DurationUnit {
  if (said !== undefined) return said;
  const saysDays = nameSays(target.name, 'days');
  const saysHours = nameSays(target.name, 'hours');
  if (saysDays !== saysHours) return saysDays ? 'day' : 'hour';
  if (start === undefined || end === undefined) return 'unknown';
  let nDays = 0;
  let nHours = 0;
  let nKnown = 0;
  const elapsed = subtract(end.values, start.values);
  for (const [row, value] of target.values.entries()) {
    const ms = elapsed[row] ?? NaN;
    if (!(ms > 0) || !(value > 0)) continue;
    nKnown++;
    const msPerUnit = ms / value;
    if (Math.abs(msPerUnit / 86_400_000 - 1) < 0.05) nDays++;
    if (Math.abs(msPerUnit / 3_600_000 - 1) < 0.05) nHours++;
  }
  if (nKnown === 0) return 'unknown';
  return nDays > 0.8 * nKnown ? 'day' : nHours > 0.8 * nKnown ? 'hour' : 'unknown';
}
