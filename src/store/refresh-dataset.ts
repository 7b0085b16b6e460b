import type { Progress } from '#base/job-context.ts';
import type { Desk, GetState, SetState } from './desk.ts';
import { listDecisions, rememberShape } from './decisions.ts';
import { refreshStaleness } from './staleness.ts';
import type { OpenDataset } from './state.ts';

/**
 * Works out what the roles and the recipe give, and then, without being waited for, what the checks say of it. An
 * answer to what has changed meanwhile is dropped.
 */
export async function refreshDataset(set: SetState, get: GetState, desk: Desk): Promise<void> {
  const asked = get().dataset;
  if (!asked) return;
  try {
    const request = await buildRequest(desk, asked);
    const preparation = await desk.services.heavy.run('prepare', request);
    set(({ dataset }) => (isSame(dataset, asked) ? { dataset: { ...dataset, preparation } } : {}));
    set(refreshStaleness);
  } catch (thrown) {
    desk.report(thrown, 'preparing');
  }
  void checkDataset(set, desk, asked);
}

async function checkDataset(set: SetState, desk: Desk, asked: OpenDataset): Promise<void> {
  try {
    const signal = desk.startCheck();
    const onProgress = (progress: Progress) => set({ checkProgress: progress });
    const request = await buildRequest(desk, asked);
    const findings = await desk.services.heavy.run('check-quality', request, { signal, onProgress });
    set(({ dataset }) =>
      isSame(dataset, asked)
        ? { dataset: { ...dataset, findings, isChecking: false }, checkProgress: null }
        : {},
    );
  } catch {
    // A worker that died is reported by what waited for it; the next change asks again, and ends a check under way.
  }
}

async function buildRequest(desk: Desk, { roles, unit }: OpenDataset) {
  const datasetId = await desk.ensureDataset();
  return { datasetId, roles, today: desk.services.today(), ...(unit && { unit }) };
}

/** True where the data are the same and nothing that was asked about has changed. */
function isSame(now: OpenDataset | null, asked: OpenDataset): now is OpenDataset {
  return (
    now !== null &&
    now.id === asked.id &&
    now.roles === asked.roles &&
    now.unit === asked.unit &&
    now.recipe.present === asked.recipe.present
  );
}

/** Keeps what was decided about the open data, and has the next file of the shape remember it: one transaction. */
export async function keepDecisions(get: GetState, desk: Desk): Promise<void> {
  const { dataset } = get();
  if (!dataset) return;
  const memory = dataset.sample
    ? undefined
    : { shape: dataset.summary.shape, record: rememberShape(dataset) };
  await desk.save((registry) => registry.updateDataset(dataset.id, listDecisions(dataset), memory));
}
