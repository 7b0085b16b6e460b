import { createRecipeEditor } from '#data/recipe/recipe-editor.ts';
import type { DatasetRecord, KeptModel } from '#registry/records.ts';
import { applyRecipe } from './cleaning-slice.ts';
import { listDecisions } from './decisions.ts';
import type { Effects } from './effects.ts';
import { keepDataset } from './open-dataset.ts';
import { listScenario, startScenario } from './scenario-slice.ts';
import type { AppState, GetState, SetState } from './state.ts';

/** Another tab saves what is being typed a few times a second; a look at the registry after it has rested is enough. */
const REST_MS = 300;

/**
 * Shows what another tab changed of the things on show here: the decisions about the same file, the scenario of the same
 * model, what the second opinion said of it. A file that is no longer kept is kept again. The last save counts.
 */
export function createHearing(set: SetState, get: GetState, effects: Effects) {
  let isDue: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    // What is under way has begun from what is on show.
    if (get().work || get().isRestoring) return lookSoon();
    const kept = await effects.registry.read((registry) => registry.load());
    const { dataset, model } = get();
    if (!kept) return;
    if (kept.model && kept.model.model.id === model?.id) await hearOfModel(kept.model);
    if (!dataset) return;
    if (kept.dataset?.id === dataset.id) await hearOfDecisions(kept.dataset);
    else if (kept.dataset === null) await keepAgain();
    else await hearOfRemoval(dataset.id);
  }

  /** To keep it again would remove the file of yet another tab. */
  async function hearOfRemoval(id: string): Promise<void> {
    const bytes = await effects.registry.read(async (registry) => ({
      kept: await registry.loadDatasetBytes(id),
    }));
    if (bytes?.kept === null) effects.registry.callUnsaved('data', 'many-tabs');
  }

  async function hearOfModel({ scenario, secondOpinion }: KeptModel): Promise<void> {
    const { model, ...shown } = get();
    if (!isSame(secondOpinion, shown.secondOpinion)) tell('second-opinion', { secondOpinion });
    const here = model && listScenario(get());
    if (!scenario || !here || isSame(scenario, here)) return;
    tell('scenario', {
      targetDuration: scenario.targetDuration,
      elapsed: scenario.elapsed ?? null,
      planSettings: scenario.plan ?? null,
    });
    await startScenario(set, get, effects, scenario.scenario, scenario.reference);
  }

  async function hearOfDecisions({ roles, recipe, unit, ignoredFindings }: DatasetRecord): Promise<void> {
    const { dataset } = get();
    if (!dataset || isSame({ roles, recipe, unit, ignoredFindings }, listDecisions(dataset))) return;
    const editor =
      recipe && !isSame(recipe, dataset.recipe.present) ? createRecipeEditor(recipe) : dataset.recipe;
    tell('decisions', {
      dataset: {
        ...dataset,
        roles,
        unit,
        ignoredFindings,
        recipe: editor,
        preparation: null,
        isChecking: true,
      },
    });
    await applyRecipe(set, get, effects);
  }

  async function keepAgain(): Promise<void> {
    const bytes = effects.dataset.current?.file.bytes;
    if (bytes instanceof Blob) await keepDataset(get, effects, bytes);
  }

  function tell(heard: NonNullable<AppState['heard']>, changes: Partial<AppState>): void {
    set({ ...changes, heard });
  }

  function lookSoon(): void {
    clearTimeout(isDue);
    isDue = setTimeout(() => void look(), REST_MS);
  }

  return (ids: readonly string[]): void => {
    const { dataset, model } = get();
    if (ids.some((id) => id.startsWith('versionLog/') || id.startsWith('otherLogs/')))
      void get().loadVersions();
    const shown = new Set([
      `datasets/${dataset?.id}`,
      `scenarios/${model?.id}`,
      `secondOpinions/${model?.id}`,
    ]);
    if (ids.some((id) => shown.has(id))) lookSoon();
  };
}

/** What was read again has its fields in another order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sortFields) === JSON.stringify(other, sortFields);
}

function sortFields(_key: string, value: unknown): unknown {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
