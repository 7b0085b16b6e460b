import type { Instant } from '#base/instant.ts';
import type { Dialect, DialectEvidence } from '#data/csv/dialect.ts';
import type { Ledger } from '#data/csv/ledger.ts';
import type { UnreadCell } from '#data/csv/read-pass.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { QualityFinding } from '#data/quality/finding.ts';
import type { StepReport } from '#data/recipe/apply-recipe.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { ColumnType } from '#data/table.ts';
import type { LeakFinding, RoleAssignment } from '#data/roles.ts';
import type { CellRow } from '#data/cell.ts';

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
  readonly nRows: number;
  readonly dialect: Dialect;
  readonly evidence: readonly DialectEvidence[];
  /** Those of the evidence that a person must decide: `03/04/2025`, `1,234`. Empty when nothing is ambiguous. */
  readonly questions: readonly DialectEvidence[];
  readonly ledger: Ledger;
  readonly unread: { readonly count: number; readonly cells: readonly UnreadCell[] };
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
  /** Only these rows of the file. */
  readonly rows?: readonly number[];
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
  /** Row number in the file's table of each row below. */
  readonly rowIndices: readonly number[];
  /** The id of the step that leaves each row out; null where none does. */
  readonly leftOutBy: readonly (string | null)[];
  readonly rows: readonly CellRow[];
  /** Cells of these rows that hold something that could not be read, with what the file says. */
  readonly unread: readonly UnreadCell[];
}

export interface RejectsRequest {
  readonly datasetId: string;
}
