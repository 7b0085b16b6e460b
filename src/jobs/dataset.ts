import type { Dialect, DialectEvidence } from '#data/csv/dialect.ts';
import type { Ledger } from '#data/csv/ledger.ts';
import type { UnreadCell } from '#data/csv/read-pass.ts';
import type { ColumnProfile } from '#data/profile.ts';
import type { ColumnType } from '#data/table.ts';
import type { LeakFinding, RoleAssignment } from '#data/roles.ts';
import type { CellRow } from './cell.ts';

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
}

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
  readonly columns: readonly ColumnProfile[];
  /** Guessed roles, one per column, in the order of the columns. */
  readonly roles: readonly RoleAssignment[];
  readonly leaks: readonly LeakFinding[];
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
  readonly rows: readonly CellRow[];
  /** Cells of these rows that hold something that could not be read, with what the file says. */
  readonly unread: readonly UnreadCell[];
}

export interface RejectsRequest {
  readonly datasetId: string;
}
