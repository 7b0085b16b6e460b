import type { PartialDependence } from '#explain/partial-dependence.ts';
import type { TrainRequest } from './training.ts';

/** What a question about an open model on the open data takes. */
export interface InsightRequest {
  readonly datasetId: string;
  readonly modelId: string;
  /** The present instant, in milliseconds since 1970: an outage that ends later is not over. */
  readonly today: number;
}

export interface EffectRequest extends InsightRequest {
  /** An input of the model: a number or a category. */
  readonly column: string;
}

/** How the prediction runs along one column of the file, in the target's unit. */
export interface ColumnEffect {
  readonly column: string;
  readonly dependence: PartialDependence;
}

/** Mean |SHAP value| by column of the file, the largest first, in the target's unit. */
export interface MeanShares {
  readonly columns: readonly { readonly column: string; readonly mean: number }[];
  readonly nRows: number;
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
