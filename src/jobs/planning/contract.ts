import type { Instant } from '#base/instant.ts';
import type { FileRow } from '#data/row-index.ts';
import type { CellRow } from '#data/cell.ts';
import type { CompareRequest, ScenarioDifferences } from '#planning/doubt/contract.ts';
import type { PlanAnswer, PlanRequest } from '#planning/contract.ts';
import type { LeverDoubt, LeverEvidence } from '#planning/evidence.ts';
import type { Optimism } from '#planning/optimism.ts';

/** The present case: its cells, or a row of the open data. */
export type PlanSubject = { readonly cells: CellRow } | { readonly row: FileRow };

export interface OptimiseRequest extends Omit<PlanRequest, 'cells'> {
  readonly modelId: string;
  /** Where the data of the case, or of the model, are open. */
  readonly datasetId?: string;
  readonly subject: PlanSubject;
  readonly today: Instant;
  /** Also says how optimistic the plan is, and what outages alike say of the levers: some ten fits a lever. */
  readonly wantsDoubt: boolean;
}

/** What outages alike say of a lever, and why its effect looks like selection; null where nothing speaks against it. */
export interface JudgedLever extends LeverEvidence {
  readonly doubt: LeverDoubt | null;
}

export interface OptimiseAnswer extends PlanAnswer {
  /** Null where the open data are not those of the training. */
  readonly optimism: Optimism | null;
  /** Levers of numbers by the outages of the training; empty where the open data are others. */
  readonly evidence: readonly JudgedLever[];
  /** Columns that the answer had to do without, by a fit that never saw them. */
  readonly without: readonly string[];
}

export interface CompareScenariosRequest extends Omit<CompareRequest, 'cases'> {
  readonly modelId: string;
  /** The scenarios, or the open file of which each row is one. */
  readonly cases: readonly CellRow[] | { readonly datasetId: string };
}

export interface ScenarioComparison extends ScenarioDifferences {
  /** Of a file with a column that the model does not know: what stands there, the first such column's. */
  readonly names: readonly (string | null)[];
}
