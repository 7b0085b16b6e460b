import type { AppState } from './state.ts';

/** Whether the model on show was trained on the open data as they are: its rows are then those that it has learnt. */
export function isTrainingData({ model, dataset }: Pick<AppState, 'model' | 'dataset'>): boolean {
  return model !== null && dataset !== null && !model.isStale && model.result?.datasetId === dataset.id;
}
