import type { ErrorDetails } from '#base/errors.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { SelectionReason } from '#evaluation/selection.ts';
import type { Hyperparameters, InitChoice, PresetName, ScaleChoice } from '#models/hyperparameters.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { TargetScale } from '#models/target-scale.ts';
import type { FormFeature } from './prediction.ts';

export type SplitSettings =
  | { readonly kind: 'random' | 'time'; readonly testShare: number }
  /** Given rows of the file's table: for comparing with another program on its own split. */
  | { readonly kind: 'rows'; readonly trainRows: readonly number[]; readonly testRows: readonly number[] };

export interface TrainingSettings {
  readonly seed: number;
  readonly folds: number;
  readonly split: SplitSettings;
  /** `auto` lets cross-validation choose between the target and its logarithm. */
  readonly scale: ScaleChoice;
  /** What boosting starts from; `auto` lets cross-validation choose. */
  readonly init: InitChoice;
  readonly preset: PresetName | 'custom';
  readonly hyperparameters: Hyperparameters;
}

export interface TrainRequest {
  readonly datasetId: string;
  /** Chosen by the caller; the fitted model stays in the workbench under this id. */
  readonly modelId: string;
  readonly roles: readonly RoleAssignment[];
  readonly settings: TrainingSettings;
}

/** Errors in the target's own unit; r2 has none. */
export interface Scores {
  readonly mae: number;
  readonly rmse: number;
  readonly r2: number;
}

export interface ModelScore {
  readonly name: ModelName;
  readonly scale: TargetScale;
  /** A reference prediction (median, median per class, linear) that a real model has to beat. */
  readonly isReference: boolean;
  /** Out-of-fold on the training rows; `sd` is the spread of the folds' MAE. */
  readonly cv: Scores & { readonly sd: number };
  /** Fitted on the training rows, scored on the test rows. */
  readonly test: Scores;
}

/** How the chosen model did on each test row, in the order of `rows`. */
export interface TestPredictions {
  /** Row numbers in the file's table. */
  readonly rows: readonly number[];
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
}

/** Mean error per boosting iteration of the chosen model (in the scale it is fitted on). */
export interface LearningCurve {
  readonly scale: TargetScale;
  readonly train: readonly number[];
  readonly validation: readonly number[] | null;
  readonly bestIteration: number;
}

/** MAE lost on the test rows when the column's cells are shuffled, in the target's unit. */
export interface ColumnImportance {
  readonly column: string;
  readonly mean: number;
  readonly sd: number;
}

export type TrainingWarning =
  | 'stopped-early' // the user stopped: the result is the best so far
  | 'few-test-rows'
  | 'few-rows'
  | 'log-scale-not-possible'
  | 'categories-merged'
  | 'time-split-without-start'
  | 'no-better-than-median';

export interface TrainingResult {
  readonly modelId: string;
  readonly datasetId: string;
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  readonly rows: {
    readonly read: number;
    readonly kept: number;
    readonly rejected: number;
    readonly train: number;
    readonly test: number;
  };
  readonly roles: readonly RoleAssignment[];
  readonly settings: TrainingSettings;
  readonly chosen: ModelName;
  readonly scale: TargetScale;
  readonly choice: { readonly reason: SelectionReason; readonly details: ErrorDetails };
  readonly models: readonly ModelScore[];
  readonly test: TestPredictions;
  readonly importance: {
    readonly columns: readonly ColumnImportance[];
    /** What a column of pure noise scores: bars at or below it say nothing. */
    readonly floor: number;
    readonly nRepeats: number;
  };
  readonly learningCurve: LearningCurve | null;
  readonly features: readonly FormFeature[];
  readonly stopped: boolean;
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
}
