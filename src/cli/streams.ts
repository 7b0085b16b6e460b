import type { Words } from '#language/words.ts';

/** Where a command writes, and in which language: the process's own streams, or a test's. Only the answer goes to `out`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** The streams of one command with the language it was told. */
export interface Terminal extends Streams {
  readonly words: Words;
}

/** Sentences on the error stream, one a line. */
export function tell({ error }: Streams, sentences: readonly string[]): void {
  for (const sentence of sentences) error(`${sentence}\n`);
}
