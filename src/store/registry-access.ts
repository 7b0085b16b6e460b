import { toAppError } from '#base/errors.ts';
import type { Registry, RegistryEvents } from '#registry/registry.ts';
import type { Services } from './services.ts';
import type { SetState, StorageReason } from './state.ts';

/** What is kept each by itself: that one of them was saved says nothing of the others. */
export type KeptThing =
  'data' | 'decisions' | 'model' | 'scenario' | 'second-opinion' | 'settings' | 'forecast' | 'ledger';

/** The registry while there is one. Where there is none, or something on show is not saved, the app says so. */
export function createRegistryAccess(open: Services['openRegistry'], set: SetState) {
  let registry: Registry | null = null;
  const unsaved = new Map<KeptThing, StorageReason>();

  function workInMemory(reason: StorageReason): void {
    registry = null;
    set({ storage: { kind: 'memory', reason } });
  }

  /** Of the things that are not saved the last one gives the reason. */
  function tell(): void {
    const reason = [...unsaved.values()].at(-1);
    if (registry) set({ storage: reason === undefined ? { kind: 'kept' } : { kind: 'memory', reason } });
  }

  return {
    /** `onChanged` hears of what other tabs saved. */
    async open(onChanged: RegistryEvents['onChanged']): Promise<Registry | null> {
      try {
        registry = await open({
          onChanged,
          onEnd: (reason) =>
            workInMemory(reason === 'superseded' ? 'other-tab-upgraded' : 'storage-unavailable'),
        });
      } catch (thrown) {
        workInMemory(toReason(thrown));
      }
      return registry;
    },

    /** Null where nothing is kept. */
    current: (): Registry | null => registry,

    /** What is kept, where anything is; null where it cannot be read. Says nothing of what was saved. */
    async read<Result>(task: (registry: Registry) => Promise<Result>): Promise<Result | null> {
      return registry ? task(registry).catch(() => null) : null;
    },

    /** What was saved is no longer there. */
    callUnsaved(thing: KeptThing, reason: StorageReason): void {
      unsaved.set(thing, reason);
      tell();
    },

    /**
     * Saves what is on show of these things in one go, or what takes their place. True once it is saved. False in memory
     * mode, and where saving failed: they are then called unsaved until they are saved, whatever else is.
     */
    async save(things: readonly KeptThing[], task: (registry: Registry) => Promise<void>): Promise<boolean> {
      if (!registry) return false;
      try {
        await task(registry);
        for (const thing of things) unsaved.delete(thing);
        tell();
        return true;
      } catch (thrown) {
        for (const thing of things) unsaved.set(thing, toReason(thrown));
        tell();
        return false;
      }
    },
  };
}

function toReason(thrown: unknown): StorageReason {
  const { code } = toAppError(thrown);
  return code === 'storage-full' || code === 'storage-too-new' ? code : 'storage-unavailable';
}
