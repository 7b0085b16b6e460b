import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { Arrangement } from '#data/csv/arrange-columns.ts';
import type { CellNote } from '#data/csv/cell-notes.ts';
import type { Dialect, DialectEvidence } from '#data/csv/dialect.ts';
import type { Ledger } from '#data/csv/ledger.ts';
import type { UnreadCell } from '#data/csv/read-pass.ts';
import type { SheetReading } from '#data/workbook/sheet-source.ts';
import type { CsvDialectName } from '#data/csv/write-csv.ts';
import type { DurationUnit, SetAsideReason } from '#data/outages.ts';
import type { DoubtfulColumn } from '#data/doubtful-columns.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import type { FactorChoices } from '#data/factors/propose-factors.ts';
import type { NumberCodes } from '#data/number-codes.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { QualityFinding } from '#data/quality/finding.ts';
import type { StepReport } from '#data/recipe/apply-recipe.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { ColumnType } from '#data/table.ts';
import type { KnownWhen, LeakFinding, RoleAssignment } from '#data/roles.ts';
import type { CellRow } from '#data/cell.ts';
import type { FileRow } from '#data/row-index.ts';
import type { OutageRequest, TrainingDefaults } from '#training/contract.ts';

/** The part of a `Blob` or `File` that reading needs; the core has no DOM library to name the real one. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A file as it was given: kept unchanged, so that another reading of it is always possible. */
export interface DatasetFile {
  readonly name: string;
  readonly bytes: BlobLike | Uint8Array;
}

export interface ReadDatasetRequest {
  /** Chosen by the caller; the table stays in the workbench under this id. */
  readonly datasetId: string;
  readonly file: DatasetFile;
  /** What the user decided about the dialect; the rest is detected. */
  readonly overrides: Partial<Dialect>;
  /** The cleaning decided on an earlier visit; where absent, one is proposed. */
  readonly recipe?: Recipe;
  /** The file of outside factors that was added to it. */
  readonly factors?: FactorsFile;
}

/** A second file, of outside factors, and how it is to be read. */
export interface FactorsFile {
  readonly file: DatasetFile;
  readonly overrides: Partial<Dialect>;
  /** For a model that joins it by columns of other names. */
  readonly choices?: FactorChoices;
}

export interface ReadFactorsRequest extends FactorsFile {
  readonly datasetId: string;
}

export interface DropFactorsRequest {
  readonly datasetId: string;
}

/** What reading a second file gave, without the table itself. */
export interface FactorsSummary {
  readonly name: string;
  readonly nRows: number;
  readonly dialect: Dialect;
  readonly questions: readonly DialectEvidence[];
  readonly headerLines: DatasetSummary['headerLines'];
  readonly ledger: Ledger;
  readonly unread: { readonly count: number; readonly cells: readonly UnreadCell[] };
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

export interface ProposeFactorsRequest {
  readonly datasetId: string;
  /** Of the outages' file. */
  readonly roles: readonly RoleAssignment[];
  readonly choices: FactorChoices;
}

/** Another file of the same kind, whose rows are to stand behind those of the open one. */
export type AppendFileRequest = Omit<ReadDatasetRequest, 'recipe'>;

/** The same, each outage once: `roles` tell by what it is known again. */
export type MergeFileRequest = AppendFileRequest & { readonly roles: readonly RoleAssignment[] };

/** What adding a file would do, and the file that it would make: nothing is changed by asking. */
export interface FileMerge {
  readonly nNew: number;
  readonly nChanged: number;
  readonly nSame: number;
  /** Rows that contradict one that is there, or another of the same file: what is there stays, the first of the file counts. */
  readonly nConflicts: number;
  /** Some of the changed and the contradicting rows, by their rows in the added file. */
  readonly examples: readonly MergedRow[];
  readonly merged: TextFile;
  /** It has the columns of the open file and no others. */
  readonly hasSameColumns: boolean;
}

export interface MergedRow {
  readonly kind: 'changed' | 'conflict';
  /** In the added file. */
  readonly row: FileRow;
  /** The columns in question, with what is there and what the file says, as text. */
  readonly cells: readonly { readonly column: string; readonly own: string; readonly added: string }[];
}

/** What a recipe made of the file's table. */
export interface CleaningSummary {
  readonly nRows: number;
  readonly columns: readonly ColumnProfile[];
  /** One per step of the recipe, in its order. */
  readonly report: readonly StepReport[];
}

export interface ApplyRecipeRequest {
  readonly datasetId: string;
  readonly recipe: Recipe;
}

export interface ProposeRecipeRequest {
  readonly datasetId: string;
  /** Of the file's columns, where they differ from the guessed ones. */
  readonly roles: readonly RoleAssignment[];
}

export interface CheckQualityRequest {
  readonly datasetId: string;
  /** Of the file's columns; the roles that the recipe overrules are overruled here too. */
  readonly roles: readonly RoleAssignment[];
  /** The present: nothing can have happened later. */
  readonly today: Instant;
}

export type QualityFindings = readonly QualityFinding[];

/** What reading a file gave: all the import screen shows, without the table itself. */
export interface DatasetSummary {
  readonly datasetId: string;
  readonly name: string;
  /** Of a workbook which sheet was read; null for a text. */
  readonly workbook: SheetReading | null;
  readonly nRows: number;
  readonly dialect: Dialect;
  readonly evidence: readonly DialectEvidence[];
  /** Those of the evidence that a person must decide: `03/04/2025`, `1,234`. Empty when nothing is ambiguous. */
  readonly questions: readonly DialectEvidence[];
  readonly ledger: Ledger;
  readonly unread: { readonly count: number; readonly cells: readonly UnreadCell[] };
  /** Words and marks among the values, and what became of them. */
  readonly notes: readonly CellNote[];
  /** Columns of the table that were made of others of the file. */
  readonly arrangements: readonly Arrangement[];
  /** Columns called dates or durations that were read as labels. */
  readonly doubtful: readonly DoubtfulColumn[];
  /** Columns whose numbers were taken for the names of things. */
  readonly codes: readonly NumberCodes[];
  /** The file's first lines, as text, undivided. */
  readonly rawLines: readonly string[];
  /** Title lines above the header. */
  readonly titles: readonly string[];
  /** 1-based physical lines of the header, first and last; null without one. */
  readonly headerLines: readonly [first: number, last: number] | null;
  readonly columns: readonly ColumnProfile[];
  /** Guessed roles, one per column, in the order of the columns. */
  readonly roles: readonly RoleAssignment[];
  readonly leaks: readonly LeakFinding[];
  /** Signature of the columns' names: files of the same shape are treated alike. */
  readonly shape: string;
  /** What is proposed before anyone has decided: several lines of one outage made one. */
  readonly proposedRecipe: Recipe;
  /** The recipe that was applied: the one given, else the one proposed. */
  readonly recipe: Recipe;
  readonly cleaning: CleaningSummary;
  /** Of the second file that was read beside it; null without one. */
  readonly factors: FactorsSummary | null;
  readonly seconds: number;
}

/** A filter on one column; `text` matches labels and written numbers regardless of case and accents. */
export interface TableFilter {
  readonly column: string;
  readonly text?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface TablePageRequest {
  readonly datasetId: string;
  /** `cleaned` (default): after the recipe. `file`: as it was read, with what the recipe leaves out. */
  readonly view?: 'cleaned' | 'file';
  /** Only these. */
  readonly rows?: readonly FileRow[];
  readonly from: number;
  readonly count: number;
  readonly sort?: { readonly column: string; readonly descending: boolean };
  readonly filters?: readonly TableFilter[];
}

/** A window on the sorted and filtered table. */
export interface TablePage {
  readonly columns: readonly {
    readonly name: string;
    readonly type: ColumnType;
    readonly hasTime: boolean;
  }[];
  readonly from: number;
  /** How many rows pass the filters. */
  readonly nMatching: number;
  /** Of each row below. */
  readonly rowIndices: readonly FileRow[];
  /** The id of the step that leaves each row out; null where none does. */
  readonly leftOutBy: readonly (string | null)[];
  readonly rows: readonly CellRow[];
  /** Cells of these rows that hold something that could not be read, with what the file says. */
  readonly unread: readonly UnreadCell[];
}

export interface RejectsRequest {
  readonly datasetId: string;
}

export interface PrepareRequest extends OutageRequest {
  readonly datasetId: string;
}

/** Why a row of the file is not learnt from: by its own content, or by a step of the recipe. */
export type LeftOutReason = SetAsideReason | 'merged';

/** What the chosen roles give to learn from, before anything is trained. */
export interface Preparation {
  /**
   * The roles as they are used, of the columns after the recipe: what gives the target away is left out, unless a person gave it its role. Which
   * columns do depends on the target, so this may differ from the roles asked for.
   */
  readonly roles: readonly RoleAssignment[];
  /** When the cells of each of `roles` are known. */
  readonly knownWhen: readonly KnownWhen[];
  readonly leaks: readonly LeakFinding[];
  /** Rows of the file: `nKept`, those under way and all that is set aside. */
  readonly nRead: number;
  readonly nKept: number;
  /** Outages under way, learnt from by what they had lasted at an instant (milliseconds); null for none. */
  readonly underWay: { readonly n: number; readonly asOf: number } | null;
  /** Rows not learnt from, by reason; `rows` are the first of them, as row numbers in the file's table. */
  readonly setAside: readonly {
    readonly reason: LeftOutReason;
    readonly count: number;
    readonly rows: readonly number[];
  }[];
  /** Null where no target can be made of the roles; `problem` then says why. */
  readonly target: TargetSummary | null;
  /** What the models learn from, those from the past among them, and the column each is shown under. */
  readonly features: readonly { readonly feature: string; readonly column: string }[];
  /** What stands in the way of training, worded by its code; null when nothing does. */
  readonly problem: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
  /** The roles make a time-ordered split possible (there is a start date). */
  readonly canSplitByTime: boolean;
  /** What training for planning would do; null without start dates. */
  readonly planning: {
    /** How long before the start the past would be cut. */
    readonly leadDays: number;
    /** Columns that would be left out, as they are known later. */
    readonly knownLater: readonly string[];
  } | null;
  /** What a training with nothing set would do. */
  readonly defaults: TrainingDefaults;
}

/** All that is known of a file before anything is trained. */
export interface Inspection {
  readonly summary: DatasetSummary;
  readonly cleaning: CleaningSummary;
  readonly preparation: Preparation;
  readonly findings: QualityFindings;
  /** How a second file was joined; null without one. */
  readonly joining: FactorPlan | null;
}

export interface TargetSummary {
  readonly name: string;
  readonly unit: DurationUnit;
  readonly min: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  readonly mean: number;
  readonly nNotPositive: number;
}

export type SampleRequest =
  | { readonly kind: 'simple'; readonly rows: number; readonly noise: number; readonly seed: number }
  | { readonly kind: 'fleet'; readonly units: number; readonly years: number; readonly seed: number };

export interface GenerateSampleRequest {
  readonly sample: SampleRequest;
  readonly dialect: CsvDialectName;
}

/** A file for the user to keep: `text` is written as UTF-8 (a byte order mark, where wanted, is in it). */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface ColumnValuesRequest {
  readonly datasetId: string;
  readonly column: string;
  /** Rows of the file. */
  readonly rows: readonly number[];
}
