import { AppError } from '#base/errors.ts';
import { createFailingCalls, type FailingCalls } from '#base/testing/failing-calls.ts';
import type { ArtifactStore } from '../artifact-store.ts';

/** `before`: the call does nothing. `after`: it was done, and its answer is lost. */
export type FaultMoment = 'before' | 'after';

/** A store whose k-th call fails once armed, as a network does; a list fails as it begins. */
export function createFaultyArtifacts(
  store: ArtifactStore,
  moment: FaultMoment,
): { readonly store: ArtifactStore; readonly calls: FailingCalls } {
  const calls = createFailingCalls(
    () => new AppError('store-unreachable', 'the planned fault', { name: store.address }),
  );
  const guard = async <Result>(task: () => Promise<Result>): Promise<Result> => {
    if (moment === 'before') calls.pass();
    const result = await task();
    if (moment === 'after') calls.pass();
    return result;
  };
  return {
    calls,
    store: {
      address: store.address,
      get: (key) => guard(() => store.get(key)),
      put: (key, bytes, mode) => guard(() => store.put(key, bytes, mode)),
      delete: (key) => guard(() => store.delete(key)),
      list: async function* (prefix) {
        calls.pass();
        yield* store.list(prefix);
      },
    },
  };
}
