import type { DurationUnitName } from '#language/format.ts';
import type { Words } from '#language/words.ts';

/** "Durée prédite (jours)": what an axis, a column or a line shows, with its unit where that is known. */
export function withUnit(name: string, unit: DurationUnitName, { t }: Words): string {
  return unit === 'unknown' ? name : `${name} (${t(`common.unit.${unit}`)})`;
}
