import type { Instant } from '#base/instant.ts';
import type { FileRow } from '#data/row-index.ts';
import type { CellRow } from '#data/cell.ts';
import type { PlanAnswer, PlanRequest } from '#planning/contract.ts';
import type { Optimism } from '#planning/optimism.ts';

/** The present case: its cells, or a row of the open data. */
export type PlanSubject = { readonly cells: CellRow } | { readonly row: FileRow };

export interface OptimiseRequest extends Omit<PlanRequest, 'cells'> {
  readonly modelId: string;
  /** Where the data of the case, or of the model, are open. */
  readonly datasetId?: string;
  readonly subject: PlanSubject;
  readonly today: Instant;
  /** Also says how optimistic the plan is: a fit and a search for each of five models. */
  readonly wantsOptimism: boolean;
}

export interface OptimiseAnswer extends PlanAnswer {
  /** Null where the open data are not those of the training. */
  readonly optimism: Optimism | null;
  /** Columns that the answer had to do without, by a fit that never saw them. */
  readonly without: readonly string[];
}
