/** Where a command writes: the process's own streams, or a test's. Only the answer goes to `out`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}
