/** Counts calls, and has the k-th fail. */
export interface FailingCalls {
  /** Calls so far; arms the k-th of those to come, none for `Infinity`. */
  readonly arm: (k: number) => void;
  readonly hasFailed: () => boolean;
  /** To be asked at each call: throws at the k-th. */
  readonly pass: () => void;
}

export function createFailingCalls(fail: () => Error): FailingCalls {
  let left = Infinity;
  let hasFailed = false;
  return {
    arm: (k) => {
      left = k;
      hasFailed = false;
    },
    hasFailed: () => hasFailed,
    pass: () => {
      if (--left !== 0) return;
      hasFailed = true;
      throw fail();
    },
  };
}

/** An object whose methods, those of these names, each pass first. */
export function guardMethods<Guarded extends object>(
  guarded: Guarded,
  names: readonly (keyof Guarded)[],
  { pass }: FailingCalls,
): Guarded {
  return new Proxy(guarded, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || !(names as readonly unknown[]).includes(name)) return member;
      return (...values: unknown[]): unknown => {
        pass();
        return Reflect.apply(member, target, values);
      };
    },
  });
}
