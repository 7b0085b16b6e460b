import type { CellRow } from '#data/cell.ts';
import type { ProbabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import type { PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { CellsFrom } from '#inference/open-cells.ts';

export interface CompareRequest {
  /** One cell an input of the model, of each scenario. */
  readonly cases: readonly CellRow[];
  readonly from: CellsFrom;
  /** A duration to keep, in the target's unit. */
  readonly atMost?: number;
  /** How far the same luck strikes both of two plans, in [0, 1]: no data tell. 1: the same. */
  readonly link: number;
}

/** What the model says of one of the scenarios. In the target's unit. */
export interface ComparedScenario {
  readonly cells: CellRow;
  readonly interval: PredictionInterval;
  readonly probability: ProbabilityAtMost | null;
  /** What it expects: the middle that its levels stand about. */
  readonly expected: number;
  /** In how many of the worlds it is the shortest, in [0, 1]; null without worlds. */
  readonly isBest: number | null;
}

/** 80 % of such intervals hold what they are of. */
export interface DifferenceRange {
  readonly low: number;
  readonly high: number;
}

/** What the model expects of `to` less what it expects of `from`. */
export interface ExpectedDifference extends DifferenceRange {
  readonly value: number;
  /** Holds all of the differences of a comparison at once, with 80 %. */
  readonly band: DifferenceRange;
}

/** How much longer this very outage takes by `to` than by `from`. */
export interface OutageDifference extends DifferenceRange {
  readonly mean: number;
  /** The chance that it takes less, by the link asked for, and the least and the most of any link. */
  readonly shorter: number;
  readonly shorterAtLeast: number;
  readonly shorterAtMost: number;
  /** The same of taking more. */
  readonly longer: number;
  readonly longerAtLeast: number;
  readonly longerAtMost: number;
}

export interface ScenarioDifference {
  /** By their places. */
  readonly from: number;
  readonly to: number;
  /** Null without worlds. */
  readonly expected: ExpectedDifference | null;
  /** Null where one of the two has no levels, or leaves cells open. */
  readonly outage: OutageDifference | null;
  /** The band holds 0: the data do not tell the two apart. */
  readonly isIndiscernible: boolean;
  /** The model cannot see any difference: it says the same of both in all respects. */
  readonly isUnseen: boolean;
}

export interface ScenarioDifferences {
  readonly scenarios: readonly ComparedScenario[];
  /** Of every two, the later one less the earlier one. */
  readonly differences: readonly ScenarioDifference[];
  readonly link: number;
  /** 0 where the model's file does not keep what worlds are made of. */
  readonly nWorlds: number;
}
