import type { Dialect } from '#data/csv/dialect.ts';
import { createRecipeEditor, editRecipe, type RecipeEditor } from '#data/recipe/recipe-editor.ts';
import { assignRole } from '#jobs/assign-role.ts';
import type { DatasetFile, DatasetSummary } from '#jobs/dataset.ts';
import type { SampleRequest } from '#jobs/prediction.ts';
import type { DataDecisions, ShapeRecord } from '#registry/records.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import { applyRecipe } from './cleaning-slice.ts';
import { listDecisions } from './decisions.ts';
import type { Desk, GetState, SetState } from './desk.ts';
import { keepDecisions, refreshDataset } from './refresh-dataset.ts';
import { refreshStaleness } from './staleness.ts';
import type { DataSlice, OpenDataset } from './state.ts';

export interface DatasetToOpen {
  readonly id: string;
  readonly file: DatasetFile & { readonly bytes: Blob };
  readonly sample: SampleRequest | null;
  readonly overrides: Partial<Dialect>;
}

export function createDataSlice(set: SetState, get: GetState, desk: Desk): DataSlice {
  const { heavy, createId } = desk.services;

  async function openNew(
    file: DatasetToOpen['file'],
    sample: SampleRequest | null,
    options: RunOptions,
  ): Promise<void> {
    const source = { id: createId(), file, sample, overrides: {} };
    await openDataset(set, get, desk, source, null, options);
    await keepDataset(get, desk, file.bytes);
  }

  /** Works out what a decision gives, and keeps it even where that is nothing to learn from. */
  async function decide(changes: Partial<Pick<OpenDataset, 'roles' | 'unit' | 'recipe'>>): Promise<void> {
    const { dataset } = get();
    if (!dataset) return;
    const isRecipeOther = changes.recipe !== undefined && changes.recipe !== dataset.recipe;
    set({ dataset: { ...dataset, ...changes, preparation: null, findings: null } });
    await (isRecipeOther ? applyRecipe(set, get, desk) : refreshDataset(set, get, desk));
    if (get().dataset?.id === dataset.id) await keepDecisions(get, desk);
  }

  return {
    dataset: null,

    openFile: async (file) => {
      await desk.runWork('reading', (options) => openNew({ name: file.name, bytes: file }, null, options));
    },

    openSample: async (sample) => {
      await desk.runWork('reading', async (options) => {
        const dialect = get().language === 'fr' ? 'excel-french' : 'international';
        const { name, text } = await heavy.run('generate-sample', { sample, dialect }, options);
        await openNew({ name, bytes: new Blob([text], { type: 'text/csv' }) }, sample, options);
      });
    },

    setDialect: async (overrides) => {
      await desk.runWork('reading', async (options) => {
        const { dataset } = get();
        const source = desk.dataset;
        if (!dataset || !source) return;
        // The tables of two readings differ, so they bear different ids; the kept file is the same one.
        const decided = isDecided(dataset) ? dataset.recipe.present : undefined;
        const reading = { ...source, id: createId(), overrides, recipe: decided };
        const summary = await desk.readDataset(reading, options);
        desk.adoptDataset({ ...reading, recipe: summary.recipe });
        const names = summary.columns.map((column) => column.name);
        const sameColumns = dataset.roles.every(({ column }, i) => column === names[i]);
        const roles = sameColumns && dataset.roles.length === names.length ? dataset.roles : summary.roles;
        const recipe = decided ? dataset.recipe : createRecipeEditor(summary.recipe);
        const { cleaning } = summary;
        set({
          dataset: {
            ...dataset,
            id: summary.datasetId,
            overrides,
            summary,
            roles,
            recipe,
            cleaning,
            preparation: null,
            findings: null,
          },
        });
        set(refreshStaleness);
        await refreshDataset(set, get, desk);
        await keepDataset(get, desk, source.file.bytes as Blob);
      });
    },

    setRole: async (column, role) => {
      const { dataset } = get();
      if (!dataset) return;
      const roles = assignRole(dataset.roles, column, role);
      await decide({ roles, recipe: withoutRoleSteps(dataset.recipe, column) });
    },

    resetRoles: async () => {
      const { dataset } = get();
      if (!dataset) return;
      const { summary, remembered } = dataset;
      const recipe = remembered ? createRecipeEditor(summary.proposedRecipe) : dataset.recipe;
      if (remembered) set({ dataset: { ...dataset, remembered: null, ignoredFindings: [] } });
      await decide({ roles: summary.roles, recipe });
    },

    setUnit: (unit) => decide({ unit }),

    loadPage: async (request) =>
      heavy.run('table-page', { ...request, datasetId: await desk.ensureDataset() }),

    exportRejects: async () => heavy.run('export-rejects', { datasetId: await desk.ensureDataset() }),

    closeDataset: async () => {
      desk.adoptDataset(null);
      set({ dataset: null, evaluation: null });
      await desk.save((registry) => registry.closeDataset());
    },
  };
}

/** The last word on a column's role counts: a step of the cleaning that said otherwise goes. */
function withoutRoleSteps(editor: RecipeEditor, column: string): RecipeEditor {
  const steps = editor.present.steps.filter(
    ({ action }) => action.kind === 'set-role' && action.column === column,
  );
  return steps.reduce((before, { id }) => editRecipe(before, { kind: 'remove', id }), editor);
}

function isDecided({ recipe, summary }: OpenDataset): boolean {
  return JSON.stringify(recipe.present) !== JSON.stringify(summary.proposedRecipe);
}

/**
 * Reads a file and shows it in place of what was open, with what its roles give. `decided` is what was kept with it; a
 * new file is treated as the last one of its shape was.
 */
export async function openDataset(
  set: SetState,
  get: GetState,
  desk: Desk,
  source: DatasetToOpen,
  decided: DataDecisions | null,
  options: RunOptions,
): Promise<void> {
  const { id, file, sample, overrides } = source;
  const summary = await desk.readDataset({ id, file, overrides, recipe: decided?.recipe }, options);
  desk.adoptDataset({ id, file, overrides, recipe: summary.recipe });
  const shape = decided || sample ? null : await recallShape(desk, summary);
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
      preparation: null,
      findings: null,
      ignoredFindings: ignoredFindings ?? [],
      remembered: shape && { nLeftBehind: shape.nLeftBehind },
    },
    evaluation: null,
  });
  set(refreshStaleness);
  await (shape ? applyRecipe(set, get, desk) : refreshDataset(set, get, desk));
}

async function recallShape(desk: Desk, { shape }: DatasetSummary): Promise<ShapeRecord | null> {
  let record: ShapeRecord | null = null;
  await desk.save(async (registry) => {
    record = await registry.loadShape(shape);
  });
  return record;
}

/** Keeps the open file, and from then on reads the kept copy: the one on disk may change or vanish. */
async function keepDataset(get: GetState, desk: Desk, bytes: Blob): Promise<void> {
  const { dataset } = get();
  if (!dataset) return;
  const { id, name, sample, overrides } = dataset;
  await desk.save(async (registry) => {
    await registry.saveDataset({ id, name, bytes, sample, overrides, ...listDecisions(dataset) });
    const kept = await registry.loadDatasetBytes(id);
    const source = desk.dataset;
    if (kept && source?.id === id) desk.adoptDataset({ ...source, file: { name, bytes: kept } });
  });
}
