/**
 * Helpers of a job: other threads that do parts of it (`parts.ts`). A crew is never needed: without one, or when its
 * hands are lost, the same parts run where the job runs, and give the same bytes.
 */
export interface Crew {
  /**
   * Calls `onHand` for every hand that stands ready for parts on this data, and for those that become ready later,
   * until the returned function is called; parts still under way in a hand are then abandoned. `shared` is sent to
   * each hand once, whatever the number of parts.
   */
  readonly recruit: (shared: object, onHand: (hand: Hand) => void) => () => void;
}

/** One helper. It is given one part at a time. */
export interface Hand {
  /**
   * Does a part elsewhere; `onProgress` hears the share done, in [0, 1]. Gives null where the hand was lost with
   * the part: somebody else has to do it. Rejects with the part's own error, and with `cancelled`.
   */
  readonly run: (
    part: string,
    request: unknown,
    onProgress: (share: number) => void,
  ) => Promise<{ readonly result: unknown } | null>;
}
