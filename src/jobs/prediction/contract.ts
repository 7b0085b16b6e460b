import type { Instant } from '#base/instant.ts';
import type { CellRow } from '#data/cell.ts';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { FileRow } from '#data/row-index.ts';
import type { DurationCurve } from '#evaluation/intervals/duration-curve.ts';
import type { IntervalBound } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction, FactorAnswers, OpenCells } from '#inference/contract.ts';
import type { CellsFrom } from '#inference/open-cells.ts';
import type { OutageRequest, ResolvedSettings } from '#training/contract.ts';
import type { TextFile } from '../dataset/contract.ts';
import type { CaseExplanation } from '../explanation/contract.ts';

export interface PredictRequest {
  readonly modelId: string;
  /** Each case holds one cell per form feature of the model, in their order. */
  readonly cases: readonly CellRow[];
  /** A duration to meet, in the target's unit: each answer then says how likely that is. */
  readonly atMost?: number;
  /** What the outage has lasted already, in the target's unit: each answer then says how much longer. */
  readonly elapsed?: number;
  /** Where the cells come from: an empty one of a form is unknown. Default: a form. */
  readonly from?: CellsFrom;
}

/** A case with cells left open, asked of the data that the model was trained on. */
export interface PredictOpenRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly cells: CellRow;
  readonly atMost?: number;
  readonly elapsed?: number;
  readonly today: Instant;
  /** Those of the training; null where they are not known. */
  readonly settings: ResolvedSettings | null;
}

export interface OpenCaseAnswer {
  readonly prediction: CasePrediction;
  readonly explanation: CaseExplanation | null;
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
  /** The present: an outage that ends later is not over. */
  readonly today: Instant;
  /** The model was trained on these very data: each row that is not set aside is a learnt one. */
  readonly isTrainingData?: boolean;
  /** To fit anew where cells are empty, as far as the data are those of the training. Absent: nothing is fitted. */
  readonly refit?: { readonly settings: ResolvedSettings | null };
  /** What the outages have lasted already, in the target's unit, each or by a column of numbers: how much longer, then. */
  readonly elapsed?: number | { readonly column: string };
}

export interface PredictionsFile extends TextFile {
  /** Rows with unknown cells, by how they were answered; a column of the file names the cells. */
  readonly nOpen: { readonly refit: number; readonly wide: number };
  /** Rows without any figure: too few past outages of their class were judged, or they lie far from all. */
  readonly nRefused: number;
  /** Rows asked how much longer, and those that too few past outages could answer, or none like them. Null: not asked. */
  readonly remaining: { readonly nAsked: number; readonly nRefused: number } | null;
  /** How many of its rows the model has learnt; null where that cannot be told. */
  readonly nLearnt: number | null;
  /** Null where the model asks nothing of a second file. */
  readonly factors: FactorAnswers | null;
}

/** A file of outages to come, or of others that the model is to say something of. */
export interface PredictFileRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly today: Instant;
}

/** What the model says of each row of a file. */
export interface FileForecast {
  /** The model's column of units, and the file's of identifiers; null where there is none. */
  readonly unitColumn: string | null;
  readonly identifierColumn: string | null;
  /** Null where the rows say no start: no end is then told. */
  readonly startColumn: string | null;
  readonly hasTime: boolean;
  readonly hasPlan: boolean;
  readonly rows: readonly ForecastRow[];
}

/** One outage of such a file. Durations in the target's unit; null is not claimed, and `notes` says why. */
export interface ForecastRow {
  readonly row: FileRow;
  readonly unit: string | null;
  readonly identifier: string | null;
  readonly start: Instant | null;
  /** The model's own estimate; null where nothing is to be announced. */
  readonly value: number | null;
  readonly p10: number | null;
  readonly p50: number | null;
  readonly p80: number | null;
  /** The start and the P80. */
  readonly end: Instant | null;
  readonly plan: number | null;
  readonly notes: readonly ForecastNote[];
}

/** What a person must know of a row's answer, or of why it has none. */
export type ForecastNote =
  | { readonly kind: 'refused'; readonly bound: IntervalBound }
  | { readonly kind: 'no-level'; readonly level: 'P10' | 'P50'; readonly n: number; readonly needed: number }
  | { readonly kind: OpenCells['way'] | 'outside' | 'unknown-label'; readonly columns: readonly string[] }
  | { readonly kind: 'unread'; readonly column: string; readonly raw: string }
  | { readonly kind: 'no-intervals' | 'no-start' | 'learnt' };

export interface UnseenAnswerRequest extends OutageRequest {
  readonly datasetId: string;
  readonly modelId: string;
  readonly row: FileRow;
  /** A duration to meet, in the target's unit. */
  readonly atMost?: number;
  readonly elapsed?: number;
}

/** What a fit without the outage says of it. */
export interface UnseenAnswer {
  readonly prediction: CasePrediction;
  /** Null where the interval is refused. */
  readonly curve: DurationCurve | null;
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
  /** Null where the model asks nothing of a second file. */
  readonly factors: FactorAnswers | null;
}
