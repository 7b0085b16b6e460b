import { findUnusualMarks } from '#data/csv/dialect.ts';
import { buildClimatology } from '#data/factors/climatology.ts';
import { indexFactors } from '#data/factors/factor-series.ts';
import { listOutageLabels } from '#data/factors/join-factors.ts';
import type { JoinedFactors } from '#data/factors/usual-for-planning.ts';
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
  const factors = openJoined(dataset);
  return {
    table,
    rowOrigins,
    roles,
    cleaning: listCleaning(dataset),
    ledger: dataset.read.ledger,
    ...(factors && { factors }),
    ...(Object.keys(reading).length > 0 && { reading }),
  };
}

/** The steps that were applied, as a model's record lists them: without the ids, which are made of chance. */
function listCleaning({ recipe, cleaned }: Pick<OpenDataset, 'recipe' | 'cleaned'>): readonly CleaningStep[] {
  return recipe.steps.flatMap(({ action, reason }, i) =>
    cleaned.report[i]?.status === 'applied' ? [{ action, reason }] : [],
  );
}

/** The join that was applied, with what its values usually are; undefined without one. */
function openJoined({ recipe, cleaned, factors }: OpenDataset): JoinedFactors | undefined {
  for (const [i, { action }] of recipe.steps.entries()) {
    if (action.kind !== 'join-factors' || cleaned.report[i]?.status !== 'applied' || factors === null)
      continue;
    const { kind: _, ...plan } = action;
    const labels = listOutageLabels(cleaned.table, plan);
    return { plan, climatology: buildClimatology(indexFactors(factors.table, plan), factors.table, labels) };
  }
  return undefined;
}
