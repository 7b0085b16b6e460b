import type { Table } from '#data/table.ts';
import type { FileRow, SampleIndices } from '#data/row-index.ts';
import type { Fold } from '#evaluation/splits.ts';
import type { ModelScore, TestPredictions, LearningRequest } from '#training/contract.ts';

/** The outages of a training, to be learnt again: the same rows, folds and test rows. */
export interface PrepareSecondOpinionRequest extends LearningRequest {
  readonly datasetId: string;
  /** What was tested: where they would be others now, the training must be done again. */
  readonly testFileRows: readonly FileRow[];
}

/** What the second opinion learns from; crosses from the worker that holds the table to its own. */
export interface SecondOpinionSamples {
  readonly features: Table;
  readonly target: Float64Array;
  readonly trainRows: SampleIndices;
  readonly testRows: SampleIndices;
  /** Folds of all outages: what the models were compared on. */
  readonly folds: readonly Fold[];
}

export interface FitSecondOpinionRequest {
  readonly samples: SecondOpinionSamples;
  readonly seed: number;
  /** Out-of-fold absolute errors of the best model, by outage; null in results that have none. */
  readonly bestErrors: readonly number[] | null;
  /** What the model answered for the test rows. */
  readonly test: TestPredictions;
}

/** How often an interval held its outage, and how wide it was, in the target's unit. */
export interface IntervalRecord {
  /** Share of the test outages inside P10–P90. */
  readonly coverage: number;
  readonly meanWidth: number;
}

/** A test outage the two do not agree on. */
export interface DisputedOutage {
  readonly row: FileRow;
  readonly actual: number;
  readonly ours: Spread;
  readonly theirs: Spread;
}

export interface Spread {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** The neural network beside the model, on the same outages. */
export interface SecondOpinion {
  readonly score: ModelScore;
  /** Test outages. */
  readonly nTest: number;
  readonly theirs: IntervalRecord;
  /** 95 % binomial band about the promised 80 % of `nTest` outages. */
  readonly band: readonly [number, number];
  /** Null where the model has no intervals, or where they are not claimable. */
  readonly disagreement: Disagreement | null;
  /** The user stopped: fewer folds than asked for count, or a network less trained. */
  readonly isStopped: boolean;
}

/** Over the `n` test outages where both have an interval. Disputed: one's median lies outside the other's P10–P90. */
export interface Disagreement {
  readonly n: number;
  readonly nDisputed: number;
  readonly ours: IntervalRecord;
  /** Mean absolute error of the model on the disputed outages and on the others; NaN where there are none. */
  readonly errorDisputed: number;
  readonly errorAgreed: number;
  /** Those whose medians are furthest apart, by ratio; at most five. */
  readonly furthest: readonly DisputedOutage[];
}
