/** Of the program itself, and of each thread before it holds data. */
const PROGRAM_BYTES = 200e6;
const THREAD_BYTES = 80e6;
/** Of each row whatever its columns: folds, predictions out of fold, calibration. */
const ROW_BYTES = 900;
const CELL_BYTES = 80;

/**
 * Bytes that reading and training are foreseen to hold at most, every thread with its own copy of the data. Fitted from
 * above to peaks measured on 28 November 2026: 5 columns, 20,000 to 200,000 rows, one and two threads (285 to 798 MB,
 * foreseen 345 to 880), and 1,000,000 × 28 in a page (3.45 GB).
 */
export function foreseeMemory(nRows: number, nColumns: number, nThreads: number): number {
  const data = nRows * (ROW_BYTES + CELL_BYTES * nColumns);
  return PROGRAM_BYTES + nThreads * (THREAD_BYTES + data);
}
