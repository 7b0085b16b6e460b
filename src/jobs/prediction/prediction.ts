import type { CalendarPart } from '#data/calendar-columns.ts';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { ColumnRole } from '#data/roles.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { TargetScale } from '#models/target-scale.ts';
import type { DurationCurve, ProbabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import type { PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { Waterfall } from '#explain/waterfall.ts';
import type { CellRow } from '../dataset/cell.ts';

/** One column a case must hold, with what a form needs to ask for it. */
export type FormFeature = NumberFormFeature | CategoryFormFeature | DateFormFeature;

interface FormFeatureBase {
  /** The column of the file. */
  readonly name: string;
  readonly role: ColumnRole;
  /** The value of the training outage most like the others. */
  readonly typical: number | string | null;
  /** The model also looks at the past outages of what it names: what counts for this column is that as well. */
  readonly hasPast?: boolean;
}

export interface NumberFormFeature extends FormFeatureBase {
  readonly type: 'number';
  readonly min: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  /** Every training value is a whole number. */
  readonly isInteger: boolean;
}

export interface DateFormFeature extends FormFeatureBase {
  readonly type: 'date';
  /** Earliest and latest of training, in milliseconds since 1970. */
  readonly min: number;
  readonly max: number;
  /** The features that repeat a part of it, by position. */
  readonly settles: readonly SettledPart[];
}

export interface SettledPart {
  readonly feature: number;
  readonly part: CalendarPart;
  readonly shift: number;
}

export interface CategoryFormFeature extends FormFeatureBase {
  readonly type: 'category';
  /** In order of frequency. */
  readonly categories: readonly string[];
  /** The features it settles, by position, with their cell for each of its labels: a unit's site and power. */
  readonly settles: readonly SettledFeature[];
}

export interface SettledFeature {
  readonly feature: number;
  readonly cells: readonly (readonly [label: string, cell: number | string])[];
}

/** What a person should know about one cell of a case. */
export interface CaseNote {
  /** Position in the model's form features. */
  readonly feature: number;
  readonly code: 'below-training-range' | 'above-training-range' | 'unknown-category' | 'missing';
}

export interface PredictRequest {
  readonly modelId: string;
  /** Each case holds one cell per form feature of the model, in their order. */
  readonly cases: readonly CellRow[];
  /** A duration to meet, in the target's unit: each answer then says how likely that is. */
  readonly atMost?: number;
}

export interface CasePrediction {
  /** In the target's unit. */
  readonly value: number;
  /** Null where the model has no calibrated intervals. */
  readonly interval: PredictionInterval | null;
  /** P(duration ≤ `atMost`); null where not asked, or without intervals. */
  readonly probability: ProbabilityAtMost | null;
  readonly notes: readonly CaseNote[];
}

export interface ExplainCaseRequest {
  readonly modelId: string;
  readonly cells: CellRow;
}

export interface CaseExplanation {
  readonly waterfall: Waterfall;
  /** Null where the model has no calibrated intervals. */
  readonly curve: DurationCurve | null;
}

export interface SimilarCasesRequest {
  readonly modelId: string;
  readonly datasetId: string;
  readonly cells: CellRow;
  /** The row the case was made of: no outage is like itself. */
  readonly exceptRow?: number;
  readonly today: number;
}

export interface SimilarCase {
  /** Row of the file. */
  readonly row: number;
  /** How alike the model holds them, in [0, 1]. */
  readonly proximity: number;
  /** What it took, in the target's unit. */
  readonly actual: number;
  /** Labels of its unit, site and the like, as far as the file has them. */
  readonly labels: readonly string[];
  /** Its start in milliseconds since 1970; null where unknown. */
  readonly start: number | null;
}

export interface SimilarCases {
  /** The most alike first. */
  readonly outages: readonly SimilarCase[];
  /** How far from all past outages: 0 is like many, 1 like none. */
  readonly strangeness: number;
  /** Share of held-out outages at least as strange; null where the model file does not tell. */
  readonly typicality: number | null;
  /** Far enough that the answer deserves a warning. */
  readonly isOutside: boolean;
  /** The column of the file that makes it so, where one does more than any other; null where it is not outside. */
  readonly outsideBy: string | null;
}

/** What is known of a model that is open: enough for the form and the title. */
export interface ModelSummary {
  readonly modelId: string;
  readonly name: ModelName;
  readonly scale: TargetScale;
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  readonly features: readonly FormFeature[];
  readonly nTrainingRows: number;
  /** SHA-256 of the file's content, as hexadecimal. */
  readonly hash: string;
}

export interface OpenModelRequest {
  readonly modelId: string;
  /** The whole text of a model file, from this app or from anywhere: checked before it is used. */
  readonly text: string;
}

export interface PastCaseRequest {
  readonly datasetId: string;
  readonly modelId: string;
  /** Row number in the file's table. */
  readonly row: number;
  /** The present instant, in milliseconds since 1970: an outage that ends later is not over. */
  readonly today: number;
}

/** A past outage as a case of the model. */
export interface PastCase {
  readonly row: number;
  readonly cells: CellRow;
  /** Null where the outage has no duration (ongoing). */
  readonly actual: number | null;
}

export interface ExportPredictionsRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly dialect: CsvDialectName;
}

/** A file for the user to keep: `text` is written as UTF-8 (a byte order mark, where wanted, is in it). */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface EvaluateRequest {
  readonly datasetId: string;
  readonly modelId: string;
  /** The present instant, in milliseconds since 1970: an outage that ends later is not over. */
  readonly today: number;
}

/** How an open model does on the open data: honest only where the data were not its training rows. */
export interface Evaluation {
  readonly rows: {
    readonly read: number;
    readonly kept: number;
    readonly rejected: number;
    readonly setAside: number;
  };
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  readonly mae: number;
  readonly rmse: number;
  readonly medianAbsoluteError: number;
  readonly r2: number;
  /** Mean of actual − predicted: positive means outages end later than predicted. */
  readonly bias: number;
}

export type SampleRequest =
  | { readonly kind: 'simple'; readonly rows: number; readonly noise: number; readonly seed: number }
  | { readonly kind: 'fleet'; readonly units: number; readonly years: number; readonly seed: number };

export interface GenerateSampleRequest {
  readonly sample: SampleRequest;
  readonly dialect: CsvDialectName;
}
