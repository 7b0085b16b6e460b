import type { DurationUnit } from '#data/outages.ts';
import type { Words } from '#language/use-words.ts';

/** The unit of a duration as an axis names it: "jours". */
export function nameUnit(unit: DurationUnit, { t }: Pick<Words, 't'>): string {
  return t(`common.unit.${unit}`);
}
