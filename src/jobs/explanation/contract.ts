import type { Instant } from '#base/instant.ts';
import type { Column } from '#data/table.ts';
import type { PartialDependence } from '#explain/partial-dependence.ts';
import type { TrainRequest } from '#training/contract.ts';

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

export interface ColumnValuesRequest {
  readonly datasetId: string;
  readonly column: string;
  /** Rows of the file. */
  readonly rows: readonly number[];
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
  readonly rows: Int32Array;
  /** Outages the sample was taken from. */
  readonly nKnown: number;
}

/** How the open model's kind was fitted, so that it is fitted so again on fewer outages. */
export type DataCurveRequest = Pick<
  TrainRequest,
  'datasetId' | 'modelId' | 'roles' | 'settings' | 'today' | 'unit'
>;

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
