import type { FileRow } from '#data/row-index.ts';
import type { PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { TrainRequest } from '#training/contract.ts';

export interface ReplayRequest extends Pick<
  TrainRequest,
  'datasetId' | 'modelId' | 'roles' | 'today' | 'unit'
> {
  readonly row: FileRow;
}

/** What would have been announced then, and what it took. Durations in the target's unit. */
export interface OutageReplay {
  readonly row: FileRow;
  /** The outage's start, in milliseconds since 1970: nothing later was known. */
  readonly knownAt: number;
  /** Outages that were over by then. */
  readonly nKnown: number;
  readonly predicted: number;
  readonly interval: PredictionInterval;
  readonly actual: number;
  /** What the planner announced; null where the file does not tell. */
  readonly announced: number | null;
}
