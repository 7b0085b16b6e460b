import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { RequestError } from './answering/request-error.ts';
import { readSource } from './model-source.ts';
import { openServedModel } from './answering/served-model.ts';
import type { ModelLibrary } from './answering/service.ts';

/** More would fill the memory of a small machine: each is some tens of megabytes once it is open. */
const MAX_MODELS = 100;

/** The models of a folder, opened and closed by name. */
export function createModelLibrary(folder: string, now: () => number, maxModels = MAX_MODELS): ModelLibrary {
  const urls = new Map<string, string>();
  return {
    open: async (name, url) => {
      if (urls.size >= maxModels)
        throw new RequestError(507, 'no-room', `${maxModels} models are open, no more fit`);
      const path = await locate(folder, url);
      const { text } = await readSource({ kind: 'file', path });
      const served = openServedModel(name, text, now());
      urls.set(name, url);
      return served;
    },
    urlOf: (name) => urls.get(name) ?? name,
    close: (name) => void urls.delete(name),
  };
}

/** Inside of the folder, whatever links and dots it is written with. Throws 400 and 404. */
async function locate(folder: string, url: string): Promise<string> {
  const root = await realpath(folder);
  const path = await realpath(resolve(root, url)).catch(() => {
    throw new RequestError(404, 'no-model', `nothing at "${url}" in the library`);
  });
  if (path === root || path.startsWith(root + sep)) return path;
  throw new RequestError(400, 'outside', `"${url}" is outside of the library`);
}
