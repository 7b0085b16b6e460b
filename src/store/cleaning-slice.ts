import type { Progress } from '#base/job-context.ts';
import { editRecipe, type RecipeEdit } from '#data/recipe/recipe-editor.ts';
import { excludeOutage, restoreOutage } from '#jobs/dataset/exclude-outage.ts';
import type { Effects } from './effects.ts';
import { type GetState, type SetState, type CleaningSlice } from './state.ts';
import { keepDecisions, refreshDataset } from './refresh-dataset.ts';

export function createCleaningSlice(set: SetState, get: GetState, effects: Effects): CleaningSlice {
  const { createId } = effects;

  async function edit(change: RecipeEdit): Promise<void> {
    const { dataset } = get();
    if (!dataset) return;
    const recipe = editRecipe(dataset.recipe, change);
    if (recipe === dataset.recipe) return;
    set({ dataset: { ...dataset, recipe } });
    await applyRecipe(set, get, effects);
    await keepDecisions(get, effects);
  }

  return {
    editRecipe: edit,

    addStep: ({ action, reason }) =>
      edit({ kind: 'add', step: { id: createId(), action, reason, isEnabled: true } }),

    excludeRow: async (row, reason) => {
      const { dataset } = get();
      if (dataset) await edit(excludeOutage(dataset.recipe.present, row, reason, createId()));
    },

    restoreRow: async (row, stepId) => {
      const { dataset } = get();
      const undoing = dataset && restoreOutage(dataset.recipe.present, row, stepId);
      if (undoing) await edit(undoing);
    },

    ignoreFinding: async (key, isIgnored) => {
      const { dataset } = get();
      if (!dataset) return;
      const others = dataset.ignoredFindings.filter((each) => each !== key);
      set({ dataset: { ...dataset, ignoredFindings: isIgnored ? [...others, key] : others } });
      await keepDecisions(get, effects);
    },
  };
}

/** Applies the open data's recipe in the worker, and works out what follows. The recipe sent last counts. */
export async function applyRecipe(set: SetState, get: GetState, effects: Effects): Promise<void> {
  const { dataset } = get();
  const source = effects.dataset.current;
  if (!dataset || !source) return;
  const recipe = dataset.recipe.present;
  const datasetId = await effects.dataset.ensure();
  // A worker that has to read the file again cleans it by this recipe.
  effects.dataset.adopt({ ...source, recipe });
  // What the checks look at is about to change; what they said so far stays in view.
  effects.startCheck();
  set(({ dataset: now }) => (now ? { dataset: { ...now, preparation: null, isChecking: true } } : {}));
  const onProgress = (progress: Progress) => set({ checkProgress: progress });
  try {
    const cleaning = await effects.run('apply-recipe', { datasetId, recipe }, { onProgress });
    set(({ dataset: now }) =>
      now?.id === datasetId && now.recipe.present === recipe ? { dataset: { ...now, cleaning } } : {},
    );
  } catch (thrown) {
    effects.report(thrown, 'preparing');
  }
  await refreshDataset(set, get, effects);
}
