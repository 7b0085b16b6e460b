import type { Progress } from '#base/job-context.ts';
import type { Effects } from './effects.ts';
import { type GetState, type SetState, type DatasetState } from './state.ts';
import { createOutageRequest } from './learning-request.ts';
import { listDecisions, rememberShape } from './decisions.ts';
import { refreshStaleness } from './staleness.ts';

/**
 * Works out what the roles and the recipe give, and then, without being waited for, what the checks say of it. An
 * answer to what has changed meanwhile is dropped.
 */
export async function refreshDataset(set: SetState, get: GetState, effects: Effects): Promise<void> {
  const asked = get().dataset;
  if (!asked) return;
  try {
    const request = await buildRequest(effects, asked);
    const preparation = await effects.run('prepare', request);
    set(({ dataset }) => (isSame(dataset, asked) ? { dataset: { ...dataset, preparation } } : {}));
    set(refreshStaleness);
  } catch (thrown) {
    effects.report(thrown, 'preparing');
  }
  void checkDataset(set, effects, asked);
}

async function checkDataset(set: SetState, effects: Effects, asked: DatasetState): Promise<void> {
  try {
    const signal = effects.startCheck();
    const onProgress = (progress: Progress) => set({ checkProgress: progress });
    const request = await buildRequest(effects, asked);
    const findings = await effects.run('check-quality', request, {
      signal,
      onProgress,
    });
    set(({ dataset }) =>
      isSame(dataset, asked)
        ? { dataset: { ...dataset, findings, isChecking: false }, checkProgress: null }
        : {},
    );
  } catch {
    // A worker that died is reported by what waited for it; the next change asks again, and ends a check under way.
  }
}

async function buildRequest(effects: Effects, asked: DatasetState) {
  const datasetId = await effects.dataset.ensure();
  return { datasetId, ...createOutageRequest(asked, { dataset: asked }, effects.today()) };
}

/** True where the data are the same and nothing that was asked about has changed. */
function isSame(now: DatasetState | null, asked: DatasetState): now is DatasetState {
  return (
    now !== null &&
    now.id === asked.id &&
    now.roles === asked.roles &&
    now.unit === asked.unit &&
    now.recipe.present === asked.recipe.present
  );
}

/** Keeps what was decided about the open data, and has the next file of the shape remember it: one transaction. */
export async function keepDecisions(get: GetState, effects: Effects): Promise<void> {
  const { dataset } = get();
  if (!dataset) return;
  const memory = dataset.sample
    ? undefined
    : { shape: dataset.summary.shape, record: rememberShape(dataset) };
  await effects.registry.save(['decisions'], (registry) =>
    registry.updateDataset(dataset.id, listDecisions(dataset), memory),
  );
}
