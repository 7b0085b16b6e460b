import type { CellRow } from '#data/cell.ts';
import type { SecondOpinion } from '#jobs/second-opinion/contract.ts';
import type {
  ColumnEffect,
  DataCurve,
  MeanContributions,
  CaseExplanation,
  SimilarCases,
  OutageReplay,
} from '#jobs/explanation/contract.ts';
import type { TablePage } from '#jobs/dataset/contract.ts';
import type { CasePrediction } from '#inference/contract.ts';

/** Why the model answers a case what it answers. */
export interface ExplainedCase {
  /** The case that is explained: by identity, the scenario's own. */
  readonly cells: CellRow;
  /** Null for a model file that lacks what it takes. */
  readonly explanation: CaseExplanation | null;
  /** Null until found, and without open data. */
  readonly similar: SimilarCases | null;
}

export interface CaseExplanationSlice {
  /** That of the last case that was asked about; null until the first. */
  readonly caseExplanation: ExplainedCase | null;
  /** Explains the scenario's cells; nothing where these are no longer its own. A newer call cancels the older one. */
  readonly explainScenario: (cells: CellRow) => Promise<void>;
}

/** What was asked about one model beyond what its training told. */
export interface ModelExplanation {
  readonly modelId: string;
  readonly contributions: MeanContributions | null;
  /** One per column asked about. */
  readonly effects: readonly ColumnEffect[];
  readonly dataCurve: DataCurve | null;
}

export interface ExplanationSlice {
  /** Null until something was asked; those of another model than the open one say nothing. */
  readonly explanation: ModelExplanation | null;
  readonly measureContributions: () => Promise<void>;
  /** Partial dependence on some columns of the file; those found before stay. */
  readonly measureEffects: (columns: readonly string[]) => Promise<void>;
  /** Fits the model's kind on fewer outages: takes about as long as three trainings of it. */
  readonly measureDataCurve: () => Promise<void>;
}

/** A past outage looked at closely. What has not been found yet is null. */
export interface OpenedOutage {
  /** Row of the file. */
  readonly row: number;
  /** Its cells, as the file has them. */
  readonly page: TablePage | null;
  /** What the open model answers to it; null as well where the outage is left out. */
  readonly answer: {
    readonly cells: CellRow;
    readonly actual: number | null;
    readonly prediction: CasePrediction;
    readonly explanation: CaseExplanation | null;
  } | null;
  readonly replay: OutageReplay | null;
}

export interface OutageSlice {
  readonly openedOutage: OpenedOutage | null;
  readonly openOutage: (row: number) => Promise<void>;
  readonly closeOutage: () => void;
  /** What would have been announced on the day it began. */
  readonly replayOpenedOutage: () => Promise<void>;
}

export interface SecondOpinionSlice {
  /** What the neural network said of the model on show; null until asked. */
  readonly secondOpinion: SecondOpinion | null;
  /** Fits it on the same outages, in its own worker. */
  readonly runSecondOpinion: () => Promise<void>;
}
