import type { Instant } from '#base/instant.ts';
import type { CellRow } from '#data/cell.ts';
import type { TimeUnit } from '#data/time-units.ts';
import type { DurationUnit } from '#data/duration-unit.ts';
import type { ColumnType } from '#data/table.ts';

/** Shares at which each announcement keeps its duration: every 5 %, and 1 % from the ends. Ascending. */
export const LEVELS: readonly number[] = [0.01, ...Array.from({ length: 19 }, (_, i) => (i + 1) / 20), 0.99];

/** What tells an outage from others, in a ledger and in a file of outcomes; null where a file does not say. */
export interface OutageKey {
  readonly identifier: string | null;
  readonly unit: string | null;
  readonly start: Instant | null;
}

/** A prediction as it was given, frozen: nothing of it is ever computed again. Durations in the model's unit. */
export interface Announcement {
  /** Of its content (`announcement.ts`): the same announcement twice is one. */
  readonly id: string;
  readonly at: Instant;
  /** Hash of the model's file. */
  readonly model: string;
  readonly outage: OutageKey;
  /** By the columns of the model's entry. */
  readonly cells: CellRow;
  /** The model's own estimate; null where nothing was announced of the outage. */
  readonly value: number | null;
  /** At `LEVELS`, never falling; null where past outages carry no such level. */
  readonly levels: readonly (number | null)[];
  /** Past outages that the levels rest on. */
  readonly nCalibration: number;
  /** What the planner had announced, and the median of its class: is the model still worth it? */
  readonly planned: number | null;
  readonly classMedian: number | null;
  readonly scenario: string | null;
}

/** A column that is followed. */
export interface FollowedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** The model looks at it. */
  readonly isInput: boolean;
  /** It tells the date once more, or the time since something: it moves by itself. */
  readonly isCalendar: boolean;
}

/** A model as it stands in the ledger: what its announcements are read by and compared with. */
export interface LedgerModel {
  readonly hash: string;
  readonly name: string;
  readonly at: Instant;
  readonly target: { readonly name: string; readonly unit: DurationUnit };
  /** Columns of the file that tell outages apart. */
  readonly keys: {
    readonly identifier: string | null;
    readonly unit: string | null;
    readonly start: string | null;
  };
  readonly columns: readonly FollowedColumn[];
  /** Some of the outages it learnt from, by its columns. */
  readonly reference: readonly CellRow[];
  /** How far each column moves a prediction on average, in the target's unit; 0 where the model does not look at it. */
  readonly importance: readonly number[];
  readonly nTrainingRows: number;
  /** Mean absolute error expected when it was chosen; null where not known. */
  readonly expectedError: number | null;
}

/** What a file says of one outage. */
export interface Outcome {
  readonly key: OutageKey;
  readonly end: Instant | null;
  /** How long it took, in milliseconds; null where it is not over. */
  readonly lasted: number | null;
  /** Row of the file, counted from 1 below its header. */
  readonly row: number;
}

/** Outcomes of one file. */
export interface OutcomeFile {
  readonly name: string;
  /** The instant up to which the file tells. */
  readonly asOf: Instant;
  readonly outcomes: readonly Outcome[];
  /** What durations were read in; `isUnitAssumed`: nothing says so, and it is the one in which they are most like those announced. */
  readonly unit: TimeUnit;
  readonly isUnitAssumed: boolean;
}

/** What happened, in order. Nothing is ever changed or taken out; the state is folded from it (`ledger.ts`). */
export type LedgerEvent =
  | ({ readonly kind: 'model' } & LedgerModel)
  | ({ readonly kind: 'announced' } & Announcement)
  | ({ readonly kind: 'observed'; readonly at: Instant } & OutcomeFile)
  | {
      readonly kind: 'restarted';
      readonly at: Instant;
      readonly reason: string;
    };

export interface AnnouncementLedger {
  readonly models: ReadonlyMap<string, LedgerModel>;
  readonly announcements: readonly Announcement[];
  readonly files: readonly OutcomeFile[];
  /** Detectors look at outages begun since; null: at all. */
  readonly restartedAt: Instant | null;
}

/** How an outcome found its announcement. */
export type JoinReason =
  | { readonly by: 'identifier'; readonly shiftDays: number | null }
  | { readonly by: 'unit-and-date'; readonly shiftDays: number }
  /** The unit's label is another, and its announced dates are all there. */
  | { readonly by: 'date'; readonly shiftDays: number; readonly unit: string };

export type ConflictReason =
  | 'outcomes-differ' // two outcomes, two durations
  | 'unit-differs' // the identifier is that of another unit
  | 'dates-differ' // the identifier's dates lie far apart
  | 'several'; // more than one announcement could be meant

export interface Conflict {
  readonly reason: ConflictReason;
  /** Of the announcement, or of the first that could be meant. */
  readonly announcement: string;
  readonly rows: readonly { readonly file: string; readonly row: number }[];
}

/** State of an announced outage. Durations in milliseconds. */
export type OutageState =
  | { readonly kind: 'to-come' }
  /** `isSilent`: no file says anything of it, and none says that it is over. */
  | { readonly kind: 'running'; readonly start: Instant; readonly isSilent: boolean }
  | { readonly kind: 'ended'; readonly start: Instant; readonly lasted: number }
  /** No news, though its unit has begun another since, or no file covers it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'conflict' };

export interface FollowedOutage {
  readonly announcement: Announcement;
  readonly state: OutageState;
  readonly join: JoinReason | null;
}

export interface JoinReport {
  readonly outages: readonly FollowedOutage[];
  readonly asOf: Instant;
  readonly nOutcomes: number;
  readonly nDuplicates: number;
  readonly conflicts: readonly Conflict[];
  /** Outcomes of outages that began before anything was announced. */
  readonly nEarlier: number;
  /** Outcomes of outages that were never announced. */
  readonly unannounced: readonly { readonly file: string; readonly row: number; readonly key: OutageKey }[];
  /** Labels that files write otherwise than the ledger. */
  readonly recoded: readonly { readonly from: string; readonly to: string; readonly n: number }[];
}

/** Which way durations leave what was announced. */
export type AlarmDirection = 'later' | 'earlier' | 'wider' | 'narrower';
