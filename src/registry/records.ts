import type { NamedScenario, PlanningSettings } from '#planning/contract.ts';
import type { TimeUnit } from '#data/time-units.ts';
import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { CellRow } from '#data/cell.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { SampleRequest } from '#jobs/dataset/contract.ts';
import type { StudyRequest, TuneResult } from '#jobs/tuning/contract.ts';
import type { SecondOpinion } from '#jobs/second-opinion/contract.ts';
import type { TrainingResult, TrainingSettings } from '#training/contract.ts';

/** The one record that ties the others together: what is on show. */
export interface ProjectRecord {
  readonly id: 'current';
  readonly datasetId: string | null;
  /** Of the kept models the one on show. */
  readonly modelId: string | null;
  readonly settings: TrainingSettings | null;
  /** The file of outages to come; absent in older records, and where none is open. */
  readonly forecastId?: string | null;
}

/** What a person decided about what stands in a file. */
export interface DataDecisions {
  readonly roles: readonly RoleAssignment[];
  /** Null where nothing was decided: a recipe is then proposed. */
  readonly recipe: Recipe | null;
  /** Findings that were looked at and left as they are, by their keys. */
  readonly ignoredFindings: readonly string[];
  /** Unit of a duration derived from two dates; null where nothing was said. */
  readonly unit: TimeUnit | null;
}

/** A file as it was given, byte for byte, with what the user decided about it. */
export interface DatasetRecord extends DataDecisions {
  readonly id: string;
  readonly name: string;
  readonly bytes: Blob;
  readonly sample: SampleRequest | null;
  readonly overrides: Partial<Dialect>;
  /** The second file that was added to it; null without one, and in older records. */
  readonly factors: FactorsRecord | null;
}

/** A file of outside factors as it was given, byte for byte. */
export interface FactorsRecord {
  readonly version: 1;
  readonly name: string;
  readonly bytes: Blob;
  readonly overrides: Partial<Dialect>;
}

/** A file of outages to come, as it was given. */
export type ForecastRecord = Pick<DatasetRecord, 'id' | 'name' | 'bytes' | 'overrides'>;

/** What was decided about the last file of a shape, as far as it means something for the next one. */
export interface ShapeRecord extends DataDecisions {
  /** `computeTableShape` the table. */
  readonly shape: string;
  /** Steps that named rows of the last file and so stay behind. */
  readonly nLeftBehind: number;
  /** How that file was read where a person had a say: for what the next one leaves open. */
  readonly overrides: Partial<Dialect>;
}

/** What a list of models shows of one. */
export interface ModelEntry extends Pick<ModelSummary, 'name' | 'target' | 'nTrainingRows' | 'hash'> {
  readonly id: string;
  /** Null for a model opened from a file. */
  readonly datasetId: string | null;
  readonly fromSample: boolean;
  /** Null for a model kept before this was. */
  readonly savedAt: Instant | null;
  /** It was downloaded, or opened from a file. Absent where that is not known. */
  readonly isInFile?: true;
}

/** A model, never changed once it is written. */
export interface ModelRecord extends ModelEntry {
  /** Null for a model opened from a file, and where it cannot be read. */
  readonly result: TrainingResult | null;
  readonly text: string;
}

/** A case as it was left; predictions are worked out again. */
export interface ScenarioCase {
  readonly cells: CellRow;
  readonly origin: {
    readonly row: number;
    readonly actual: number | null;
    /** What was announced of it, where the file tells. */
    readonly announced?: number;
  } | null;
  /** It was changed before it was made the reference. */
  readonly isOwn: boolean;
  /** Features that a person has typed in. Absent in older records. */
  readonly typed?: readonly number[];
}

/** All of a what-if that a person decides, and can take back. */
export interface ScenarioBook {
  readonly scenario: ScenarioCase;
  readonly reference: ScenarioCase;
  /** The duration to meet; null where none is. */
  readonly targetDuration: number | null;
  /** The time elapsed of the outage, in the unit of the target; null where none is told. */
  readonly elapsed: number | null;
  /** Levers and objective; null where nothing was said of them. */
  readonly plan: PlanningSettings | null;
  readonly named: readonly NamedScenario[];
}

/** What one step changed of the book: the same fields, as they were and as they became. */
export interface ScenarioEdit {
  readonly before: Partial<ScenarioBook>;
  readonly after: Partial<ScenarioBook>;
}

/** The steps that can be taken back, the last one last, and those taken back, the next one last. */
export interface ScenarioLog {
  readonly past: readonly ScenarioEdit[];
  readonly future: readonly ScenarioEdit[];
}

export interface ScenarioRecord {
  /** The model whose features the cells follow. */
  readonly modelId: string;
  readonly scenario: ScenarioCase;
  readonly reference: ScenarioCase;
  readonly targetDuration: number | null;
  /** Absent where none is told, as in older records; so are those below. */
  readonly elapsed?: number;
  readonly plan?: PlanningSettings;
  readonly named?: readonly NamedScenario[];
  readonly log?: ScenarioLog;
}

/** What the second opinion said of a model: found later than the model, which never changes. */
export interface SecondOpinionRecord {
  readonly modelId: string;
  readonly secondOpinion: SecondOpinion;
}

/** The last search of settings on a file; what it tried stands in its log. */
export interface StudyRecord {
  readonly version: 1;
  readonly datasetId: string;
  /** Of its log. */
  readonly id: string;
  /** As it was asked for: going on asks for the same. */
  readonly request: StudyRequest;
  /** Null while it is not finished. */
  readonly result: TuneResult | null;
}

/** Something that is kept and cannot be read; all else is there. */
export interface ReadProblem {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** A model with what belongs to it. */
export interface KeptModel {
  readonly model: ModelRecord;
  readonly scenario: ScenarioRecord | null;
  readonly secondOpinion: SecondOpinion | null;
  readonly problems: readonly ReadProblem[];
}

/** The database was found to lack what had been acknowledged; what is there now, from the second copy. */
export interface Recovery {
  /** Everything was gone, or only some. */
  readonly kind: 'emptied' | 'torn';
  /** Kept now. */
  readonly nModels: number;
  readonly files: readonly string[];
  /** That had no second copy. */
  readonly nLostModels: number;
  readonly lostFiles: readonly string[];
  /** The copy may not have heard of the last saves, or part of it cannot be read. */
  readonly isBehind: boolean;
}

/** Everything that opens again at the start. */
export interface KeptWork {
  /** Null where nothing was missing. */
  readonly recovery: Recovery | null;
  readonly settings: TrainingSettings | null;
  readonly dataset: DatasetRecord | null;
  readonly model: KeptModel | null;
  /** The file of outages to come. */
  readonly forecast: ForecastRecord | null;
  /** Of the dataset; a model has its own. */
  readonly problems: readonly ReadProblem[];
}
