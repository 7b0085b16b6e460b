/**
 * A store of named bytes that fails on its own, apart from the database. What is put there is found by a later visit.
 * Every method may reject. `put` may find no room, and may let go of things of a higher rank to find some.
 */
export interface Shelf {
  /** What was put there in the last seconds is gone where the browser ends. */
  readonly isLazy: boolean;
  names(): Promise<readonly string[]>;
  /** Null where it is not there. */
  read(name: string): Promise<Blob | null>;
  /** `rank`: the higher, the sooner it may go. */
  put(name: string, bytes: Blob, rank: number): Promise<void>;
  remove(name: string): Promise<void>;
}
