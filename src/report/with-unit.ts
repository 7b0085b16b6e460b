import { isTimeUnit } from '#data/time-units.ts';
import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';

/** "Durée prédite (jours)": what an axis, a column or a line shows, with its unit where that is known. */
export function withUnit(name: string, unit: DurationUnitName, { t }: Words): string {
  return unit === 'unknown' ? name : `${name} (${t(`common.unit.${unit}`)})`;
}

/** A unit of time by its name, another as the file writes it. */
export function nameUnit(unit: string | undefined, { t }: Words): string {
  return isTimeUnit(unit) ? t(`common.unit.${unit}`) : (unit ?? '');
}
