import type { PartWorker } from './part-pool.ts';
import { type JobContext, createPacer } from './job-context.ts';

/**
 * A kind of independent part of a long job: a pure function of plain data, so that it gives the same bytes on any
 * thread. `shared` is what all parts of one batch read (tables, folds), sent to a thread once and never changed; what
 * a part derives from it may be remembered beside it (a `WeakMap`), as parts come in order.
 */
export interface Part<Shared extends object, Request, Result> {
  /** Under which other threads find it (`jobs/part-table.ts`). */
  readonly name: string;
  /** True where it holds what no other thread can be given: then it is done where the job runs. */
  readonly isBound?: boolean;
  readonly run: (shared: Shared, request: Request, context: JobContext) => Promise<Result>;
}

/** What a batch tells while it runs. */
export interface PartsReport<Result> {
  /** `done` of `requests.length` parts, those under way by their share; it never falls. `index` is the part that moved. */
  readonly onProgress?: (done: number, index: number) => void;
  readonly onResult?: (result: Result, index: number) => void;
}

/**
 * Does parts, each once: here, one after the other, and in the part workers of `context.pool` beside it. Parts are begun in
 * the order of `requests`; results come in that order too, whoever did them.
 *
 * After `context.stop` no part is begun, and what it cut short counts as not done (null) — except the first part,
 * which is done here to its end: so there is always one. Throws the first error of a part, and `cancelled`.
 */
export async function runParts<Shared extends object, Request, Result>(
  part: Part<Shared, Request, Result>,
  shared: Shared,
  requests: readonly Request[],
  context: JobContext,
  report: PartsReport<Result> = {},
): Promise<(Result | null)[]> {
  const results = requests.map((): Result | null => null);
  const shares = new Float64Array(requests.length);
  const givenBack: number[] = [];
  const failures: unknown[] = [];
  const busyWorkers = new Set<Promise<void>>();
  let nBegun = 0;
  const { pool, ...alone } = context;

  function take(): number | undefined {
    if (failures.length > 0 || (context.stop.aborted && nBegun > 0)) return undefined;
    return givenBack.pop() ?? (nBegun < requests.length ? nBegun++ : undefined);
  }

  function advance(index: number, share: number): void {
    if (!(share > (shares[index] as number))) return;
    shares[index] = Math.min(1, share);
    const done = shares.reduce((sum, each) => sum + each, 0);
    report.onProgress?.(done, index);
  }

  function settle(index: number, result: Result): void {
    // Cut short by a stop, it is no fair picture of its kind.
    if (context.stop.aborted && index > 0) return;
    results[index] = result;
    report.onResult?.(result, index);
    advance(index, 1);
  }

  async function workHere(): Promise<void> {
    const pace = createPacer(context);
    for (let index = take(); index !== undefined; index = take()) {
      const current = index;
      const onProgress: JobContext['onProgress'] = ({ done, total }) => advance(current, done / total);
      settle(index, await part.run(shared, requests[index] as Request, { ...alone, onProgress }));
      // A part worker that is done waits for its next part until this thread listens.
      if (busyWorkers.size > 0) await context.yieldNow();
      await pace();
    }
  }

  async function workAt(partWorker: PartWorker): Promise<void> {
    for (let index = take(); index !== undefined; index = take()) {
      const current = index;
      const done = await partWorker.run(part.name, requests[index], (share) => advance(current, share));
      if (done === null) {
        givenBack.push(index);
        return;
      }
      settle(index, done.result as Result);
    }
  }

  function use(partWorker: PartWorker): void {
    const working = workAt(partWorker)
      .catch((thrown: unknown) => void failures.push(thrown))
      .finally(() => busyWorkers.delete(working));
    busyWorkers.add(working);
  }

  // The first part is begun before any part worker can take it.
  const here = workHere();
  const release = part.isBound ? undefined : pool?.lease(shared, use);
  try {
    await here;
    while (busyWorkers.size > 0) {
      await Promise.race(busyWorkers);
      await workHere();
    }
  } finally {
    release?.();
  }
  if (failures.length > 0) throw failures[0];
  return results;
}
