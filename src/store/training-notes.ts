import type { Instant } from '#base/instant.ts';
import type { TabChannel } from '#registry/tab-channel.ts';

/** Remembers that a training is under way, so that the next visit can say that it was interrupted. */
export interface TrainingNotes {
  readonly begin: (at: Instant) => void;
  readonly end: () => void;
  /** When a training began that nobody goes on with, in this tab or one that is gone; null where there is none. Once. */
  readonly takeInterrupted: () => Promise<Instant | null>;
}

const PREFIX = 'tranche.training.';

export function createTrainingNotes(
  tab: string,
  { callRoll }: Pick<TabChannel, 'callRoll'>,
  findStorage: () => Storage,
): TrainingNotes {
  /** Where site data are blocked, nothing is remembered of any other work either. */
  function attempt<Result>(task: (storage: Storage) => Result): Result | null {
    try {
      return task(findStorage());
    } catch {
      return null;
    }
  }

  const listTabs = (storage: Storage) =>
    Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '')
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));

  return {
    begin: (at) => void attempt((storage) => storage.setItem(PREFIX + tab, String(at))),
    end: () => void attempt((storage) => storage.removeItem(PREFIX + tab)),
    takeInterrupted: async () => {
      const noted = attempt(listTabs) ?? [];
      const open = noted.some((other) => other !== tab) ? await callRoll() : new Set<string>();
      const begun = noted
        .filter((other) => !open.has(other))
        .map((other) => {
          const at = attempt((storage) => storage.getItem(PREFIX + other));
          attempt((storage) => storage.removeItem(PREFIX + other));
          return Number(at);
        });
      return begun.length === 0 ? null : Math.max(...begun);
    },
  };
}
