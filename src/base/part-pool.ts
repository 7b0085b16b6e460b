/**
 * The part workers of a job: other threads that do parts of it (`parts.ts`). A pool is never needed: without one, or when its
 * part workers are lost, the same parts run where the job runs, and give the same bytes.
 */
export interface PartPool {
  /**
   * Calls `onPartWorker` for every part worker that stands ready for parts on this data, and for those that become ready later,
   * until the returned function is called; parts still under way in a part worker are then abandoned. `shared` is sent to
   * each part worker once, whatever the number of parts.
   */
  readonly lease: (shared: object, onPartWorker: (partWorker: PartWorker) => void) => () => void;
}

/** One other thread. It is given one part at a time. */
export interface PartWorker {
  /**
   * Does a part elsewhere; `onProgress` hears the share done, in [0, 1]. Gives null where the part worker was lost with
   * the part: somebody else has to do it. Rejects with the part's own error, and with `cancelled`.
   */
  readonly run: (
    part: string,
    request: unknown,
    onProgress: (share: number) => void,
  ) => Promise<{ readonly result: unknown } | null>;
}
