import { AppError } from '#base/errors.ts';
import type { Effects } from './effects.ts';
import { identifyFile, type FileKind } from './identify-file.ts';
import { incomingChoices } from './incoming-choices.ts';
import type { GetState, IntakeSlice, SetState } from './state.ts';

export function createIntakeSlice(set: SetState, get: GetState, effects: Effects): IntakeSlice {
  /** A table is opened at once where nothing is open, else asked about; the rest says what it is. */
  async function receive(file: File, kind: FileKind): Promise<void> {
    switch (kind) {
      case 'model':
        return get().openModelFile(file);
      case 'project':
        return get().openProject(file);
      case 'image':
      case 'pdf':
        effects.report(
          new AppError(`file-is-${kind}`, `${file.name} is no table`, { name: file.name }),
          'reading',
        );
        return;
      default: {
        const { dataset, model } = get();
        if (dataset || model) set({ incoming: file });
        else await get().openFile(file);
      }
    }
  }

  return {
    incoming: null,

    receiveFiles: async (files) => {
      try {
        const kinds = await Promise.all(files.map(identifyFile));
        const nModels = kinds.filter((kind) => kind === 'model').length;
        // A model and a file of outages go together; of two of a kind nobody knows which is meant.
        if (files.length > 2 || (files.length === 2 && nModels !== 1)) {
          const names = files.map(({ name }) => name);
          throw new AppError('several-files', 'several files came at once', { names, n: files.length });
        }
        const inOrder = files
          .map((file, i) => ({ file, kind: kinds[i] ?? 'table' }))
          .toSorted((a, b) => Number(b.kind === 'model') - Number(a.kind === 'model'));
        for (const { file, kind } of inOrder) await receive(file, kind);
      } catch (thrown) {
        effects.report(thrown, 'reading');
      }
    },

    takeIncoming: async (id) => {
      const { incoming } = get();
      set({ incoming: null });
      const choice = incomingChoices.find((each) => each.id === id);
      if (incoming && choice?.isOffered(get())) await choice.take(get(), incoming);
    },

    dismissIncoming: () => set({ incoming: null }),
  };
}
