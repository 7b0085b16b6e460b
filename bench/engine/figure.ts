/** One figure: the best of several repeats, since a busy machine only ever adds time. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** Milliseconds. */
export type Clock = () => number;
