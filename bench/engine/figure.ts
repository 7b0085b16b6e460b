/** One figure: the best of several repeats, since a busy machine only ever adds time. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** Milliseconds. */
export type Clock = () => number;

/** Milliseconds of the quickest of so many repeats. */
export function timeBest(clock: Clock, nRepeats: number, work: () => void): number {
  let best = Infinity;
  for (let repeat = 0; repeat < nRepeats; repeat++) {
    const start = clock();
    work();
    best = Math.min(best, clock() - start);
  }
  return best;
}
