import type { AppState, OpenDataset, OpenModel } from './state.ts';

/** The state's model, marked stale where the open data are no longer those it was trained on, read and used alike. */
export function refreshStaleness({ dataset, model }: AppState): Partial<AppState> {
  if (!model) return {};
  const isStale = dataset !== null && isTrainedOnOther(model, dataset);
  return isStale === model.isStale ? {} : { model: { ...model, isStale } };
}

function isTrainedOnOther({ result }: OpenModel, { id, roles }: OpenDataset): boolean {
  if (!result) return false;
  if (result.datasetId !== id) return true;
  return roles.some(({ role }, i) => role !== result.roles[i]?.role);
}
