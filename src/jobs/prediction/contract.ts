import type { Instant } from '#base/instant.ts';
import type { CellRow } from '#data/cell.ts';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { FileRow } from '#data/row-index.ts';

export interface PredictRequest {
  readonly modelId: string;
  /** Each case holds one cell per form feature of the model, in their order. */
  readonly cases: readonly CellRow[];
  /** A duration to meet, in the target's unit: each answer then says how likely that is. */
  readonly atMost?: number;
}

export interface OpenModelRequest {
  readonly modelId: string;
  /** The whole text of a model file, from this app or from anywhere: checked before it is used. */
  readonly text: string;
}

export interface PastCaseRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly row: FileRow;
  /** The present: an outage that ends later is not over. */
  readonly today: Instant;
}

export interface ExportPredictionsRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly dialect: CsvDialectName;
}

export interface EvaluateRequest {
  readonly datasetId: string;
  readonly modelId: string;
  /** The present: an outage that ends later is not over. */
  readonly today: Instant;
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
