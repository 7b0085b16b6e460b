import type { CellRow } from '#data/cell.ts';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { DurationCurve } from '#evaluation/intervals/duration-curve.ts';
import type { Waterfall } from '#explain/waterfall.ts';

export interface PredictRequest {
  readonly modelId: string;
  /** Each case holds one cell per form feature of the model, in their order. */
  readonly cases: readonly CellRow[];
  /** A duration to meet, in the target's unit: each answer then says how likely that is. */
  readonly atMost?: number;
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
  readonly distance: number;
  /** Share of held-out outages at least as far; null where the model file does not tell. */
  readonly typicality: number | null;
  /** Far enough that the answer deserves a warning. */
  readonly isOutside: boolean;
  /** The column of the file that makes it so, where one does more than any other; null where it is not outside. */
  readonly outsideBy: string | null;
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
