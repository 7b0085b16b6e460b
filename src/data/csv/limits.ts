/** What the reader refuses, with a clear error, before it costs anything. */
export const limits = {
  bytes: 500 * 1024 * 1024,
  rows: 1_000_000,
  columns: 2_000,
  /** Rows × columns. */
  cells: 100_000_000,
  /** Characters in one record; a longer one is no table. */
  recordLength: 1_048_576,
  /** Lines one quoted cell may span; beyond it the quote was never closed. */
  linesInRecord: 1_000,
} as const;
