import type { DurationUnit } from '#data/outages.ts';
import type { Words } from '#language/words.ts';

/** "Durée prédite (jours)": what an axis or a column shows, with its unit where that is known. */
export function withUnit(name: string, unit: DurationUnit, { t }: Pick<Words, 't'>): string {
  return unit === 'unknown' ? name : `${name} (${t(`common.unit.${unit}`)})`;
}
