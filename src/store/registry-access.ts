import { toAppError } from '#base/errors.ts';
import type { Registry } from '#registry/registry.ts';
import type { Services } from './services.ts';
import type { AppState, SetState } from './state.ts';

/** The registry while there is one. Where there is none, or a save fails, the app works in memory and says so. */
export function createRegistryAccess(open: Services['openRegistry'], set: SetState) {
  let registry: Registry | null = null;

  function workInMemory(reason: Extract<AppState['storage'], { kind: 'memory' }>['reason']): void {
    set({ storage: { kind: 'memory', reason } });
  }

  return {
    async open(): Promise<Registry | null> {
      try {
        registry = await open((reason) => {
          registry = null;
          workInMemory(reason === 'superseded' ? 'other-tab-upgraded' : 'storage-unavailable');
        });
      } catch {
        workInMemory('storage-unavailable');
      }
      return registry;
    },

    /** True once it is saved. False in memory mode, and where saving failed. */
    async save(task: (registry: Registry) => Promise<void>): Promise<boolean> {
      if (!registry) return false;
      try {
        await task(registry);
        if (registry) set({ storage: { kind: 'kept' } });
        return true;
      } catch (thrown) {
        workInMemory(toAppError(thrown).code === 'storage-full' ? 'storage-full' : 'storage-unavailable');
        return false;
      }
    },
  };
}
