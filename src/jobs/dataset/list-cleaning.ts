import type { CleaningStep } from '#models/model-file.ts';
import type { OpenDataset } from './open-dataset.ts';

/** The steps that were applied, as a model's record lists them: without the ids, which are made of chance. */
export function listCleaning({
  recipe,
  cleaned,
}: Pick<OpenDataset, 'recipe' | 'cleaned'>): readonly CleaningStep[] {
  return recipe.steps.flatMap(({ action, reason }, i) =>
    cleaned.report[i]?.status === 'applied' ? [{ action, reason }] : [],
  );
}
