import type { Dialect } from '#data/csv/dialect.ts';
import { createRecipeEditor } from '#data/recipe/recipe-editor.ts';
import type { DatasetFile, DatasetSummary, SampleRequest } from '#jobs/dataset/contract.ts';
import type { DataDecisions, FactorsRecord, ShapeRecord } from '#registry/records.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import { applyRecipe } from './cleaning-slice.ts';
import { listDecisions, recallReading } from './decisions.ts';
import { toFactorsFile, toFactorsRecord } from './factors-record.ts';
import type { Effects } from './effects.ts';
import type { GetState, SetState } from './state.ts';
import { refreshDataset } from './refresh-dataset.ts';
import { refreshStaleness } from './staleness.ts';

export interface DatasetToOpen {
  readonly id: string;
  readonly file: DatasetFile & { readonly bytes: Blob };
  readonly sample: SampleRequest | null;
  readonly overrides: Partial<Dialect>;
  readonly factors: FactorsRecord | null;
}

/**
 * Reads a file and shows it in place of what was open, with what its roles give. `decided` is what was kept with it; a
 * new file is treated as the last one of its shape was.
 */
export async function openDataset(
  set: SetState,
  get: GetState,
  effects: Effects,
  source: DatasetToOpen,
  decided: DataDecisions | null,
  options: RunOptions,
): Promise<void> {
  const { file, sample } = source;
  const factors = source.factors && toFactorsFile(source.factors);
  let { id, overrides } = source;
  let summary = await effects.dataset.read(
    { id, file, overrides, recipe: decided?.recipe ?? null, factors },
    options,
  );
  const shape = decided || sample ? null : await recallShape(effects, summary);
  const answers = recallReading(shape, summary);
  if (answers) {
    // The tables of two readings differ, so they bear different ids.
    id = effects.createId();
    overrides = answers;
    summary = await effects.dataset.read({ id, file, overrides, recipe: null, factors }, options);
  }
  effects.dataset.adopt({ id, file, overrides, recipe: summary.recipe, factors });
  const { roles, unit, ignoredFindings } = decided ?? shape ?? { roles: summary.roles };
  set({
    dataset: {
      id,
      name: file.name,
      sample,
      overrides,
      summary,
      roles,
      // The samples' durations are in days, which their column's name does not say.
      unit: unit ?? (sample ? 'day' : null),
      recipe: createRecipeEditor(shape?.recipe ?? summary.recipe),
      cleaning: summary.cleaning,
      factors: summary.factors && { overrides: factors?.overrides ?? {}, summary: summary.factors },
      preparation: null,
      findings: null,
      isChecking: true,
      ignoredFindings: ignoredFindings ?? [],
      remembered: shape && { from: 'earlier-file', nLeftBehind: shape.nLeftBehind },
    },
    evaluation: null,
  });
  set(refreshStaleness);
  await (shape ? applyRecipe(set, get, effects) : refreshDataset(set, get, effects));
}

async function recallShape(effects: Effects, { shape }: DatasetSummary): Promise<ShapeRecord | null> {
  return effects.registry.read((registry) => registry.loadShape(shape));
}

/** Keeps the open file, and from then on reads the kept copy: the one on disk may change or vanish. */
export async function keepDataset(get: GetState, effects: Effects, bytes: Blob): Promise<void> {
  const { dataset } = get();
  if (!dataset) return;
  const { id, name, sample, overrides } = dataset;
  await effects.registry.save(['data', 'decisions'], async (registry) => {
    const factors = toFactorsRecord(effects.dataset.current?.factors ?? null);
    await registry.saveDataset({ id, name, bytes, sample, overrides, factors, ...listDecisions(dataset) });
    const kept = await registry.loadDatasetBytes(id);
    const source = effects.dataset.current;
    if (kept && source?.id === id) effects.dataset.adopt({ ...source, file: { name, bytes: kept } });
  });
}
