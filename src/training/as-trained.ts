import { holidayParts } from '#data/feature-plan.ts';
import { atStart } from '#data/known-when.ts';
import type { ModelDescription } from '#models/model-description.ts';

/** How the outages of a model's training were prepared, as its file tells. */
export function listAsTrained({ horizon = atStart, history, origins }: ModelDescription) {
  const parts: readonly string[] = holidayParts;
  return {
    horizon,
    usesPast: history !== null,
    usesHolidays: origins.some(({ part }) => parts.includes(part)),
  };
}
