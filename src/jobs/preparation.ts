import type { ErrorCode, ErrorDetails } from '#base/errors.ts';
import type { DurationUnit, SetAsideReason } from '#data/outages.ts';
import type { LeakFinding, RoleAssignment } from '#data/roles.ts';

export interface PrepareRequest {
  readonly datasetId: string;
  readonly roles: readonly RoleAssignment[];
  /** The present instant, in milliseconds since 1970: an outage that ends later is not over. */
  readonly today: number;
}

/** What the chosen roles give to learn from, before anything is trained. */
export interface Preparation {
  /**
   * The roles as they are used: what gives the target away is left out, unless a person gave it its role. Which
   * columns do depends on the target, so this may differ from the roles asked for.
   */
  readonly roles: readonly RoleAssignment[];
  readonly leaks: readonly LeakFinding[];
  readonly nRead: number;
  readonly nKept: number;
  /** Outages not learnt from, by reason; `rows` are the first of them, as row numbers in the file's table. */
  readonly setAside: readonly {
    readonly reason: SetAsideReason;
    readonly count: number;
    readonly rows: readonly number[];
  }[];
  /** Null where no target can be made of the roles; `problem` then says why. */
  readonly target: TargetSummary | null;
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
