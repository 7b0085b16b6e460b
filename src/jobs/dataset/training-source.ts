import { findUnusualMarks } from '#data/csv/dialect.ts';
import type { CleaningStep } from '#models/model-description.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { TrainingSource } from '#training/training-set.ts';
import { findCleanedRoles } from './clean-dataset.ts';
import type { OpenDataset } from './open-dataset.ts';

/** What training learns from, where these roles are asked for. */
export function openTrainingSource(
  dataset: OpenDataset,
  { roles: asked }: { readonly roles: readonly RoleAssignment[] },
): TrainingSource {
  const { table, rowOrigins } = dataset.cleaned;
  const { roles } = findCleanedRoles(dataset, asked);
  const { columnTypes, apart } = dataset.read.dialect;
  const marks = findUnusualMarks(dataset.read.dialect);
  const reading = { ...(columnTypes && { columnTypes }), ...(apart && { apart }), ...(marks && { marks }) };
  return {
    table,
    rowOrigins,
    roles,
    cleaning: listCleaning(dataset),
    ledger: dataset.read.ledger,
    ...(Object.keys(reading).length > 0 && { reading }),
  };
}

/** The steps that were applied, as a model's record lists them: without the ids, which are made of chance. */
function listCleaning({ recipe, cleaned }: Pick<OpenDataset, 'recipe' | 'cleaned'>): readonly CleaningStep[] {
  return recipe.steps.flatMap(({ action, reason }, i) =>
    cleaned.report[i]?.status === 'applied' ? [{ action, reason }] : [],
  );
}
