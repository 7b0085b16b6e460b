import type { Dialect } from '#data/csv/dialect.ts';
import { carryRecipe } from '#data/recipe/carry-recipe.ts';
import { createRecipeEditor, editRecipe, type RecipeEditor } from '#data/recipe/recipe-editor.ts';
import { isDecided, type RoleAssignment } from '#data/roles.ts';
import { assignExpected, assignKnownWhen, assignRole } from '#jobs/dataset/assign-role.ts';
import type { SampleRequest } from '#jobs/dataset/contract.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import { applyRecipe } from './cleaning-slice.ts';
import { keepsRows } from './decisions.ts';
import type { Effects } from './effects.ts';
import { type GetState, type SetState, type DataSlice, type DatasetState } from './state.ts';
import { keepDataset, openDataset, type DatasetToOpen } from './open-dataset.ts';
import { keepDecisions, refreshDataset } from './refresh-dataset.ts';
import { refreshStaleness } from './staleness.ts';

export function createDataSlice(set: SetState, get: GetState, effects: Effects): DataSlice {
  const { createId } = effects;

  async function openNew(
    file: DatasetToOpen['file'],
    sample: SampleRequest | null,
    options: RunOptions,
  ): Promise<void> {
    const source = { id: createId(), file, sample, overrides: {}, factors: null };
    await openDataset(set, get, effects, source, null, options);
    await keepDataset(get, effects, file.bytes);
  }

  /** Works out what a decision gives, and keeps it even where that is nothing to learn from. */
  async function decide(changes: Partial<Pick<DatasetState, 'roles' | 'unit' | 'recipe'>>): Promise<void> {
    const { dataset } = get();
    if (!dataset) return;
    const isRecipeOther = changes.recipe !== undefined && changes.recipe !== dataset.recipe;
    set({ dataset: { ...dataset, ...changes, preparation: null, isChecking: true } });
    await (isRecipeOther ? applyRecipe(set, get, effects) : refreshDataset(set, get, effects));
    if (get().dataset?.id === dataset.id) await keepDecisions(get, effects);
  }

  return {
    dataset: null,
    checkProgress: null,

    openFile: async (file) => {
      await effects.work.run('reading', (options) =>
        openNew({ name: file.name, bytes: file }, null, options),
      );
    },

    appendFile: async (file) => {
      await effects.work.run('reading', async (options) => {
        const datasetId = await effects.dataset.ensure(options);
        const { overrides = {} } = get().dataset ?? {};
        const added = { name: file.name, bytes: file };
        const { name, text } = await effects.run(
          'append-file',
          { datasetId, file: added, overrides: listReadingChoices(overrides) },
          options,
        );
        await openNew({ name, bytes: new Blob([text], { type: 'text/csv' }) }, null, options);
      });
    },

    openSample: async (sample) => {
      await effects.work.run('reading', async (options) => {
        const dialect = get().language === 'fr' ? 'excel-french' : 'international';
        const { name, text } = await effects.run('generate-sample', { sample, dialect }, options);
        await openNew({ name, bytes: new Blob([text], { type: 'text/csv' }) }, sample, options);
      });
    },

    setDialect: async (overrides) => {
      await effects.work.run('reading', async (options) => {
        const { dataset } = get();
        const source = effects.dataset.current;
        if (!dataset || !source) return;
        // The tables of two readings differ, so they bear different ids; the kept file is the same one.
        const decided = isRecipeDecided(dataset) ? dataset.recipe.present : null;
        const reading = { ...source, id: createId(), overrides, recipe: decided };
        const summary = await effects.dataset.read(reading, options);
        effects.dataset.adopt({ ...reading, recipe: summary.recipe });
        const roles = keepChosenRoles(dataset.roles, summary.roles);
        const reread = decided ? carryToReading(dataset, summary.dialect) : null;
        set({
          dataset: {
            ...dataset,
            id: summary.datasetId,
            overrides,
            summary,
            roles,
            recipe: reread?.recipe ?? createRecipeEditor(summary.recipe),
            cleaning: summary.cleaning,
            preparation: null,
            findings: null,
            isChecking: true,
            remembered: reread?.nLeftBehind
              ? { from: 'earlier-reading', nLeftBehind: reread.nLeftBehind }
              : dataset.remembered,
          },
        });
        set(refreshStaleness);
        await (reread?.nLeftBehind ? applyRecipe : refreshDataset)(set, get, effects);
        await keepDataset(get, effects, source.file.bytes as Blob);
        await keepDecisions(get, effects);
      });
    },

    setColumnType: async (column, type) => {
      const { dataset, setDialect } = get();
      if (!dataset) return;
      const { columnTypes = [], ...others } = dataset.overrides;
      const kept = columnTypes.filter((choice) => choice.column !== column);
      await setDialect({ ...others, columnTypes: [...kept, { column, type }] });
    },

    setRole: async (column, role) => {
      const { dataset } = get();
      if (!dataset) return;
      const roles = assignRole(dataset.roles, column, role);
      await decide({ roles, recipe: withoutRoleSteps(dataset.recipe, column) });
    },

    setKnownWhen: async (column, knownWhen) => {
      const { dataset } = get();
      if (dataset) await decide({ roles: assignKnownWhen(dataset.roles, column, knownWhen) });
    },

    setExpected: async (column, direction) => {
      const { dataset } = get();
      if (dataset) await decide({ roles: assignExpected(dataset.roles, column, direction) });
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
      effects.run('table-page', { ...request, datasetId: await effects.dataset.ensure() }),

    exportRejects: async () => effects.run('export-rejects', { datasetId: await effects.dataset.ensure() }),

    closeDataset: async () => {
      effects.dataset.adopt(null);
      set({ dataset: null, evaluation: null });
      await effects.registry.save(['data', 'decisions'], (registry) => registry.closeDataset());
    },
  };
}

/** What a person said of the columns of a file, which holds for another of the same columns. */
export function listReadingChoices({ columnTypes, apart }: Partial<Dialect>): Partial<Dialect> {
  return { ...(columnTypes && { columnTypes }), ...(apart && { apart }) };
}

/** The last word on a column's role counts: a step of the cleaning that said otherwise goes. */
function withoutRoleSteps(editor: RecipeEditor, column: string): RecipeEditor {
  const steps = editor.present.steps.filter(
    ({ action }) => action.kind === 'set-role' && action.column === column,
  );
  return steps.reduce((before, { id }) => editRecipe(before, { kind: 'remove', id }), editor);
}

/** Roles as this reading proposes them, but for what a person said of them. */
function keepChosenRoles(
  before: readonly RoleAssignment[],
  proposed: readonly RoleAssignment[],
): readonly RoleAssignment[] {
  const decided = before.filter(
    (assignment) => isDecided(assignment) && proposed.some(({ column }) => column === assignment.column),
  );
  return decided.reduce((roles, { column, role, reason, knownWhen, expected }) => {
    const given = reason === 'user' ? assignRole(roles, column, role) : roles;
    const known = knownWhen ? assignKnownWhen(given, column, knownWhen) : given;
    return expected ? assignExpected(known, column, expected) : known;
  }, proposed);
}

/** The cleaning for another reading of the file: steps that name rows stay behind where its rows are other lines. */
function carryToReading(
  { recipe, summary }: DatasetState,
  dialect: Dialect,
): { readonly recipe: RecipeEditor; readonly nLeftBehind: number } {
  if (keepsRows(summary.dialect, dialect)) return { recipe, nLeftBehind: 0 };
  const { recipe: carried, leftBehind } = carryRecipe(recipe.present);
  // Without its past: undo must not bring back a step that names other lines.
  return { recipe: createRecipeEditor(carried), nLeftBehind: leftBehind.length };
}

function isRecipeDecided({ recipe, summary }: DatasetState): boolean {
  return JSON.stringify(recipe.present) !== JSON.stringify(summary.proposedRecipe);
}
