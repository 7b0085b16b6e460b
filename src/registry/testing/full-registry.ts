import { AppError } from '#base/errors.ts';
import type { Registry } from '../registry.ts';

export interface FillableRegistry extends Registry {
  /** Saves fail from now on, as with the disk full. */
  readonly fill: () => void;
  /** There is room again. */
  readonly free: () => void;
}

/** A registry whose disk can be filled; until then it is the one it wraps. */
export function makeFillable(registry: Registry): FillableRegistry {
  let isFull = false;
  const guard =
    <Values extends readonly unknown[]>(save: (...values: Values) => Promise<void>) =>
    (...values: Values): Promise<void> =>
      isFull ? Promise.reject(new AppError('storage-full', 'no room')) : save(...values);
  return {
    ...registry,
    saveDataset: guard((dataset) => registry.saveDataset(dataset)),
    updateDataset: guard((id, changes, memory) => registry.updateDataset(id, changes, memory)),
    saveModel: guard((model, scenario, submission) => registry.saveModel(model, scenario, submission)),
    versions: {
      ...registry.versions,
      commit: guard((entry, bytes) => registry.versions.commit(entry, bytes)),
    },
    importProject: (project) =>
      isFull ? Promise.reject(new AppError('storage-full', 'no room')) : registry.importProject(project),
    markInFile: guard((id) => registry.markInFile(id)),
    showModel: guard((id) => registry.showModel(id)),
    saveScenario: guard((scenario) => registry.saveScenario(scenario)),
    saveSecondOpinion: guard((opinion) => registry.saveSecondOpinion(opinion)),
    saveSettings: guard((settings) => registry.saveSettings(settings)),
    closeDataset: guard(() => registry.closeDataset()),
    fill: () => {
      isFull = true;
    },
    free: () => {
      isFull = false;
    },
  };
}
