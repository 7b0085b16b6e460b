import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import type { DurationUnit } from '#data/outages.ts';
import type { LeakFinding, RoleAssignment } from '#data/roles.ts';
import type { FileRow } from '#data/row-index.ts';
import type { LeftOutReason } from './left-out-rows.ts';

export interface PrepareRequest {
  readonly datasetId: string;
  readonly roles: readonly RoleAssignment[];
  /** The present instant, in milliseconds since 1970: an outage that ends later is not over. */
  readonly today: number;
  /** Unit of a duration derived from start and end (days where absent), or of one whose name is silent. */
  readonly unit?: 'day' | 'hour';
}

/** What the chosen roles give to learn from, before anything is trained. */
export interface Preparation {
  /**
   * The roles as they are used, of the columns after the recipe: what gives the target away is left out, unless a person gave it its role. Which
   * columns do depends on the target, so this may differ from the roles asked for.
   */
  readonly roles: readonly RoleAssignment[];
  readonly leaks: readonly LeakFinding[];
  /** Rows of the file: `nKept` and all that is set aside. */
  readonly nRead: number;
  readonly nKept: number;
  /** Rows not learnt from, by reason; `rows` are the first of them. */
  readonly setAside: readonly {
    readonly reason: LeftOutReason;
    readonly count: number;
    readonly rows: readonly FileRow[];
  }[];
  /** Null where no target can be made of the roles; `problem` then says why. */
  readonly target: TargetSummary | null;
  /** What the models learn from, those from the past among them, and the column each is shown under. */
  readonly features: readonly { readonly feature: string; readonly column: string }[];
  /** What stands in the way of training, worded by its code; null when nothing does. */
  readonly problem: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
  /** The roles make a time-ordered split possible (there is a start date). */
  readonly canSplitByTime: boolean;
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
