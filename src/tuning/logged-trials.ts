import { mean } from '#base/statistics.ts';
import { type Configuration, keyOf, type SearchSpace } from './search-space.ts';
import { readStudyHead } from './study-identity.ts';
import { readErrors, type TrialEvent } from './trial-log.ts';

/** A trial as far as the log tells of it: under way, given up or complete. */
export interface LoggedTrial {
  readonly number: number;
  readonly configuration: Configuration;
  readonly isStart: boolean;
  /** Mean absolute error by fold of the first repetition, as far as it came. */
  readonly foldMae: readonly number[];
  /** Over the rows judged. */
  readonly mae: number;
  /** On the second repetition; null where it had no part in it. */
  readonly secondMae: number | null;
}

/** The trials of a study while it goes on, or long after, from its log alone. */
export interface LoggedStudy {
  readonly space: SearchSpace;
  readonly nFolds: number;
  readonly trials: readonly LoggedTrial[];
}

interface Tally {
  readonly configuration: Configuration;
  readonly folds: number[];
  readonly repetitions: { sum: number; n: number }[];
}

/** Reads a log event by event, so that one that grows is not read again. An event costs O(rows of its fold). */
export function createLogReader() {
  let head: ReturnType<typeof readStudyHead> = null;
  const tallies = new Map<string, Tally>();

  function add(event: TrialEvent): void {
    head ??= readStudyHead([event]);
    if (event.kind !== 'scored' || !head) return;
    const { configuration, repetition, fold, errors } = event;
    const key = keyOf(head.space, configuration);
    const tally = tallies.get(key) ?? { configuration, folds: [], repetitions: [] };
    tallies.set(key, tally);
    const known = readErrors(errors);
    const total = (tally.repetitions[repetition] ??= { sum: 0, n: 0 });
    total.sum += known.reduce((sum, error) => sum + error, 0);
    total.n += known.length;
    if (repetition === 0) tally.folds[fold] = mean(known);
  }

  return {
    add,
    /** Null before the study began. */
    read(): LoggedStudy | null {
      if (!head) return null;
      const { space, nStarts } = head;
      const trials = [...tallies.values()].map(({ configuration, folds, repetitions }, number) => {
        const [first, second] = repetitions.map(({ sum, n }) => sum / n);
        const isStart = number < nStarts;
        return { number, configuration, isStart, foldMae: [...folds], mae: first, secondMae: second ?? null };
      });
      return { space, nFolds: Math.max(0, ...trials.map(({ foldMae }) => foldMae.length)), trials };
    },
  };
}
