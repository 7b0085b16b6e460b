import { RequestError } from './request-error.ts';
import type { ServedModel } from './served-model.ts';

/** The models that are served, by name. A request takes its model once: a swap lets those under way end with the old one. */
export interface ModelSlots {
  /** The model that answers where none is named; throws 503 where there is none yet. */
  readonly main: () => ServedModel;
  /** Throws 404. */
  readonly find: (name: string) => ServedModel;
  readonly list: () => readonly ServedModel[];
  readonly has: (name: string) => boolean;
  readonly put: (model: ServedModel) => void;
  readonly drop: (name: string) => void;
}

export function createModelSlots(mainName: string): ModelSlots {
  const models = new Map<string, ServedModel>();
  return {
    main: () => {
      const model = models.get(mainName) ?? [...models.values()].at(0);
      if (!model) throw new RequestError(503, 'not-ready', 'no model is open yet');
      return model;
    },
    find: (name) => {
      const model = models.get(name);
      if (!model) throw new RequestError(404, 'unknown-model', `no model "${name}" is open`);
      return model;
    },
    list: () => [...models.values()],
    has: (name) => models.has(name),
    put: (model) => void models.set(model.name, model),
    drop: (name) => void models.delete(name),
  };
}
