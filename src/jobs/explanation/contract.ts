import type { Instant } from '#base/instant.ts';
import type { CellRow } from '#data/cell.ts';
import type { CellsFrom } from '#inference/open-cells.ts';
import type { Column } from '#data/table.ts';
import type { FileRow, FileRows } from '#data/row-index.ts';
import type { PartialDependence } from '#explain/partial-dependence.ts';
import type { DurationCurve } from '#evaluation/intervals/duration-curve.ts';
import type { PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { Waterfall } from '#explain/waterfall.ts';
import type { LearningRequest, OutageRequest } from '#training/contract.ts';

/** What a question about an open model on the open data takes. */
export interface ExplanationRequest {
  readonly datasetId: string;
  readonly modelId: string;
  /** The present: an outage that ends later is not over. */
  readonly today: Instant;
}

export interface EffectRequest extends ExplanationRequest {
  /** Inputs of the model. */
  readonly columns: readonly string[];
}

/** How the prediction runs along one column of the file, in the target's unit. */
export interface ColumnEffect {
  readonly column: string;
  readonly dependence: PartialDependence;
  /** Between these lie nine outages in ten: what is drawn beyond rests on few. Null for a category. */
  readonly usual: { readonly p5: number; readonly median: number; readonly p95: number } | null;
  /** Values of some outages, evenly spread by rank, to show where there are any; empty for a category. */
  readonly rug: Float64Array;
}

/** What the model does with one column in each outage of a sample. */
export interface ColumnContributions {
  readonly column: string;
  /** Mean |SHAP value| in the target's unit. */
  readonly mean: number;
  /** SHAP value of each outage, in the target's unit. */
  readonly values: Float64Array;
  /** What the column holds for each. */
  readonly cells: Column;
}

/** SHAP values of a sample of the known outages, the most moving column first. */
export interface MeanContributions {
  readonly columns: readonly ColumnContributions[];
  /** Row of the file of each outage of the sample. */
  readonly rows: FileRows;
  /** Outages the sample was taken from. */
  readonly nKnown: number;
  /** The values sum exactly but are shared out by a sample of orders: said where they are shown. */
  readonly isEstimated: boolean;
}

/** How the open model's kind was fitted, so that it is fitted so again on fewer outages. */
export interface DataCurveRequest extends LearningRequest {
  readonly datasetId: string;
  readonly modelId: string;
}

/** Error on the same test outages by the number of outages learnt from. */
export interface DataCurve {
  readonly points: readonly {
    readonly nOutages: number;
    /** Mean absolute error, in the target's unit, and that of the learnt outages' median. */
    readonly mae: number;
    readonly medianMae: number;
  }[];
  readonly nTest: number;
}

export interface ExplainCaseRequest {
  readonly modelId: string;
  readonly cells: CellRow;
  /** As in `PredictRequest`. */
  readonly from?: CellsFrom;
}

export interface CaseExplanation {
  /** Null where cells are open that the model looks at: its reasons would rest on what nobody knows. */
  readonly waterfall: Waterfall | null;
  /** The steps sum exactly but are shared out by a sample of orders: said where they are shown. */
  readonly isEstimated: boolean;
  /** Null where the model has no calibrated intervals, and where they are refused. */
  readonly curve: DurationCurve | null;
}

export interface SimilarCasesRequest {
  readonly modelId: string;
  readonly datasetId: string;
  readonly cells: CellRow;
  /** The row the case was made of: no outage is like itself. */
  readonly exceptRow?: FileRow;
  readonly today: Instant;
}

export interface SimilarCase {
  readonly row: FileRow;
  /** How alike the model holds them, in [0, 1]. */
  readonly proximity: number;
  /** What it took, in the target's unit. */
  readonly actual: number;
  /** Labels of its unit, site and the like, as far as the file has them. */
  readonly labels: readonly string[];
  /** Null where unknown. */
  readonly start: Instant | null;
}

export interface SimilarCases {
  /** The most alike first. */
  readonly outages: readonly SimilarCase[];
  /** How far from all past outages: 0 is like many, 1 like none. */
  readonly distance: number;
  /** Share of held-out outages at least as strange; null where the model file does not tell. */
  readonly typicality: number | null;
  /** Far enough that the answer deserves a warning. */
  readonly isOutside: boolean;
  /** The column of the file that makes it so, where one does more than any other; null where it is not outside. */
  readonly outsideBy: string | null;
  /** Past outages of the data that the case is, or nearly. */
  readonly nSame: number;
}

export interface ReplayRequest extends OutageRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly row: FileRow;
}

/** What would have been announced then, and what it took. Durations in the target's unit. */
export interface OutageReplay {
  readonly row: FileRow;
  /** The outage's start: nothing later was known. */
  readonly knownAt: Instant;
  /** Outages that were over by then. */
  readonly nKnown: number;
  readonly predicted: number;
  readonly interval: PredictionInterval;
  readonly actual: number;
  /** What the planner announced; null where the file does not tell. */
  readonly announced: number | null;
}
