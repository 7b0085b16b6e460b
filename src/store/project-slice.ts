import { AppError } from '#base/errors.ts';
import { projectLimits, writeProject } from '#versions/project-file.ts';
import { checkForeignFile } from './check-foreign-file.ts';
import type { Effects } from './effects.ts';
import type { GetState, ProjectSlice, SetState } from './state.ts';

const PROJECT_FILE_NAME = 'projet-tranche.zip';

export function createProjectSlice(set: SetState, get: GetState, effects: Effects): ProjectSlice {
  function requireRegistry() {
    const registry = effects.registry.current();
    if (!registry) throw new AppError('storage-unavailable', 'nothing is kept');
    return registry;
  }

  return {
    imported: null,

    exportProject: async () => {
      const registry = requireRegistry();
      const bytes = writeProject(await registry.exportProject());
      const { model } = get();
      if (model && !model.isInFile) {
        set({ model: { ...model, isInFile: true } });
        void effects.registry.save([], (each) => each.markInFile(model.id));
      }
      return { name: PROJECT_FILE_NAME, bytes };
    },

    openProject: async (file) => {
      let isFresh = false;
      await effects.work.run('opening-project', async (options) => {
        const limit = projectLimits.packed;
        if (file.size > limit) {
          const details = { name: file.name, bytes: file.size, limit };
          throw new AppError('file-too-large', `${file.name} has ${file.size} bytes`, details);
        }
        const bytes = new Uint8Array(await file.arrayBuffer());
        const project = await checkForeignFile(effects, 'open-project', { bytes }, options);
        const registry = requireRegistry();
        isFresh = get().model === null && get().dataset === null;
        set({ imported: await registry.importProject(project) });
        await get().loadVersions();
        await get().loadLedger();
      });
      if (isFresh && get().imported) await get().openKept();
    },

    dismissImported: () => set({ imported: null }),
  };
}
