import type { Dialect } from '#data/csv/dialect.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { CellRow } from '#data/cell.ts';
import type { SecondOpinion } from '#jobs/second-opinion/contract.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { SampleRequest } from '#jobs/prediction/contract.ts';
import type { TrainingResult, TrainingSettings } from '#training/contract.ts';

/** What is open: the one record that ties the others together. Later issues keep several, by name. */
export interface ProjectRecord {
  readonly id: 'current';
  readonly datasetId: string | null;
  readonly modelId: string | null;
  readonly settings: TrainingSettings | null;
}

/** What a person decided about what stands in a file. */
export interface DataDecisions {
  readonly roles: readonly RoleAssignment[];
  /** Absent where nothing was decided (and in records of version 1): a recipe is then proposed. */
  readonly recipe?: Recipe;
  /** Findings that were looked at and left as they are, by their keys. */
  readonly ignoredFindings?: readonly string[];
  /** Unit of a duration derived from two dates; null where nothing was said. */
  readonly unit?: 'day' | 'hour' | null;
}

/** A file as it was given, byte for byte, with what the user decided about it. */
export interface DatasetRecord extends DataDecisions {
  readonly id: string;
  readonly name: string;
  readonly bytes: Blob;
  readonly sample: SampleRequest | null;
  readonly overrides: Partial<Dialect>;
}

/** What was decided about the last file of a shape, as far as it means something for the next one. */
export interface ShapeRecord extends DataDecisions {
  /** `computeTableShape` the table. */
  readonly shape: string;
  /** Steps that named rows of the last file and so stay behind. */
  readonly nLeftBehind: number;
  /** How that file was read where a person had a say: for what the next one leaves open. */
  readonly overrides?: Partial<Dialect>;
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
  /** It was changed before it was made the reference. Absent in older records. */
  readonly isOwn?: boolean;
}

export interface ScenarioRecord {
  /** The model whose features the cells follow. */
  readonly modelId: string;
  readonly scenario: ScenarioCase;
  readonly reference: ScenarioCase;
  /** The duration to meet. Absent in older records. */
  readonly targetDuration?: number | null;
}

/** What the neural secondOpinion said of a model: found later than the model, which never changes. */
export interface SecondOpinionRecord {
  readonly modelId: string;
  readonly secondOpinion: SecondOpinion;
}

/** Everything that opens again at the start. */
export interface KeptWork {
  readonly settings: TrainingSettings | null;
  readonly dataset: DatasetRecord | null;
  readonly model: ModelRecord | null;
  readonly scenario: ScenarioRecord | null;
  readonly secondOpinion: SecondOpinionRecord | null;
}
