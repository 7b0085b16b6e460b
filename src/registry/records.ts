import type { Dialect } from '#data/csv/dialect.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { CellRow } from '#jobs/cell.ts';
import type { ModelSummary, SampleRequest } from '#jobs/prediction.ts';
import type { TrainingResult, TrainingSettings } from '#jobs/training.ts';

/** What is open: the one record that ties the others together. Later issues keep several, by name. */
export interface ProjectRecord {
  readonly id: 'current';
  readonly datasetId: string | null;
  readonly modelId: string | null;
  readonly settings: TrainingSettings | null;
}

/** A file as it was given, byte for byte, with what the user decided about it. */
export interface DatasetRecord {
  readonly id: string;
  readonly name: string;
  readonly bytes: Blob;
  readonly sample: SampleRequest | null;
  readonly overrides: Partial<Dialect>;
  readonly roles: readonly RoleAssignment[];
}

/** A model, never changed once it is written. */
export interface ModelRecord {
  readonly id: string;
  readonly datasetId: string | null;
  readonly summary: ModelSummary;
  readonly result: TrainingResult | null;
  readonly text: string;
  readonly fromSample: boolean;
}

/** A case as it was left; predictions are worked out again. */
export interface ScenarioCase {
  readonly cells: CellRow;
  readonly origin: { readonly row: number; readonly actual: number | null } | null;
}

export interface ScenarioRecord {
  /** The model whose features the cells follow. */
  readonly modelId: string;
  readonly scenario: ScenarioCase;
  readonly reference: ScenarioCase;
}

/** Everything that opens again at the start. */
export interface KeptWork {
  readonly settings: TrainingSettings | null;
  readonly dataset: DatasetRecord | null;
  readonly model: ModelRecord | null;
  readonly scenario: ScenarioRecord | null;
}
