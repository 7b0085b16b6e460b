import type { TimeUnit } from '#data/time-units.ts';
import type { ErrorDetails } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { AskedHorizon, Horizon } from '#data/known-when.ts';
import type { ExpectedColumn, RoleAssignment } from '#data/roles.ts';
import type { FileRow } from '#data/row-index.ts';
import type { CleaningStep } from '#models/model-description.ts';
import type { ColumnImportance } from '#explain/permutation-importance.ts';
import type { Estimate } from '#evaluation/bootstrap.ts';
import type { CoverageReport } from '#evaluation/intervals/coverage.ts';
import type { Selection } from '#evaluation/selection.ts';
import type {
  BoostingHyperparameters,
  ForestHyperparameters,
  InitChoice,
  PresetName,
  ScaleChoice,
} from '#models/hyperparameters.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { SpecId } from '#models/model-spec.ts';
import type { TargetScale } from '#models/target-scale.ts';
import type { ModelSummary } from '#inference/contract.ts';

export type SplitSettings =
  | { readonly kind: 'random' | 'stratified' | 'time'; readonly testShare: number }
  /** Whole units or sites are kept apart: `column` has the role of a group. */
  | { readonly kind: 'group'; readonly testShare: number; readonly column: string }
  /** Given rows of the file's table: for comparing with another program on its own split. */
  | { readonly kind: 'rows'; readonly trainRows: readonly FileRow[]; readonly testRows: readonly FileRow[] };

/** A split as it is asked for; left open, it is by time where the starts allow it, else at random. */
export type AskedSplit = SplitSettings | { readonly kind: 'auto'; readonly testShare: number };

export interface TrainingSettings {
  readonly seed: number;
  readonly folds: number;
  /** Times the folds are drawn anew, random and stratified ones only. */
  readonly repeats: number;
  readonly split: AskedSplit;
  /** `auto` lets cross-validation choose between the target and its logarithm. */
  readonly scale: ScaleChoice;
  /** What boosting starts from; `auto` lets cross-validation choose. */
  readonly init: InitChoice;
  /** What the model may rest on: all that is known at the start, or what is known long before. `auto`: what suits the file. */
  readonly horizon: AskedHorizon | { readonly kind: 'auto' };
  /** Features from the past of unit, class and fleet are made beside the columns, where they can be. */
  readonly usesPast: boolean;
  /** French public holidays and bridge days after the start are features. Absent: they are not. */
  readonly usesHolidays?: boolean;
  /** Only models that other tools can hold are compared. Absent: whatever there is. */
  readonly isExportable?: boolean;
  readonly preset: PresetName | 'custom';
  /** Of boosting; the other families are fitted at their defaults. */
  readonly hyperparameters: BoostingHyperparameters;
  /** Of the forest, where they were tuned. */
  readonly forest?: ForestHyperparameters;
}

/** The settings once the file is known: asking for them again gives the same outages, parted alike. */
export interface ResolvedSettings extends TrainingSettings {
  readonly split: SplitSettings;
  readonly horizon: AskedHorizon;
}

export const splitReasons = [
  'asked',
  'dated', // starts tell which outages came later
  'undated', // no start dates
  'few-dates', // too few outages have one, or too few different ones, or too few were over before those to be judged
] as const;
export type SplitReason = (typeof splitReasons)[number];

export const horizonReasons = [
  'asked',
  'near', // there is a column known only at the start, or a past: what is not known yet months ahead
  'no-start',
  'nothing-before', // no column is known before it
  'nothing-near',
  'too-few-before', // too few outages were over so long before those to be judged
] as const;
export type HorizonReason = (typeof horizonReasons)[number];

/** Why the outages were parted so and the answer is for that moment: as asked, or by default. */
export interface TrainingBasis {
  readonly split: SplitReason;
  readonly horizon: HorizonReason;
}

/** What a training with nothing set would do with some roles. */
export interface TrainingDefaults {
  readonly horizon: { readonly kind: Horizon['kind']; readonly reason: HorizonReason };
  /** Whether the outages can be judged by time, at either horizon. */
  readonly byTime: { readonly start: boolean; readonly plan: boolean };
}

/** How a table's rows become outages. */
export interface OutageRequest {
  readonly roles: readonly RoleAssignment[];
  /** The present: an outage that ends later is not over. */
  readonly today: Instant;
  /** The day the file was made: what is not over by then is under way. Absent: the latest start or end that it tells of. */
  readonly asOf?: Instant;
  /** Unit of a duration derived from start and end (days where absent), or of one whose name is silent. */
  readonly unit?: TimeUnit;
}

/** What to learn from, and how: the same for a training and for whatever is fitted anew beside it. */
export interface LearningRequest extends OutageRequest {
  readonly settings: TrainingSettings;
}

export interface TrainRequest extends LearningRequest {
  readonly datasetId: string;
  /** Chosen by the caller: the id of the model to be. */
  readonly modelId: string;
  /** Compare the candidates on random folds too, for their scores alone: as long again as the comparison. */
  readonly alsoRandom?: boolean;
}

/** Errors in the target's own unit; r2 has none. */
export interface Scores {
  readonly mae: number;
  readonly rmse: number;
  readonly r2: number;
}

export interface ModelScore {
  /** Tells specs of one name apart. */
  readonly id: SpecId;
  readonly name: ModelName;
  readonly scale: TargetScale;
  /** A reference prediction (median, median per class, linear) that a real model has to beat. */
  readonly isReference: boolean;
  /** Out-of-fold; `sd` is the spread of the folds' MAE. */
  readonly cv: Scores & { readonly sd: number };
  /** Fitted on the training rows, scored on the test rows. */
  readonly test: Scores;
  /** More of the test scores; null where they were not kept. */
  readonly details: ScoreDetails | null;
  /** Of the out-of-fold errors, this model's − the best one's; null for the best, and where it was not kept. */
  readonly toBest: PairedDifference | null;
}

/** How a model did on the test outages, in the target's unit, with 90 % bootstrap intervals where they mean something. */
export interface ScoreDetails {
  readonly n: number;
  readonly mae: Estimate;
  readonly rmse: Estimate;
  readonly medianAbsoluteError: Estimate;
  /** Mean of actual − predicted: positive when outages end later. */
  readonly bias: Estimate;
  readonly r2: number;
  /** Of outages that took longer than predicted. */
  readonly shareLate: number;
  /** 80 and 90 % of the errors are no larger than these. */
  readonly p80: number;
  readonly p90: number;
}

/** Mean difference of two models' absolute errors on the same outages, with its 90 % interval. Negative: the first is better. */
export interface PairedDifference {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly nSamples: number;
}

/**
 * Mean absolute errors out of fold on the same n outages: of the chosen model, for planning, and of the best of it and
 * a few others at the start. The difference is plan − start.
 */
export interface HorizonPrice {
  readonly n: number;
  readonly plan: number;
  readonly start: number;
  readonly difference: PairedDifference;
}

/**
 * Candidates that were stopped after some folds, as they could not win any more: mean absolute errors on the n outages of
 * these folds alone, beside that of the model which led.
 */
export interface StoppedCandidates {
  readonly nFolds: number;
  readonly n: number;
  readonly leader: ModelName;
  readonly leaderMae: number;
  readonly models: readonly { readonly id: SpecId; readonly name: ModelName; readonly mae: number }[];
}

/** Out-of-fold scores of one model over n outages. */
export interface FoldScore extends Scores {
  readonly id: SpecId;
  readonly n: number;
}

/** Two predictions of the same n outages: mean absolute errors, and announced − model with its interval. */
export interface SameOutages {
  readonly n: number;
  readonly announced: number;
  readonly model: number;
  readonly difference: PairedDifference;
}

/** How the chosen model did on each test row, in the order of `rows`. */
export interface TestPredictions {
  readonly rows: readonly FileRow[];
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** The category that colours the points: −1 is missing. Null where the data have no categorical feature. */
  readonly classes: {
    readonly column: string;
    readonly labels: readonly string[];
    readonly codes: readonly number[];
  } | null;
  /** Start of each outage in milliseconds (NaN where missing); null without a start column. */
  readonly starts: readonly number[] | null;
  /**
   * P10, P80 and P90 of each by a calibration it had no part in, NaN where not claimable; null without calibrated
   * intervals. P80 is null where it was not kept.
   */
  readonly intervals: {
    readonly p10: readonly number[];
    readonly p80: readonly number[] | null;
    readonly p90: readonly number[];
  } | null;
}

/** How the error falls while boosting adds trees: MAE after each iteration, in the target's unit. */
export interface LearningCurve {
  /** The chosen model, or the best boosting model where another kind was chosen. */
  readonly model: ModelName;
  readonly train: readonly number[];
  /** On the test rows, which took no part in the fit. */
  readonly validation: readonly number[];
  /** Iteration with the lowest validation error, counted from 1. */
  readonly bestIteration: number;
}

/** Of the format of `TrainingResult`: raised with every change of it, together with an upgrader (`result-upgrades.ts`). */
export const TRAINING_RESULT_VERSION = 2;

export const trainingWarnings = [
  'stopped-early', // the user stopped
  'few-test-rows',
  'few-rows',
  'log-scale-not-possible',
  'categories-merged',
  'too-many-under-way', // no level is sure: more than one in ten is, longer than any that ended
  'rows-without-start', // left out of a split by time
  'groups-repeat', // of random folds: each unit judged is learnt from too
  'no-better-than-median',
  'expected-in-vain', // a direction was expected of a column that is not learnt from, or holds no numbers
] as const;
export type TrainingWarning = (typeof trainingWarnings)[number];

/** What a training found, in the current version of its format (`readTrainingResult` brings older ones to it). */
/** The proposal by the names that are shown. Where specs of one name were compared, the ids tell them apart. */
export interface ModelChoice extends Omit<Selection, 'chosen' | 'best'> {
  readonly chosen: ModelName;
  readonly best: ModelName;
  readonly chosenId: SpecId;
  readonly bestId: SpecId;
  /** Of a choice on few outages, the models that were weighted, the heaviest first. Empty of any other choice. */
  readonly members: readonly { readonly name: ModelName; readonly weight: number }[];
  /** Nothing beats the best rule of thumb by one standard error: half of the weight is left to it. */
  readonly isGuarded: boolean;
}

/** Outages that were not over when the file was made. Durations in the target's unit. */
export interface UnderWaySummary {
  readonly n: number;
  /** The instant up to which the file tells, in milliseconds. */
  readonly asOf: number;
  /** What the one that began first had lasted. */
  readonly longest: number;
  /** Half, and 80 %, of all outages are over by then: of those that ended alone, and of all together (Kaplan–Meier; null where the share is never reached). */
  readonly p50: { readonly alone: number; readonly together: number | null };
  readonly p80: { readonly alone: number; readonly together: number | null };
}

export interface TrainingResult {
  readonly version: typeof TRAINING_RESULT_VERSION;
  readonly modelId: string;
  readonly datasetId: string;
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  readonly rows: {
    readonly read: number;
    readonly kept: number;
    readonly rejected: number;
    /** Read, but not learnt from: without a duration, an older version, left out by the cleaning. */
    readonly setAside: number;
    readonly train: number;
    readonly test: number;
  };
  /** Outages under way, that were learnt from by what they had lasted. Absent: none. */
  readonly underWay?: UnderWaySummary;
  readonly roles: readonly RoleAssignment[];
  /** Directions that a person expected, and every answer keeps. Absent: none. */
  readonly expected?: readonly ExpectedColumn[];
  /** What was done to the file's table before, in order. */
  readonly cleaning: readonly CleaningStep[];
  readonly settings: ResolvedSettings;
  /** Why these outages judge it, and why this horizon. */
  readonly basis: TrainingBasis;
  /** The horizon of the training, with its lead. */
  readonly horizon: Horizon;
  /** Columns that are features, but known later than the horizon: left out. */
  readonly knownLater: readonly string[];
  /** Features from the past, by their names. */
  readonly pastFeatures: readonly string[];
  readonly chosen: ModelName;
  readonly scale: TargetScale;
  readonly choice: ModelChoice;
  readonly models: readonly ModelScore[];
  /** Null where all candidates were compared to the end. */
  readonly stoppedCandidates: StoppedCandidates | null;
  /**
   * Out-of-fold absolute errors of the model with the lowest mean, by training row (NaN where never tested): what a later
   * second opinion is compared with. Null where they were not kept.
   */
  readonly bestErrors: readonly number[] | null;
  /** The announced durations' out-of-fold errors − the chosen model's; null where the file has none, or it was not kept. */
  readonly againstAnnounced: PairedDifference | null;
  /** The announced durations beside the chosen model on the same outages; null without any, or where it was not kept. */
  readonly besideAnnounced: {
    /** Out of fold. */
    readonly cv: SameOutages | null;
    readonly test: SameOutages | null;
  } | null;
  /** What answering ahead of time costs; null at the start, and where it was not measured. */
  readonly horizonPrice: HorizonPrice | null;
  /** The candidates compared once more on folds drawn at random, where that was asked for beside others; else null. */
  readonly alsoRandom: readonly FoldScore[] | null;
  /** The median's absolute errors on the test outages − the chosen model's; null where it was not kept. */
  readonly againstMedian: PairedDifference | null;
  readonly test: TestPredictions;
  /** How well the intervals keep their promise out of fold; null where training was stopped before. */
  readonly coverage: CoverageReport | null;
  readonly importance: {
    /** MAE lost on the test rows when a column's cells are shuffled, in the target's unit; most important first. */
    readonly columns: readonly ColumnImportance[];
    /** What columns of pure chance reach: bars at or below it say nothing. Null where it was not measured. */
    readonly floor: number | null;
    readonly nRows: number;
    readonly nRepeats: number;
  };
  readonly learningCurve: LearningCurve | null;
  /** Columns of the file that the model asks for, in the order of its form. */
  readonly inputs: readonly string[];
  /** The user stopped: the result is the best so far. */
  readonly isStopped: boolean;
  /** Rows the final model was fitted on: all kept rows, or the training rows where it was stopped. */
  readonly nFinalRows: number;
  readonly warnings: readonly { readonly code: TrainingWarning; readonly details: ErrorDetails }[];
  readonly seconds: {
    readonly preparing: number;
    readonly validating: number;
    readonly fitting: number;
    readonly explaining: number;
  };
}

export interface TrainOutcome {
  readonly result: TrainingResult;
  /** The final model, refitted on all kept rows, as the text of its file. */
  readonly modelText: string;
  /** What opening that text gives. */
  readonly summary: ModelSummary;
}
